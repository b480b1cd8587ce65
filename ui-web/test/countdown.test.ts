import assert from 'node:assert/strict';
import { test } from 'node:test';

import en from '../messages/en.json';
import { countDown, isLikelyOver, shareUsed, spellCountdown } from '../src/shared/countdown';
import { kDay, kHour, kMinute, msOf } from '../src/shared/instant';
import type { Moment } from '../src/shared/server_clock';
import { addWords, language } from '../src/shared/words';

addWords('en', en);

const kDue = '2026-10-10T17:00:00+08:00';

/** True time lies `before` the due instant, known to within `radius`; null: open above. */
function left(before: number, radius: number | null): Moment {
  const at = msOf(kDue) - before;
  return { earliest: at - (radius ?? 0), latest: radius === null ? null : at + radius, estimate: at };
}

function words(before: number, radius: number | null): string {
  return spellCountdown(countDown(kDue, left(before, radius)));
}

/** After a power cut: nothing bounds the time from above, the wall clock says `before` the due instant, the floor `floorBefore`. */
function guessed(before: number, floorBefore: number): Moment {
  const at = msOf(kDue);
  return { earliest: at - floorBefore, latest: null, estimate: at - before };
}

test('a narrow interval counts down by what is certainly left', () => {
  language.value = 'zh';
  assert.equal(words(5 * kHour + 12 * kMinute, 0), '剩 5 小时 12 分');
  assert.equal(words(3 * kDay, 1500), '剩 2 天 23 小时');
  assert.equal(words(9 * kMinute + 5000, 0), '剩 9 分 05 秒');
});

test('a wide interval is drawn as a range, rounded outwards', () => {
  language.value = 'zh';
  assert.equal(words(4 * kHour, kHour), '剩 3–5 小时');
  assert.equal(words(4 * kDay, kDay), '剩 3–5 天');
  assert.equal(words(60 * kMinute, 10 * kMinute), '剩 50–70 分');
});

test('a wide share of the rest decides, not the width alone', () => {
  language.value = 'zh';
  assert.equal(words(5 * kDay + kHour, 5 * kMinute), '剩 5 天');
});

test('the due second itself is in time, the next one is not', () => {
  assert.equal(countDown(kDue, left(-999, 0)).verdict, 'in_time');
  assert.equal(countDown(kDue, left(-1000, 0)).verdict, 'over');
});

test('an interval around the due instant is neither in time nor over', () => {
  language.value = 'zh';
  const around = countDown(kDue, left(0, kHour));
  assert.equal(around.verdict, 'maybe');
  assert.equal(spellCountdown(around), '可能已超期');
});

test('an open interval is spelt by the estimate and says so', () => {
  language.value = 'zh';
  const carried = countDown(kDue, guessed(2 * kHour, 30 * kHour));
  assert.equal(spellCountdown(carried), '约剩 2 小时');
  assert.equal(carried.verdict, 'maybe');
  assert.equal(isLikelyOver(carried), false);
  const past = countDown(kDue, guessed(-2 * kHour, 30 * kHour));
  assert.equal(spellCountdown(past), '约超 2 小时');
  assert.equal(past.verdict, 'maybe');
});

test('where only the floor is known, what is left is left at most', () => {
  language.value = 'zh';
  assert.equal(words(33 * kHour, null), '至多剩 1 天 9 小时');
  assert.equal(countDown(kDue, left(33 * kHour, null)).verdict, 'maybe');
  language.value = 'en';
  assert.equal(spellCountdown(countDown(kDue, guessed(2 * kHour, 2 * kHour + 1500))), '2 h left at most');
});

test('an open interval whose earliest moment is past due is certainly over, by nobody knows how much', () => {
  language.value = 'en';
  const past = countDown(kDue, left(-90 * kMinute, null));
  assert.equal(past.verdict, 'over');
  assert.equal(spellCountdown(past), 'over by 1 h 30 min or more');
});

test('the bar fills from start to due and no further', () => {
  const start = '2026-10-10T15:00:00+08:00';
  assert.equal(shareUsed(start, kDue, left(kHour, 0)), 0.5);
  assert.equal(shareUsed(start, kDue, left(-kHour, 0)), 1);
  assert.equal(shareUsed(start, kDue, left(3 * kHour, 0)), 0);
  assert.equal(shareUsed(kDue, kDue, left(0, 0)), 1);
});
