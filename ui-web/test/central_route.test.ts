import assert from 'node:assert/strict';
import { test } from 'node:test';

import { hashOf, readRoute, type Route } from '../src/central/route';
import type { AwaitingItem, UnitOverview } from '../src/central/central_types';
import { byPressure } from '../src/central/pressing';
import { findUnits, isSilent, sortUnits } from '../src/central/units';

const kHome: Route = { place: 'decisions', id: null, form: null, on: null, state: '', q: '' };

test('the address says where an operator is, and back', () => {
  for (const change of [
    {},
    { id: '18446744073709551615' },
    { place: 'cases' as const, state: 'new', q: '路灯 100%&?/' },
    { place: 'cases' as const, id: '12', form: 'refusal' },
    { place: 'cases' as const, id: '12', form: 'pause', on: '34', q: 'x' },
    { place: 'units' as const },
  ]) {
    assert.deepEqual(readRoute(hashOf({ ...kHome, ...change })), { ...kHome, ...change });
  }
  assert.deepEqual(readRoute('#/nonsense/%E0%A4%A'), kHome);
});

const kNow = Date.parse('2026-10-09T15:20:00+08:00');
const kMoment = { earliest: kNow, latest: kNow, estimate: kNow };

function unit(name: string, lastExchange: string | null, more: Partial<UnitOverview> = {}): UnitOverview {
  return { id: '1', code: name, name, assignments: 0, open: 0, awaiting: 0, node: { state: 'enrolled', last_exchange_at: lastExchange, undelivered: 0 }, ...more };
}

test('a unit is silent after an hour, and if it was never heard of; one without a node is not', () => {
  assert.equal(isSilent(unit('a', '2026-10-09T14:20:00+08:00'), kMoment), false);
  assert.equal(isSilent(unit('a', '2026-10-09T14:19:59+08:00'), kMoment), true);
  assert.equal(isSilent(unit('a', null), kMoment), true);
  assert.equal(isSilent(unit('a', null, { node: { state: 'none', last_exchange_at: null, undelivered: 0 } }), kMoment), false);
});

test('units are found by name and code, and what is not known comes last either way', () => {
  const units = [unit('BH', null), unit('QS', '2026-10-09T14:00:00+08:00'), unit('CG', '2026-10-09T15:00:00+08:00')];
  assert.deepEqual(findUnits(units, ' qs ').map(({ name }) => name), ['QS']);
  assert.deepEqual(sortUnits(units, 'contact', false).map(({ name }) => name), ['QS', 'CG', 'BH']);
  assert.deepEqual(sortUnits(units, 'contact', true).map(({ name }) => name), ['CG', 'QS', 'BH']);
});

test('the most pressing comes first, what has no due last and the oldest of those first', () => {
  const item = (assignment: string, due: string | null, dispatchedAt: string) =>
    ({ assignment, dispatched_at: dispatchedAt, due: due === null ? null : { due } }) as unknown as AwaitingItem;
  const items = [
    item('young', null, '2026-10-08T09:00:00+08:00'),
    item('late', '2026-10-12T17:00:00+08:00', '2026-10-01T09:00:00+08:00'),
    item('old', null, '2026-10-02T09:00:00+08:00'),
    item('first', '2026-10-09T17:00:00+08:00', '2026-10-08T09:00:00+08:00'),
  ];
  assert.deepEqual(byPressure(items).map(({ assignment }) => assignment), ['first', 'late', 'old', 'young']);
});
