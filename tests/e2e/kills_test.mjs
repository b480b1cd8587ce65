// SIGKILL at random moments, at both ends, under the work of clerks and operators: what was answered is there, once, and
// both ends come together by themselves. FIELDNODE_KILLS: how many (50), FIELDNODE_SEED: when.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Blows } from './kills/blows.mjs';
import { killEnrolments } from './kills/enrolment.mjs';
import { reckonStates } from './outage/reckoning.mjs';
import { City } from './support/city.mjs';
import { Dice, seedOfRun } from './support/dice.mjs';
import { Load } from './support/load.mjs';
import { assertKept, assertLiesAreFound, assertNoFalseWord, gather, settled } from './support/promise_reckoning.mjs';
import { Promises } from './support/promises.mjs';
import { TruthWatch } from './support/truth_watch.mjs';

const kills = Number(process.env.FIELDNODE_KILLS ?? 50);
const killsOfRound = 50;  // a long run reckons now and then, and finds a fault early
const seed = seedOfRun(20261126);
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fieldnode-kills-'));

async function openCity(city) {
  await city.init();
  city.addUnit('XF', '幸福街道办事处');
  await city.startCentre();
  return city.office('XF');
}

/// `most` kills, then the reckoning.
async function round({ city, office, number, most }) {
  const dice = (name) => new Dice(seed, `${name} ${number}`);
  const promises = new Promises();
  const load = new Load({ city, office, promises, dice: dice('load') });
  const watch = new TruthWatch(office, load.worked);
  const blows = new Blows({ city, office, dice: dice('blows') });
  await load.start();
  while (blows.kills < most) await blows.strike();
  await load.stop();
  await settled(city, office, load);
  await watch.stop();

  const facts = await gather(city, office, load);
  assertKept(facts, promises);
  const lies = assertLiesAreFound(facts, promises);
  const losing = assertNoFalseWord(facts, watch);
  await promises.assertRepeated({
    office: (url, form) => office.visitor.post(url, form),
    centre: (url, form) => city.visitor.post(url, form),
  });
  return {
    ...blows.counts, promises: promises.size, acts: promises.acts.length, decisions: promises.decisions.length,
    dispatches: promises.assignments.length, ruled_against: losing, refusals: load.refusals,
    lost_answers: load.lostAnswers, looks: watch.looks, lies_found: lies,
  };
}

const city = new City(dir);
const began = performance.now();
const seconds = () => Math.round((performance.now() - began) / 1000);
try {
  const office = await openCity(city);
  await office.restart();  // under the address that it keeps from now on
  await city.centre.stop();
  await city.startCentre();
  let lostAnswers = 0;
  for (let done = 0, number = 1; done < kills; number += 1) {
    const counts = await round({ city, office, number, most: Math.min(killsOfRound, kills - done) });
    done += counts.office + counts.centre;
    lostAnswers += counts.lost_answers;
    await Promise.all([office.daemon.stop(), city.centre.stop()]);
    reckonStates(city, [office]);
    console.log(JSON.stringify({ round: number, kills: done, ...counts, seconds: seconds() }));
    await city.centre.start();
    await office.daemon.start();
  }
  assert.ok(lostAnswers > 0, 'no kill met a request on its way');
  const enrolments = await killEnrolments({ city, dice: new Dice(seed, 'enrolments'), units: Math.ceil(kills / 8) });
  assert.ok(enrolments > 0, 'no enrolment was killed');
  console.log(JSON.stringify({ enrolments_killed: enrolments, seconds: seconds() }));
  console.log('ok: kills');
} catch (error) {
  console.error(city.logs());
  throw error;
} finally {
  await city.stopAll();
  fs.rmSync(dir, { recursive: true, force: true });
}
