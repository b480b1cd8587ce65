import { civilOf, dayNumber, kDay, msOfDate } from './instant';

/** Days as `2026-10-01`, both belonging to the period. */
export interface Period {
  from: string;
  to: string;
}

const kDayShape = /^\d{4}-\d{2}-\d{2}$/;

/** As it stands in the address: `2026-10-01..2026-10-31`. Nothing for anything else. */
export function readPeriod(text: string): Period | null {
  const [from = '', to = '', more] = text.split('..');
  if (more !== undefined || !isDay(from) || !isDay(to) || to < from) return null;
  return { from, to };
}

export function spellPeriod({ from, to }: Period): string {
  return `${from}..${to}`;
}

/** The month that `now` lies in, or one `back`. */
export function monthOf(now: number, back = 0): Period {
  const { year, month } = civilOf(now);
  const first = monthStart(year, month - back);
  const next = monthStart(year, month - back + 1);
  return { from: dayText(first), to: dayText(next - kDay) };
}

/** The year that `now` lies in. */
export function yearOf(now: number): Period {
  const { year } = civilOf(now);
  return { from: `${year}-01-01`, to: `${year}-12-31` };
}

/** What the server is asked: it wants the first day that does not belong. */
export function askOf({ from, to }: Period): { from: string; until: string } {
  return { from, until: dayText(msOfDate(to) + kDay) };
}

export function queryOf(period: Period): string {
  const { from, until } = askOf(period);
  return `from=${from}&until=${until}`;
}

/** True once the last day is over: before that nothing is published. */
export function isOver({ to }: Period, now: number): boolean {
  return dayNumber(now) > dayNumber(msOfDate(to));
}

function isDay(text: string): boolean {
  return kDayShape.test(text) && !Number.isNaN(msOfDate(text)) && dayText(msOfDate(text)) === text;
}

/** Noon, so that no rounding moves it to another day. */
function monthStart(year: number, month: number): number {
  return Date.UTC(year, month - 1, 1, 4);
}

function dayText(ms: number): string {
  const { year, month, day } = civilOf(ms);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
