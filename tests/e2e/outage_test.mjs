// The outage as staff live through it, as programs over real sockets: a centre, two offices, a link that fails in every
// way, kills on both sides; and in the end both replicas the same, every act there once, nothing shown that was not true.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { BrokenReturn } from './outage/broken_return.mjs';
import { workAtCentre } from './outage/centre_work.mjs';
import { OfficeWork, quietSteps } from './outage/office_work.mjs';
import { assertHoldsItsOwn, importRequests, openOffices } from './outage/opening.mjs';
import { reckonActs, reckonStates, reckonWords } from './outage/reckoning.mjs';
import { mix, WorkPlan } from './outage/work_plan.mjs';
import { ActBook } from './support/act_book.mjs';
import { City } from './support/city.mjs';
import { Dice, seedOfRun } from './support/dice.mjs';
import { TruthWatch } from './support/truth_watch.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const seed = seedOfRun(20261123);
const dice = (name) => new Dice(seed, name);
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fieldnode-outage-'));
const began = performance.now();
const seconds = () => Number(((performance.now() - began) / 1000).toFixed(1));
const stage = (text) => console.log(`[${seconds()} s] ${text}`);

async function outage(city) {
  stage(`the centre imports ${await importRequests(city, root)}`);
  await city.startCentre();
  const [a, b] = await openOffices(city);
  stage(`${a.code} and ${b.code} hold their assignments and no other's`);

  const rows = await a.visitor.all('/api/assignments?view=open');
  const plan = new WorkPlan(rows.filter((row) => row.kind !== 'consultation').map((row) => row.id), dice('plan'));
  const book = new ActBook(a);
  const work = new OfficeWork({ city, office: a, plan, book, dice: dice('office') });
  await work.applyForTime();
  const before = book.size;

  stage('the cable is pulled');
  const outageBegan = performance.now();
  const watch = new TruthWatch(a, plan.contested);
  const meanwhile = workAtCentre(city, a, work, dice('centre'));
  await work.goOnWhile('refuse', 60, { killed: true });
  await work.goOnWhile('black-hole', 60, { killed: true });
  await work.goOnWhile('delay', 60);
  const entries = await meanwhile;
  await city.killCentre();
  await city.startCentre();
  stage(`the centre has decided, taken back and dispatched: ${entries} entries`);
  await work.goOnWhile('truncate', 60, { killed: true });
  await work.goOnWhile('refuse', work.stepsLeft - quietSteps);
  await work.assertOnlySaved(outageBegan);

  const back = new BrokenReturn({ city, office: a, work, outageBegan, dice: dice('return') });
  stage('the link returns; the centre is killed between its commit and its reply');
  await back.killCentreAfterCommit();
  await work.goOnWhile('refuse', quietSteps / 2);
  stage('the office is killed between the centre’s commit and the reply');
  await back.killOfficeAfterCommit();
  await work.goOnWhile('refuse', work.stepsLeft);
  const acts = book.size - before;
  stage(`${acts} acts offline; the office is killed between the receipt and the refusals`);
  await back.killOfficeBeforeRefusals();
  stage('replies are cut in the middle');
  await back.cutReplies(5);
  stage('all comes together by itself');
  await back.settle();

  stage('the reckoning');
  await watch.stop();
  const outcome = await reckonActs({ city, office: a, plan, book, outageBegan });
  reckonWords(watch, book, outcome);
  for (const office of [a, b]) await assertHoldsItsOwn(city, office);
  const exchanges = await a.exchanges();
  await city.stopAll();
  reckonStates(city, [a, b]);

  const { counters } = a.link;
  assert.equal(acts, 312, '300 acts and 12 withdrawals');
  for (const mode of ['refuse', 'black-hole', 'delay', 'truncate']) assert.ok(counters.met[mode] > 0, mode);
  return {
    seed, acts: acts - plan.withdrawn.length, mix, withdrawals: plan.withdrawn.length, repeats: book.repeats,
    reused_ids: book.reuses, lost_answers: book.lostAnswers, entries, refused: outcome.refused.length,
    conflicts: outcome.conflicts.length, office_kills: a.kills, centre_kills: city.kills, cuts: counters.cuts,
    met: counters.met, looks: watch.looks, exchanges, up_bytes: counters.upBytes, down_bytes: counters.downBytes,
    seconds: seconds(),
  };
}

const city = new City(dir);
try {
  console.log(JSON.stringify(await outage(city)));
  console.log('ok: outage');
} catch (error) {
  console.error(city.logs());
  throw error;
} finally {
  await city.stopAll();
  fs.rmSync(dir, { recursive: true, force: true });
}
