import { computed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';

import type { ClockName, ClockState, Instant } from './api_types';
import { countDown, isLikelyOver, shareUsed, spellCountdown } from './countdown';
import { dayNumber, msOf } from './instant';
import type { Moment } from './server_clock';
import { nameOf, t } from './words';

/** What a chip needs to know of a clock; both the list's next due and a whole clock have it. */
export interface ChipClock {
  clock: ClockName;
  due: Instant | null;
  state: ClockState;
  started_at: Instant;
  provisional?: boolean;
}

type Tone = 'over' | 'today' | 'calm' | 'done' | 'still';

/** A right that lapses, no duty that is broken. */
function isRight(clock: ChipClock): boolean {
  return clock.clock === 'return';
}

/** Red when overstepped, amber on its last day, else neutral: colour says state and nothing else. */
function toneOf(clock: ChipClock, now: Moment): Tone {
  if (clock.state === 'met') return 'done';
  if (clock.state !== 'running' || clock.due === null) return 'still';
  if (isLikelyOver(countDown(clock.due, now))) return isRight(clock) ? 'still' : 'over';
  return dayNumber(msOf(clock.due)) <= dayNumber(now.estimate) ? 'today' : 'calm';
}

function wordsOf(clock: ChipClock, now: Moment): string {
  if (clock.state !== 'running' || clock.due === null) {
    return nameOf('clock_state', clock.state === 'running' ? 'paused' : clock.state);
  }
  const left = countDown(clock.due, now);
  return isRight(clock) && isLikelyOver(left) ? t('clock.right_lapsed') : spellCountdown(left);
}

/** A word, the time left, and a thin bar of the time gone by. Redrawn only when the words change. */
export function ClockChip({ clock, now }: { clock: ChipClock; now: ReadonlySignal<Moment | null> }) {
  // Made anew with each reading of the clock; between readings only what counts down is computed again.
  const words = useMemo(() => computed(() => (now.value ? wordsOf(clock, now.value) : '')), [clock, now]);
  const tone = useMemo(() => computed<Tone>(() => (now.value ? toneOf(clock, now.value) : 'still')), [clock, now]);
  const share = useMemo(() => computed(() => percentOf(clock, now.value)), [clock, now]);
  return (
    <span class={`chip ${tone.value}`} data-testid="clock-chip" data-clock={clock.clock} data-tone={tone.value}>
      <span class="chip-words">
        <span class="chip-clock">{nameOf('clock', clock.clock)}</span>
        <span class="chip-left">{words.value}</span>
        {clock.provisional ? <span class="chip-mark">{t('clock.provisional')}</span> : null}
      </span>
      <svg class="bar" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
        <rect class="bar-ground" width="100" height="2" />
        <rect class="bar-used" width={share.value} height="2" />
      </svg>
    </span>
  );
}

function percentOf(clock: ChipClock, now: Moment | null): number {
  if (!now || clock.due === null || clock.state !== 'running') return 0;
  return Math.round(100 * shareUsed(clock.started_at, clock.due, now));
}
