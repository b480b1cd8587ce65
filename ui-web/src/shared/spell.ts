import { civilOf, dayNumber, kDay, kHour, kMinute, kSecond, msOf, msOfDate } from './instant';
import type { Instant } from './api_types';
import { knowledgeOf, type Moment } from './server_clock';
import { nameOf, t } from './words';

/** Spans and moments in words. */

/** A length of time, to the precision that a reader can use: days and hours, hours and minutes, minutes, seconds. */
export function spellSpan(ms: number): string {
  const span = Math.max(0, ms);
  const days = Math.floor(span / kDay);
  const hours = Math.floor((span % kDay) / kHour);
  const minutes = Math.floor((span % kHour) / kMinute);
  const seconds = Math.floor((span % kMinute) / kSecond);
  if (days > 0) return hours > 0 ? t('span.days_hours', { days, hours }) : t('span.days', { days });
  if (hours > 0) return minutes > 0 ? t('span.hours_minutes', { hours, minutes }) : t('span.hours', { hours });
  if (minutes >= 10) return t('span.minutes', { minutes });
  if (minutes > 0) return t('span.minutes_seconds', { minutes, seconds: twoDigits(seconds) });
  return t('span.seconds', { seconds });
}

/** Both ends of an uncertain length in one unit, rounded outwards. */
export function spellRange(least: number, most: number): string {
  if (most >= 2 * kDay) return rangeIn(least, most, kDay, 'span.days', 'span.range_days');
  if (most >= 2 * kHour) return rangeIn(least, most, kHour, 'span.hours', 'span.range_hours');
  return rangeIn(least, most, kMinute, 'span.minutes', 'span.range_minutes');
}

type OneKey = 'span.days' | 'span.hours' | 'span.minutes';
type RangeKey = 'span.range_days' | 'span.range_hours' | 'span.range_minutes';

function rangeIn(least: number, most: number, unit: number, one: OneKey, range: RangeKey): string {
  const low = Math.max(0, Math.floor(least / unit));
  const high = Math.ceil(most / unit);
  if (low === high) return t(one, { days: low, hours: low, minutes: low });
  return t(range, { low, high });
}

/** How long ago, for ages where seconds tell nothing. */
export function spellAge(ms: number): string {
  if (ms < kMinute) return t('age.just_now');
  return t('age.ago', { span: ms < kHour ? t('span.minutes', { minutes: Math.floor(ms / kMinute) }) : spellSpan(ms) });
}

/** How long ago, as far as now is known: "2 h", "about 2 h", "at least 2 h". */
export function spellSince(then: number, now: Moment): string {
  const span = spellSpan(Math.max(kMinute, now.estimate - then));
  const knowledge = knowledgeOf(now);
  if (knowledge === 'bounded') return span;
  return t(knowledge === 'estimated' ? 'span.about' : 'span.at_least', { span });
}

/** A moment as people write it; the day is named where it is near `today`. */
export function spellMoment(instant: Instant, today: number | null): string {
  const at = civilOf(msOf(instant));
  const clock = `${twoDigits(at.hour)}:${twoDigits(at.minute)}`;
  return t('moment.day_time', { day: spellDay(msOf(instant), today), time: clock });
}

/** A moment to the second and with its year, for the record. */
export function spellExactly(instant: Instant): string {
  const at = civilOf(msOf(instant));
  const date = `${at.year}-${twoDigits(at.month)}-${twoDigits(at.day)}`;
  return `${date} ${twoDigits(at.hour)}:${twoDigits(at.minute)}:${twoDigits(at.second)}`;
}

/** A bare date with its weekday. */
export function spellDate(date: string, today: number | null): string {
  return spellDay(msOfDate(date), today);
}

function spellDay(ms: number, today: number | null): string {
  const at = civilOf(ms);
  if (today !== null) {
    const away = dayNumber(ms) - dayNumber(today);
    if (away === 0) return t('moment.today');
    if (away === 1) return t('moment.tomorrow');
    if (away === -1) return t('moment.yesterday');
  }
  const month = nameOf('month', String(at.month));
  const params = { year: at.year, month, day: at.day, weekday: nameOf('weekday', String(at.weekday)) };
  const thisYear = today !== null && civilOf(today).year === at.year;
  return thisYear ? t('moment.day', params) : t('moment.day_year', params);
}

/** Bytes as people read them on a disk's label. */
export function spellSize(bytes: number): string {
  const gigabytes = bytes / 2 ** 30;
  if (gigabytes >= 10) return `${Math.floor(gigabytes)} GB`;
  if (gigabytes >= 1) return `${gigabytes.toFixed(1)} GB`;
  return bytes >= 2 ** 20 || bytes === 0 ? `${Math.floor(bytes / 2 ** 20)} MB` : `${Math.ceil(bytes / 1024)} kB`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
