# Sourced by the scripts beside it: numbered steps with the seconds since the start.
# shellcheck shell=bash

steps_total=0
steps_done=0

# plan_steps COUNT
plan_steps() {
  steps_total=$1
  steps_done=0
  SECONDS=0
}

# step SENTENCE
step() {
  steps_done=$((steps_done + 1))
  printf '[%d/%d %4d s] %s\n' "$steps_done" "$steps_total" "$SECONDS" "$1"
}

# note SENTENCE: belongs to the step above.
note() {
  printf '            %s\n' "$1"
}

# stop CODE SENTENCE...: what is wrong, where, what to do.
stop() {
  local code=$1
  shift
  printf '%s: %s\n' "$(basename "$0")" "$1" >&2
  shift
  (($# == 0)) || printf '  %s\n' "$@" >&2
  exit "$code"
}
