# Sourced by packaging/demo-city: the city's running processes. A process has a NAME (central, office-1,
# cable-office-1, ...), a pid in $city/run/NAME.pid and a log in $city/log/NAME.log.
# shellcheck shell=bash disable=SC2154 # bin, city and the addresses are demo-city's

ready_seconds_max=60
stop_seconds_max=20
node=$(node -p process.execPath 2>/dev/null || true)

program_of() { # NAME
  case "$1" in
    central) echo "$bin/fieldnode-central" ;;
    cable-*) echo "$node" ;;
    *) echo "$bin/fieldnode" ;;
  esac
}

is_open() { # ADDRESS: somebody listens there
  (exec 3<>"/dev/tcp/${1%:*}/${1##*:}") 2>/dev/null
}

answers() { # URL: a page is there
  curl --silent --output /dev/null --max-time 2 "$1"
}

# A pid may have passed to a stranger since: the process must run this program on this folder of this city.
is_ours() { # PID NAME
  local exe
  exe=$(readlink "/proc/$1/exe" 2>/dev/null) || return 1
  [[ "${exe% (deleted)}" == "$(program_of "$2")" ]] &&
    tr '\0' '\n' <"/proc/$1/cmdline" 2>/dev/null | grep -Fxq -- "$city/$2"
}

# Prints the pid of NAME when it runs.
pid_of() {
  local pid
  pid=$(cat "$city/run/$1.pid" 2>/dev/null) || return 1
  [[ "$pid" =~ ^[0-9]+$ ]] && is_ours "$pid" "$1" && echo "$pid"
}

# A rebuilt program leaves the old one running from a deleted file.
is_outdated() { # PID
  [[ "$(readlink "/proc/$1/exe" 2>/dev/null)" == *" (deleted)" ]]
}

stop_process() { # NAME
  local pid tenths
  if ! pid=$(pid_of "$1"); then
    rm -f "$city/run/$1.pid"
    return 0
  fi
  kill -TERM "$pid"
  for ((tenths = 0; tenths < stop_seconds_max * 10; tenths++)); do
    pid_of "$1" >/dev/null || break
    sleep 0.1
  done
  if pid_of "$1" >/dev/null; then
    note "$1 did not stop within $stop_seconds_max s and was killed; it recovers at the next start"
    kill -KILL "$pid" 2>/dev/null || true
  fi
  rm -f "$city/run/$1.pid"
  note "$1 stopped"
}

refuse_taken_port() { # ADDRESS
  is_open "$1" || return 0
  local holder
  holder=$(ss -Hltnp "sport = :${1##*:}" 2>/dev/null | grep -o 'users:.*' || true)
  stop 1 "$1 is in use ${holder:+by $holder}." \
    "Stop that program, or choose other ports: FIELDNODE_DEMO_PORT=9440 packaging/up"
}

wait_until() { # NAME PID PROBE...
  local name=$1 pid=$2 tenths
  shift 2
  for ((tenths = 0; tenths < ready_seconds_max * 20; tenths++)); do
    ! "$@" || return 0
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.05
  done
  tail -n 20 "$city/log/$name.log" >&2 || true
  stop 1 "$name did not answer ($*) within $ready_seconds_max s, or ended." \
    "The end of its log stands above; the whole log is $city/log/$name.log"
}

# is_running NAME: this very build of it.
is_running() {
  local pid
  pid=$(pid_of "$1") || return 1
  is_outdated "$pid" || return 0
  note "$1 runs an older build and is restarted"
  stop_process "$1"
  return 1
}

# launch NAME ARGUMENT...: in a session of its own, so that it outlives this terminal; without the lock, so that the
# next start can take it. Its pid is in $launched.
launch() {
  local name=$1
  shift
  setsid "$(program_of "$name")" "$@" </dev/null >>"$city/log/$name.log" 2>&1 9>&- &
  launched=$!
  echo "$launched" >"$city/run/$name.pid"
}

# start_program NAME PAGE OTHER_ADDRESS_OR_EMPTY ARGUMENT...
start_program() {
  local name=$1 page=$2 other=$3
  shift 3
  ! is_running "$name" || return 0
  refuse_taken_port "$page"
  [[ -z "$other" ]] || refuse_taken_port "$other"
  launch "$name" serve --dir "$city/$name" --page "$page" "$@"
  wait_until "$name" "$launched" answers "http://$page/"
}

start_cable() { # OFFICE
  local name=cable-$1
  ! is_running "$name" || return 0
  refuse_taken_port "${cable_end[$1]}"
  launch "$name" packaging/demo/cable.mjs "${cable_end[$1]}" "$sync_address" "$city/$name"
  wait_until "$name" "$launched" is_open "${cable_end[$1]}"
}
