import { msOf } from './instant';
import type { Instant } from './api_types';
import type { Moment } from './server_clock';
import { spellRange, spellSpan } from './spell';
import { t } from './words';

/** What can be said about a due instant while true time is only known as an interval. */
export interface Countdown {
  /** in_time and over are certain; maybe: the due instant lies inside the interval. */
  verdict: 'in_time' | 'maybe' | 'over';
  /** Milliseconds left: at least, at most, and by the estimate; negative: overstepped. `least` null: nobody knows. */
  least: number | null;
  most: number;
  likely: number;
}

const kNarrowMs = 60_000;
const kWideShare = 0.02;

/** In time means: the moment, cut to the second, is not after due. */
export function countDown(due: Instant, now: Moment): Countdown {
  const at = msOf(due);
  const most = at - floorToSecond(now.earliest);
  const least = now.latest === null ? null : at - floorToSecond(now.latest);
  const likely = at - floorToSecond(now.estimate);
  const verdict = most < 0 ? 'over' : least !== null && least >= 0 ? 'in_time' : 'maybe';
  return { verdict, least, most, likely };
}

/** What is likely, for sorting into groups: an open interval is judged by the estimate. */
export function isLikelyOver(countdown: Countdown): boolean {
  return countdown.verdict === 'over' || (countdown.verdict === 'maybe' && countdown.likely < 0);
}

/**
 * "5 h 12 min left", "3-5 h left", "overdue by 2 d"; a length that rests on an estimate says so. Where nothing bounds the
 * time from above, the floor says how much is left at most, or overstepped at least.
 */
export function spellCountdown({ verdict, least, most, likely }: Countdown): string {
  if (verdict === 'over') return spellOver(-most, least === null ? null : -least);
  if (verdict === 'in_time' && least !== null) return spellLeft(least, most);
  if (least !== null) return t('countdown.maybe_over');
  if (likely < 0) return t('countdown.about_over', { span: spellSpan(-likely) });
  return hasEstimate(likely, most)
    ? t('countdown.about_left', { span: spellSpan(likely) })
    : t('countdown.left_at_most', { span: spellSpan(most) });
}

/** A wall clock that cannot be right gives none: then the floor stands in its place. */
function hasEstimate(likely: number, most: number): boolean {
  return most - likely > kNarrowMs;
}

function spellLeft(least: number, most: number): string {
  if (isWide(least, most)) return t('countdown.left', { span: spellRange(least, most) });
  return t('countdown.left', { span: spellSpan(least) });
}

/** The narrow case names what is certain: overdue by at least so much. */
function spellOver(atLeast: number, atMost: number | null): string {
  if (atMost === null) return t('countdown.over_at_least', { span: spellSpan(atLeast) });
  if (isWide(atLeast, atMost)) return t('countdown.over', { span: spellRange(atLeast, atMost) });
  return t('countdown.over', { span: spellSpan(atLeast) });
}

/** A range is shown only where one length would say more than is known. */
function isWide(least: number, most: number): boolean {
  return most - least > Math.max(kNarrowMs, most * kWideShare);
}

function floorToSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

/** How much of the way from start to due has gone by, 0 to 1. */
export function shareUsed(startedAt: Instant, due: Instant, now: Moment): number {
  const start = msOf(startedAt);
  const whole = msOf(due) - start;
  if (whole <= 0) return 1;
  return Math.min(1, Math.max(0, (now.estimate - start) / whole));
}
