import assert from 'node:assert/strict';
import { test } from 'node:test';

import { groupOf, inGroups } from '../src/office/grouping';
import { msOf } from '../src/shared/instant';
import type { NextDue, Summary } from '../src/shared/api_types';

const kFriday = msOf('2026-10-09T15:20:00+08:00');
const kNow = { earliest: kFriday, latest: kFriday, estimate: kFriday };

function summary(id: string, due: Partial<NextDue> | null): Summary {
  const whole: NextDue = {
    clock: 'contact',
    due: null,
    state: 'running',
    provisional: false,
    started_at: '2026-10-08T09:00:00+08:00',
    overdue: 'no',
    ...due,
  };
  return {
    id, number: id, title: '', place: '', category: 'A2', kind: 'complaint', urgent: false, stage: 'open',
    dispatched_at: whole.started_at, due: due === null ? null : whole, truth: null, assigned_to: null,
  };
}

test('what is due decides the group', () => {
  const cases: [string, string][] = [
    ['2026-10-09T15:19:59+08:00', 'overdue'],
    ['2026-10-09T15:20:00+08:00', 'today'],
    ['2026-10-09T23:59:59+08:00', 'today'],
    ['2026-10-10T00:00:00+08:00', 'week'],
    ['2026-10-11T17:00:00+08:00', 'week'],
    ['2026-10-12T17:00:00+08:00', 'later'],
  ];
  for (const [due, group] of cases) assert.equal(groupOf(summary('1', { due }), kNow), group, due);
});

test('what the centre has paused, and what has no clock, waits for the centre', () => {
  assert.equal(groupOf(summary('1', { due: null, state: 'paused' }), kNow), 'waiting');
  assert.equal(groupOf(summary('1', null), kNow), 'waiting');
});

test('the server saying certainly overdue is enough', () => {
  assert.equal(groupOf(summary('1', { due: '2026-10-09T16:00:00+08:00', overdue: 'certainly' }), kNow), 'overdue');
});

test('with an open clock the estimate sorts', () => {
  const open = { earliest: kFriday - 1e9, latest: null, estimate: kFriday };
  assert.equal(groupOf(summary('1', { due: '2026-10-09T15:00:00+08:00', overdue: 'maybe' }), open), 'overdue');
  assert.equal(groupOf(summary('1', { due: '2026-10-09T16:00:00+08:00', overdue: 'maybe' }), open), 'today');
});

test('where only the floor is known no day is named', () => {
  const floor = { earliest: kFriday, latest: null, estimate: kFriday };
  assert.equal(groupOf(summary('1', { due: '2026-10-09T16:00:00+08:00', overdue: 'maybe' }), floor), 'by_due');
  assert.equal(groupOf(summary('1', { due: '2026-10-09T15:00:00+08:00', overdue: 'certainly' }), floor), 'overdue');
});

test('groups keep the order of the server, leave out empty ones and show nothing twice', () => {
  const first = summary('1', { due: '2026-10-09T16:00:00+08:00' });
  const second = summary('2', { due: '2026-10-09T16:30:00+08:00' });
  const third = summary('3', null);
  const groups = inGroups([first, second, third], [third], kNow);
  assert.deepEqual(groups.map(([group, items]) => [group, items.map((item) => item.id)]), [['today', ['1', '2']], ['waiting', ['3']]]);
});
