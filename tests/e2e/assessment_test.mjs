// A Monday on which links break: whose delay is excused, whose is not, and both ends say the same; then the assessment is
// vetoed by two persons, contested, published, and corrected. The real programs, their clocks under the test's hand.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Day, inOctober, momentOf, october } from './assessment/day.mjs';
import { reckonStates } from './outage/reckoning.mjs';
import { City } from './support/city.mjs';
import { TestClocks } from './support/test_clocks.mjs';

const library = process.env.FIELDNODE_CLOCK_SHIFT_LIBRARY;
if (!library || !fs.existsSync(library)) {
  console.log('skipped: the clock library is not built');
  process.exit(77);
}
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fieldnode-assessment-'));
const began = performance.now();
const stage = (text) => console.log(`[${((performance.now() - began) / 1000).toFixed(1)} s] ${text}`);
const clocks = new TestClocks(path.join(dir, 'clocks'), library, momentOf('12 08:00'));
clocks.machineOf('fieldnode-central');
clocks.machineOf('fieldnode');
const city = new City(dir);
const day = new Day({ city, clocks });

/// The cell of the one clock behind an assignment's acknowledgement.
async function cellOf(visitor, clocksDoor, id) {
  const cells = ['in_time_proven', 'in_time_by_clock', 'late_proven', 'late_by_clock', 'overdue', 'outage', 'on_delivery', 'on_delivery_outage'];
  for (const cell of cells) {
    const { items } = await visitor.get(`${clocksDoor}?${october}&clock=acknowledge&cell=${cell}`);
    if (items.some((line) => line.assignment === id)) return cell;
  }
  return 'none';
}

