// After kills or full disks: what was promised is there, once, at both ends, and nothing else is.
import assert from 'node:assert/strict';

import { keyOf } from './act_book.mjs';
import { eventually } from './program.mjs';

const decided = ['extension_decision', 'take_back'];
const against = ['refused', 'conflict', 'set_aside'];

/// By itself: nobody helps but the programs.
export async function settled(city, office, load) {
  const quietly = { seconds: 120, everyMs: 250 };
  await eventually('everything is delivered',
    async () => (await office.visitor.get('/api/status')).undelivered.count === 0, quietly);
  await eventually('the office holds all that was dispatched', async () => {
    const held = new Set(await office.assignments());
    return load.assignments.every((id) => held.has(id));
  }, quietly);
  for (const id of load.assignments) {
    await eventually(`both ends tell the same of ${id}`, async () => {
      const [here, there] = [await office.timeline(id), await city.timeline(id)].map((items) => JSON.stringify(items.map(told)));
      return here === there;
    }, quietly);
  }
}

const told = ({ list, epoch, seq, kind, standing }) => [list, epoch, seq, kind, standing];

/// {acts, entries, assignments} as `place` tells them.
async function toldBy(place, ids) {
  const items = [];
  for (const id of ids) items.push(...(await place.timeline(id)));
  return { acts: items.filter(({ list }) => list === 'act'), entries: items.filter(({ list }) => list === 'entry') };
}

export async function gather(city, office, load) {
  const held = { office: await office.assignments(), centre: await city.assignmentsOf(office.code) };
  const ends = { office: await toldBy(office, load.assignments), centre: await toldBy(city, load.assignments) };
  return { held, ends };
}

const named = (items) => items.map((item) => `${item.kind} ${item.key ?? keyOf(item)}`).sort();

/// Pure, so that it can be given a book with a lie in it.
export function assertKept({ held, ends }, promises) {
  const decisions = ({ entries }) => entries.filter(({ kind }) => decided.includes(kind));
  const dispatches = ({ entries }) => entries.filter(({ kind }) => kind === 'dispatch');
  for (const [end, said] of Object.entries(ends)) {
    assert.deepEqual(named(said.acts), named(promises.acts), `${end}: every act that was answered, once, and no other`);
    assert.deepEqual(named(decisions(said)), named(promises.decisions), `${end}: every decision, once, and no other`);
    assert.equal(dispatches(said).length, promises.assignments.length, `${end}: as many dispatches as were answered`);
    for (const id of promises.assignments) assert.ok(held[end].includes(id), `${end}: assignment ${id} was dispatched`);
  }
}

/// What the centre ruled against was never shown as in force, not for one look. Returns how many those are.
export function assertNoFalseWord({ ends }, watch) {
  const losing = ends.office.acts.filter(({ standing }) => against.includes(standing));
  for (const act of losing) {
    assert.ok(!watch.said(keyOf(act)).includes('in_force'), `${act.kind} ${keyOf(act)}: ${watch.said(keyOf(act))}`);
  }
  return losing.length;
}

/// The check can fail: each lie, told of what is really there, is found.
export function assertLiesAreFound(facts, promises) {
  const lies = promises.forged();
  for (const [what, book] of lies) assert.throws(() => assertKept(facts, book), assert.AssertionError, what);
  return lies.length;
}
