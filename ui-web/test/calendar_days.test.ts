import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { DeadlineClock, Reason } from '../src/shared/api_types';
import { calendarOf } from '../src/shared/calendar_days';

const kText = { zh: '', en: '' };

function reason(code: string, first: string, last?: string): Reason {
  return last === undefined ? { code, date: first, text: kText } : { code, from: first, to: last, text: kText };
}

function clock(limit: string, reasons: Reason[]): DeadlineClock {
  return {
    clock: 'resolve', state: 'running', started_at: '2026-09-28T10:00:00+08:00', due: null, limit, met_at: null,
    extension_pending: false, overdue: 'no', reasons,
  };
}

/** "28:start 29:1 ..." of the days from start to end. */
function spelt(limit: string, reasons: Reason[]): string | null {
  const weeks = calendarOf(clock(limit, reasons));
  if (weeks === null) return null;
  const days = weeks.reduce((all, week) => [...all, ...week], []).filter((day) => day.mark !== 'outside');
  return days.map((day) => `${day.day}:${day.count > 0 ? day.count : day.mark}${day.mark === 'makeup' ? 'm' : ''}${day.last ? '!' : ''}`).join(' ');
}

// Monday 28 September 2026, five working days: the National Day is off, Saturday 10 October is worked.
const kNational = [reason('start_day_not_counted', '2026-09-28'), reason('days_off', '2026-10-01', '2026-10-07'), reason('makeup_day', '2026-10-10')];

test('days that count are numbered; holidays do not, a make-up Saturday does', () => {
  assert.equal(
    spelt('5wd', [...kNational, reason('day_end', '2026-10-10')]),
    '28:start 29:1 30:2 1:holiday 2:holiday 3:holiday 4:holiday 5:holiday 6:holiday 7:holiday 8:3 9:4 10:5m!',
  );
});

test('an extension counts on from the old last day', () => {
  const reasons = [...kNational, reason('extension', '2026-10-10', '2026-10-13'), reason('day_end', '2026-10-13')];
  assert.match(spelt('5wd', reasons) ?? '', / 10:5m 11:rest 12:6 13:7!$/);
});

test('a day whose close of business lies in a pause does not count, one that is only begun paused does', () => {
  const pause = (to: string) => [
    reason('start_day_not_counted', '2026-11-02'),
    reason('pause', '2026-11-03T09:00:00+08:00', to),
    reason('day_end', '2026-11-05'),
  ];
  assert.equal(spelt('2wd', pause('2026-11-03T17:00:01+08:00')), '2:start 3:paused 4:1 5:2!');
  assert.equal(spelt('3wd', pause('2026-11-03T17:00:00+08:00')), '2:start 3:1 4:2 5:3!');
});

test('weeks are whole, from Monday to Sunday', () => {
  const weeks = calendarOf(clock('5wd', [...kNational, reason('day_end', '2026-10-10')])) ?? [];
  assert.deepEqual(weeks.map((week) => week.length), [7, 7]);
  assert.deepEqual([weeks[0]?.[0]?.day, weeks[1]?.[6]?.day], [28, 11]);
});

test('rather no calendar than one that does not add up to the limit', () => {
  assert.equal(spelt('4wd', [...kNational, reason('day_end', '2026-10-10')]), null);
  assert.equal(spelt('5wd', [kNational[0] as Reason, reason('day_end', '2026-10-10')]), null, 'a holiday that nobody told');
  assert.equal(spelt('2h', [reason('hours_run_from', '2026-09-28')]), null);
  assert.equal(spelt('7cd', [...kNational, reason('day_end', '2026-10-10')]), null);
  assert.equal(spelt('5wd', []), null);
});