async function live() {
  await city.init();
  city.addUnit('XF', '幸福街道办事处');
  city.addUnit('BH', '滨湖街道办事处');
  await city.startCentre();
  const [cut, off] = [await city.office('XF'), await city.office('BH')];
  day.offices.push(cut, off);
  cut.runs = off.runs = true;
  await day.moveTo('12 08:55');
  for (const office of [cut, off]) await day.exchange(office);

  stage('one office is cut off, the other is switched off');
  await day.at(off);
  await off.stop();
  off.runs = false;
  cut.link.set('refuse');
  await day.moveTo('12 09:00');
  assert.notEqual((await cut.sync()).code, 0);
  await day.moveTo('12 09:05');
  const [first, second] = [await day.dispatch('XF', 1), await day.dispatch('BH', 2)];
  await day.tryUntil(cut, '12 12:00');
  cut.link.set('pass');
  await day.exchange(cut);
  await day.moveTo('12 12:05');
  await day.acknowledge(cut, first);
  await day.exchange(cut);
  await off.start();
  off.runs = true;
  await day.exchange(off);
  await day.acknowledge(off, second);
  await day.exchange(off);

  stage('the centre does not serve');
  await day.moveTo('12 13:00');
  for (const office of [cut, off]) await day.exchange(office);
  const third = await day.dispatch('XF', 3);
  await day.exchange(cut);
  await city.centre.stop();
  clocks.set(momentOf('12 15:30'));
  await city.startCentre();
  await day.exchange(cut);
  await day.moveTo('12 15:40');
  await day.acknowledge(cut, third);
  await day.exchange(cut);
  await day.exchange(off);

  stage('what both ends say of it');
  const centre = await day.at(city);
  const { units } = await centre.get('/api/units');
  const doorOf = (code) => `/api/assessment/units/${units.find((unit) => unit.code === code).id}`;
  const [xf, bh] = [doorOf('XF'), doorOf('BH')];
  assert.equal(await cellOf(centre, `${xf}/clocks`, first), 'on_delivery_outage', 'it tried, and the centre heard nothing');
  assert.equal(await cellOf(centre, `${bh}/clocks`, second), 'on_delivery', 'it was off: overdue when it came, and no excuse');
  assert.equal(await cellOf(centre, `${xf}/clocks`, third), 'outage', 'the centre did not serve, by its own word');
  for (const [office, door] of [[cut, xf], [off, bh]]) {
    const own = (await (await day.at(office)).get(`/api/assessment?${october}`)).assessment;
    const theirs = (await (await day.at(city)).get(`${door}?${october}`)).assessment;
    assert.deepEqual(own.figures, theirs.figures, 'the same fold at both ends');
  }

  stage('a veto of two persons, contested and withdrawn');
  const first_person = await day.at(city);
  const noted = await day.post(first_person, `${bh}/notes`, { ...inOctober, ground: 'dereliction', text: '工作时间关机' });
  const cause = noted.notes[0].at;
  const proposed = await day.post(first_person, `${bh}/veto-proposals`, { ...inOctober, cause, reason: '造成不良影响' });
  const ruling = { ...inOctober, proposal: proposed.proposals[0].id, confirmed: true };
  const alone = await first_person.post(`${bh}/veto-rulings`, { request_id: crypto.randomUUID(), ...ruling });
  assert.equal(alone.body.error.code, 'proposed_by_same_person');
  const second_person = await city.visit('李强', 'supervisor');
  const vetoed = await day.post(second_person, `${bh}/veto-rulings`, ruling);
  assert.equal(vetoed.figures.vetoed, true);
  await day.exchange(off);
  const supervisor = await day.at(off);
  const seen = (await supervisor.get(`/api/assessment?${october}`)).assessment;
  assert.equal(seen.figures.vetoed, true, 'the unit is told');
  const contest = await supervisor.post('/api/assessment/contests', { ...inOctober, act_id: crypto.randomUUID(), veto: seen.vetoes[0].at, reason: '当日停电' });
  assert.equal(contest.status, 201, JSON.stringify(contest.body));
  await day.exchange(off);
  const contested = (await (await day.at(city)).get(`${bh}?${october}`)).assessment;
  assert.equal(contested.vetoes[0].state, 'contested');
  assert.equal(contested.vetoes[0].contests[0].texts.reason_text, '当日停电');
  const withdrawn = await day.post(second_person, `${bh}/veto-steps`, { ...inOctober, veto: contested.vetoes[0].at, move: 'withdrawn', text: '停电属实' });
  assert.equal(withdrawn.figures.vetoed, false);

  stage('published, and corrected when more came to light');
  cut.link.set('refuse');
  await day.moveTo('13 09:00');
  assert.notEqual((await cut.sync()).code, 0);
  const contact = { act_id: crypto.randomUUID(), kind: 'contact', channel: 'telephone', outcome: 'reached', spoke_with: '李女士', note: '已联系' };
  assert.equal((await (await day.at(cut)).post(`/api/assignments/${first}/acts`, contact)).status, 201);
  clocks.set(Date.parse('2026-11-02T09:00:00+08:00'));
  const published = await day.post(await day.at(city), `${xf}/publications`, inOctober);
  assert.equal(published.publications.length, 1);
  cut.link.set('pass');
  await day.exchange(cut);
  const changed = (await (await day.at(city)).get(`${xf}?${october}`)).assessment;
  assert.equal(changed.changed, true);
  const corrected = await day.post(city.visitor, `${xf}/publications`, { ...inOctober, reason: '离线期间的联系记录已到' });
  const correction = corrected.publications[1];
  assert.deepEqual(correction.corrects, corrected.publications[0].at);
  assert.deepEqual(correction.since_before.withdrawn, [{ assignment: first, clock: 'contact', cell: 'overdue' }], 'E3: taken back by name');
  await day.exchange(cut);
  const own = (await (await day.at(cut)).get(`/api/assessment?${october}`)).assessment;
  assert.deepEqual(own.publications.map(({ reason }) => reason), ['', '离线期间的联系记录已到'], 'both ends show it');
  assert.equal(own.publications[1].until_now.figures.length, 0, 'and what is published is what the unit sees');
  await day.exchange(off);
  return [cut, off];
}

try {
  const offices = await live();
  await city.stopAll();
  reckonStates(city, offices);
  console.log('ok: assessment');
} catch (error) {
  console.error(city.logs());
  throw error;
} finally {
  await city.stopAll();
  if (process.env.DEV) console.log(dir);
  else fs.rmSync(dir, { recursive: true, force: true });
}
