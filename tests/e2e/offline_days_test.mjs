// Three days offline over a make-up Sunday, two power cuts, a wall clock set back by hand, a real-time clock at 1970, one phone
// receipt: the real programs live through it with their clocks under the test's hand, and each verdict at both ends must be the
// one that tests/data/offline_days.tsv stated before.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { assertAnomaliesJournaled } from './offline_days/anomalies.mjs';
import { assertNoFalseCertainty } from './offline_days/certainty.mjs';
import { Days } from './offline_days/days.mjs';
import { openPageWalk } from './offline_days/page_walk.mjs';
import { assertNothingElse, differences } from './offline_days/reckoning.mjs';
import { storyOf } from './offline_days/story.mjs';
import { momentOf, readTable, textOf } from './offline_days/table.mjs';
import { reckonStates } from './outage/reckoning.mjs';
import { City } from './support/city.mjs';
import { TestClocks } from './support/test_clocks.mjs';

const library = process.env.FIELDNODE_CLOCK_SHIFT_LIBRARY;
if (!library || !fs.existsSync(library)) {
  console.log('skipped: the clock library is not built');
  process.exit(77);
}
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const table = readTable(path.join(root, 'tests/data/offline_days.tsv'));
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fieldnode-days-'));
const began = performance.now();
const stage = (text) => console.log(`[${((performance.now() - began) / 1000).toFixed(1)} s] ${text}`);

const clocks = new TestClocks(path.join(dir, 'clocks'), library, momentOf('14 08:00'));
clocks.machineOf('fieldnode-central');
const machine = clocks.machineOf('fieldnode');
const city = new City(dir);

async function live() {
  await city.init();
  city.addUnit('XF', '幸福街道办事处');
  await city.startCentre();
  const office = await city.office('XF', { secondUser: '李静' });
  const days = new Days({ city, office, clocks, machine });
  const walk = await openPageWalk(root, stage);
  let offline;
  const scenes = [
    ['18 15:50', (it) => assertNoFalseCertainty(it, 'anchored')],
    ['19 09:00', (it) => assertNoFalseCertainty(it, 'carried')],
    ['20 12:30', (it) => assertNoFalseCertainty(it, 'floor')],
    ['20 12:31', (it) => walk?.whileTheClockIsDead(it)],
    ['21 16:29', async (it) => (offline = await it.allClocksAt(office))],
  ].map(([at, happen]) => ({ at, happen }));
  let day = '';
  for (const step of storyOf(table, scenes)) {
    await days.moveTo(step.at);
    const today = textOf(new Date(step.at).toISOString()).slice(0, 2);
    if (today !== day) stage(`September ${(day = today)}`);
    await step.happen(days);
  }
  await walk?.afterwards(days);
  return { days, atOnce: days.atOnce, offline, office: await days.allClocksAt(office), centre: await days.allClocksAt(city) };
}

try {
  const found = await live();
  stage('the reckoning');
  const lines = differences(table, found);
  assert.equal(lines.length, 0, `\n${lines.join('\n')}`);
  assertNothingElse(table, found);
  assertAnomaliesJournaled(city, found.days.office);
  await city.stopAll();
  reckonStates(city, [found.days.office]);
  console.log(`ok: offline_days, ${table.length} lines`);
} catch (error) {
  console.error(city.logs());
  throw error;
} finally {
  await city.stopAll();
  fs.rmSync(dir, { recursive: true, force: true });
}
