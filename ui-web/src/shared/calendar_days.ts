import type { DeadlineClock, Reason } from './api_types';
import { civilOf, dayNumber, kDay, kHour, msOf, msOfDate } from './instant';

/**
 * Why a limit in working days ends when it does, day by day. Made of the reasons that the server gives and of nothing
 * else: where they do not add up to the limit, there is no strip rather than a wrong one.
 */
export type DayMark = 'start' | 'counted' | 'makeup' | 'rest' | 'holiday' | 'paused' | 'outside';

export interface CalendarDay {
  /** As instant.ts counts civil days. */
  number: number;
  month: number;
  day: number;
  mark: DayMark;
  /** Which working day of the limit it is; 0 where it does not count. */
  count: number;
  last: boolean;
}

const kWeeksMost = 8;
const kCloseOfBusiness = 17 * kHour;

/** Whole weeks from Monday to Sunday; nothing where the clock does not count working days, or not to be drawn. */
export function calendarOf(clock: DeadlineClock): CalendarDay[][] | null {
  const limit = Number(/^(\d+)wd$/.exec(clock.limit ?? '')?.[1] ?? 0);
  const start = dateOf(clock.reasons, 'start_day_not_counted');
  const last = dateOf(clock.reasons, 'day_end');
  if (limit === 0 || start === null || last === null || last <= start) return null;
  const monday = start - weekdayOf(start);
  const sunday = last + 6 - weekdayOf(last);
  if (sunday - monday >= 7 * kWeeksMost) return null;
  const days = countDays(monday, sunday, start, last, clock.reasons);
  return addsUp(days, clock.reasons, limit) ? inWeeks(days) : null;
}

function countDays(monday: number, sunday: number, start: number, last: number, reasons: Reason[]): CalendarDay[] {
  const days: CalendarDay[] = [];
  let count = 0;
  for (let number = monday; number <= sunday; number++) {
    const mark = number < start || number > last ? 'outside' : number === start ? 'start' : markOf(number, reasons);
    const counts = mark === 'counted' || mark === 'makeup';
    const { month, day } = civilOf(noonOf(number));
    days.push({ number, month, day, mark, count: counts ? ++count : 0, last: number === last });
  }
  return days;
}

function markOf(number: number, reasons: Reason[]): DayMark {
  const covers = (code: string) => reasons.some((reason) => reason.code === code && isWithin(number, reason));
  if (covers('days_off')) return 'holiday';
  const makeup = covers('makeup_day');
  if (weekdayOf(number) > 4 && !makeup) return 'rest';
  if (reasons.some((reason) => reason.code === 'pause' && isHeld(number, reason))) return 'paused';
  return makeup ? 'makeup' : 'counted';
}

function isWithin(number: number, { date, from, to }: Reason): boolean {
  const first = date ?? from;
  if (first === undefined) return false;
  return number >= dayNumber(msOfDate(first)) && number <= dayNumber(msOfDate(to ?? first));
}

/** A day is held by a pause that its close of business lies in. */
function isHeld(number: number, { from, to }: Reason): boolean {
  const close = midnightOf(number) + kCloseOfBusiness;
  return from !== undefined && msOf(from) <= close && (to === 'open' || (to !== undefined && close < msOf(to)));
}

/** The base limit ends where the first extension begins, or on the last day. */
function addsUp(days: CalendarDay[], reasons: Reason[], limit: number): boolean {
  const extension = reasons.find((reason) => reason.code === 'extension' && reason.from !== undefined);
  const end = extension?.from === undefined ? days.find((day) => day.last)?.number : dayNumber(msOfDate(extension.from));
  return days.find((day) => day.number === end)?.count === limit;
}

function inWeeks(days: CalendarDay[]): CalendarDay[][] {
  const weeks: CalendarDay[][] = [];
  for (let index = 0; index < days.length; index += 7) weeks.push(days.slice(index, index + 7));
  return weeks;
}

function dateOf(reasons: Reason[], code: string): number | null {
  const date = reasons.find((reason) => reason.code === code)?.date;
  return date === undefined ? null : dayNumber(msOfDate(date));
}

function midnightOf(number: number): number {
  return number * kDay - 8 * kHour;
}

function noonOf(number: number): number {
  return midnightOf(number) + 12 * kHour;
}

/** 0 is Monday. */
function weekdayOf(number: number): number {
  return (civilOf(noonOf(number)).weekday + 6) % 7;
}
