// In the end: both ends hold the same, everything that was promised is there, and nothing was said that was not so.
import assert from 'node:assert/strict';

import { keyOf } from '../support/act_book.mjs';
import { must } from '../support/program.mjs';

/// The unit's acts on `assignments` as `place` tells them, by key; none may stand there twice.
async function actsAt(place, assignments) {
  const acts = new Map();
  for (const id of assignments) {
    for (const item of await place.timeline(id)) {
      if (item.list !== 'act') continue;
      assert.ok(!acts.has(keyOf(item)), `${keyOf(item)} stands twice`);
      acts.set(keyOf(item), item);
    }
  }
  return acts;
}

function keysOf(book, wanted) {
  return book.acts.filter(wanted).map((act) => act.key).sort();
}

function withStanding(acts, standing) {
  return [...acts].filter(([, item]) => item.standing === standing).map(([key]) => key).sort();
}

/// Returns {refused, conflicts}: the keys of the acts that the centre did not let pass.
export async function reckonActs({ city, office, plan, book, outageBegan }) {
  const offline = (act) => act.answeredAt > outageBegan;
  const overtaken = (act) => offline(act) && plan.withdrawn.includes(act.assignment);
  const refused = keysOf(book, overtaken);
  const conflicts = keysOf(book, (act) => plan.taken.includes(act.assignment));
  assert.equal(refused.length, plan.withdrawn.length + plan.thirdTime.length);
  assert.equal(conflicts.length, 3 * plan.taken.length);

  for (const place of [city, office]) {
    const acts = await actsAt(place, plan.all);
    assert.deepEqual([...acts.keys()].sort(), keysOf(book, () => true), 'every act that was answered, once, and no other');
    for (const { key, form } of book.acts) assert.equal(acts.get(key).kind, form.kind);
    assert.deepEqual(withStanding(acts, 'refused'), refused, 'what came too late is refused');
    assert.deepEqual(withStanding(acts, 'conflict'), conflicts, 'what was done to assignments taken back is in conflict');
  }
  await reckonTruths(await actsAt(office, plan.all), refused, conflicts);
  return { refused, conflicts };
}

function reckonTruths(acts, refused, conflicts) {
  for (const [key, item] of acts) {
    const expected = refused.includes(key) ? 'refused' : conflicts.includes(key) ? 'awaiting_ruling' : 'in_force';
    assert.equal(item.truth, expected, `${item.kind} ${key}`);
    assert.match(item.receipt ?? '', /^R-\d/, 'a receipt covers it');
    if (expected === 'refused') assert.match(item.refusal.sentence.zh, /[\u4e00-\u9fff]/, JSON.stringify(item.refusal));
  }
}

/// `watch` looked all the time: what the centre did not let pass was never said to be in force, not for one look.
export function reckonWords(watch, book, { refused, conflicts }) {
  for (const act of book.acts.filter(({ key }) => refused.includes(key) || conflicts.includes(key))) {
    const said = watch.said(act.key);
    assert.ok(said.includes('saved'), `${act.key} was never looked at`);
    assert.ok(!said.includes('in_force'), `${act.form.kind} ${act.key}: ${said}`);
    assert.ok(!watch.summarySaidInForce(act.assignment, act.answeredAt), `${act.assignment} as a whole was in force`);
  }
}

/// Both programs are stopped. Chains, receipts, projections and states are sound and equal.
export function reckonStates(city, offices) {
  const centre = JSON.parse(must('fieldnode-central', ['verify', '--dir', city.centreDir, '--json']));
  for (const office of offices) {
    const here = JSON.parse(must('fieldnode', ['verify', '--dir', office.dir, '--json']));
    const there = centre.units.find((unit) => unit.code === office.code);
    assert.equal(here.ok, true);
    assert.equal(here.feed.seq, there.feed.seq, 'both hold the same feed');
    assert.equal(here.journal.seq, there.journal.seq, 'both hold the same journal');
    assert.equal(here.digest, there.digest, `${office.code}: both ends have the same state`);
  }
}
