import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { WarningGroup, WarningsView } from '../src/office/warning_types';
import { countOf, spellCount, spellDigest, spellNews, standing } from '../src/office/warning_words';

function group(state: WarningGroup['state'], clock: WarningGroup['clock'], count: number, isLeast = false): WarningGroup {
  return { state, clock, count, count_is_least: isLeast, first: [] };
}

function view(own: WarningGroup[], escalated: WarningGroup[] | null = null): WarningsView {
  const at = '2026-10-09T15:20:00+08:00';
  const now = { earliest: at, latest: at, estimate: at, class: 'anchored' as const };
  return { now, by_estimate: false, telling: 4, news: 2, news_is_least: false, own, escalated };
}

test('a digest is told by state, over all clocks, in the order in which they press', () => {
  const own = [group('due_soon', 'contact', 3), group('overdue', 'acknowledge', 1), group('overdue', 'resolve', 1)];
  assert.equal(spellDigest(view(own)), '已超期 2 · 临期 3');
});

test('what went up to a supervisor stands on a line of its own', () => {
  assert.equal(spellDigest(view([group('due_soon', 'contact', 1)], [group('overdue', 'contact', 5)])), '临期 1\n上报：已超期 5');
  assert.equal(spellDigest(view([], [group('late_on_arrival', 'acknowledge', 5)])), '上报：送达时已超期 5');
});

test('a count that the server gave up says so, and so does a sum with it', () => {
  const groups = standing(view([group('overdue', 'contact', 1000, true)], [group('overdue', 'contact', 2)]));
  assert.deepEqual(countOf(groups), { count: 1002, isLeast: true });
  assert.equal(spellCount(countOf(groups)), '1002+');
  assert.equal(spellNews({ ...view([]), news: 1000, news_is_least: true }), '1000+');
});
