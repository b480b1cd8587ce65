import type { Instant } from './api_types';

/**
 * Instants and civil time in +08:00. The PC's own zone and clock are never asked: an instant comes from the server as
 * text, and its civil parts are read off by shifting to +08:00 and reading UTC.
 */
export const kSecond = 1000;
export const kMinute = 60 * kSecond;
export const kHour = 60 * kMinute;
export const kDay = 24 * kHour;

const kOffset = 8 * kHour;

export interface Civil {
  year: number;
  month: number;
  day: number;
  /** 0 is Sunday. */
  weekday: number;
  hour: number;
  minute: number;
  second: number;
}

/** Milliseconds since 1970 of an instant of the server. */
export function msOf(instant: Instant): number {
  return Date.parse(instant);
}

export function civilOf(ms: number): Civil {
  const shifted = new Date(ms + kOffset);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
  };
}

/** Counts civil days in +08:00; equal for two instants of one day. */
export function dayNumber(ms: number): number {
  return Math.floor((ms + kOffset) / kDay);
}

/** The last day (Sunday) of the week that the instant lies in. */
export function lastDayOfWeek(ms: number): number {
  const weekday = civilOf(ms).weekday;
  return dayNumber(ms) + (weekday === 0 ? 0 : 7 - weekday);
}

/** Noon of a bare date, so that no rounding can move it to another day. */
export function msOfDate(date: string): number {
  return Date.parse(`${date}T12:00:00+08:00`);
}
