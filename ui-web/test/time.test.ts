import assert from 'node:assert/strict';
import { test } from 'node:test';

import en from '../messages/en.json';
import { civilOf, dayNumber, lastDayOfWeek, msOf } from '../src/shared/instant';
import { knowledgeOf, ServerClock, todayOf } from '../src/shared/server_clock';
import { spellAge, spellDate, spellExactly, spellMoment, spellSince, spellSpan } from '../src/shared/spell';
import { addWords, language } from '../src/shared/words';

addWords('en', en);

const kZones = ['UTC', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Shanghai'];

test('civil time is +08:00 whatever the zone of the PC', () => {
  for (const zone of kZones) {
    process.env.TZ = zone;
    const at = civilOf(msOf('2026-10-10T00:30:00+08:00'));
    assert.deepEqual([at.month, at.day, at.hour, at.weekday], [10, 10, 0, 6], zone);
    assert.equal(spellExactly('2026-12-31T23:59:59.500+08:00'), '2026-12-31 23:59:59', zone);
  }
});

test('days change at midnight in +08:00', () => {
  const before = msOf('2026-10-09T23:59:59+08:00');
  assert.equal(dayNumber(before + 1000), dayNumber(before) + 1);
});

test('a week ends on its Sunday', () => {
  const sunday = dayNumber(msOf('2026-10-11T12:00:00+08:00'));
  for (const day of ['2026-10-05', '2026-10-09', '2026-10-11']) {
    assert.equal(lastDayOfWeek(msOf(`${day}T12:00:00+08:00`)), sunday, day);
  }
  assert.equal(lastDayOfWeek(msOf('2026-10-12T00:00:00+08:00')), sunday + 7);
});

test('near days are named, others carry their weekday, other years their year', () => {
  const today = msOf('2026-10-09T15:20:00+08:00');
  language.value = 'zh';
  assert.equal(spellMoment('2026-10-09T17:00:00+08:00', today), '今天 17:00');
  assert.equal(spellMoment('2026-10-10T17:00:00+08:00', today), '明天 17:00');
  assert.equal(spellMoment('2026-10-16T17:00:00+08:00', today), '10月16日 周五 17:00');
  assert.equal(spellMoment('2027-01-06T17:00:00+08:00', today), '2027年1月6日 周三 17:00');
  assert.equal(spellDate('2026-10-07', today), '10月7日 周三');
  language.value = 'en';
  assert.equal(spellMoment('2026-10-16T17:00:00+08:00', today), 'Fri 16 Oct 17:00');
});

test('spans are spelt as exactly as a reader can use', () => {
  language.value = 'en';
  assert.equal(spellSpan(0), '0 s');
  assert.equal(spellSpan(59_999), '59 s');
  assert.equal(spellSpan(25 * 3600e3), '1 d 1 h');
  assert.equal(spellSpan(48 * 3600e3), '2 d');
  assert.equal(spellSpan(-5), '0 s');
  assert.equal(spellAge(30_000), 'just now');
  assert.equal(spellAge(185_000), '3 min ago');
});

test('the interval is carried on by the monotonic clock and widened by the way of the answer', () => {
  const at = '2026-10-09T15:20:00+08:00';
  const clock = new ServerClock({ earliest: at, latest: at, estimate: at, class: 'anchored' }, 1000, 1400);
  const now = clock.at(11_400);
  assert.equal(now.earliest, msOf(at) + 10_000);
  assert.equal(now.latest, msOf(at) + 10_400);
  assert.equal(now.estimate, msOf(at) + 10_200);
});

test('an interval that is open above stays open', () => {
  const at = '2026-10-09T15:20:00+08:00';
  assert.equal(new ServerClock({ earliest: at, latest: null, estimate: at, class: 'floor' }, 0, 0).at(5000).latest, null);
});

test('how long ago is said as far as now is known', () => {
  language.value = 'zh';
  const then = msOf('2026-09-18T10:00:00+08:00');
  const hour = 3_600_000;
  const bounded = { earliest: then + 2 * hour, latest: then + 2 * hour, estimate: then + 2 * hour };
  const estimated = { earliest: then + hour, latest: null, estimate: then + 2 * hour };
  const floor = { earliest: then + 2 * hour - 1000, latest: null, estimate: then + 2 * hour };
  assert.deepEqual([bounded, estimated, floor].map(knowledgeOf), ['bounded', 'estimated', 'floor']);
  assert.deepEqual([bounded, estimated, floor].map((now) => spellSince(then, now)), ['2 小时', '约 2 小时', '至少 2 小时']);
  assert.deepEqual([bounded, estimated, floor].map(todayOf), [bounded.estimate, null, null], 'tomorrow is no word for them');
});
