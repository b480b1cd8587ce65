// Every fault of a network that reliability asks for, one by one, between the real programs: the page says what is wrong
// and what to do, no act is lost or doubled, nothing is called delivered that is not, and work goes on when it ends.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { laterFaults, quickFaults, silentFaults } from './network/faults.mjs';
import { Portals } from './network/portals.mjs';
import { runSweeps } from './network/sweeps.mjs';
import { Trial } from './network/trial.mjs';
import { reckonStates } from './outage/reckoning.mjs';
import { City } from './support/city.mjs';
import { Dice, seedOfRun } from './support/dice.mjs';

const seed = seedOfRun(20261127);
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fieldnode-network-'));
const city = new City(dir);
const began = performance.now();

async function openTrial(code, portals) {
  return Trial.open({ city, code, portals, dice: new Dice(seed, code) });
}

async function runAll(trial, faults) {
  const lines = [];
  for (const fault of faults) lines.push(tell(await trial.run(fault)));
  await trial.reckon();
  return lines;
}

async function sweepAll(trial) {
  const lines = (await runSweeps(trial)).map(tell);
  await trial.reckon();
  return lines;
}

/// The centre's clock has gone on by five hours; the office learns it, and its page is locked by then.
async function hoursLater(trial) {
  const { office } = trial.place;
  const hours = { LD_PRELOAD: process.env.FIELDNODE_CLOCK_SHIFT_LIBRARY, FIELDNODE_CLOCK_SHIFT: String(5 * 3600) };
  await city.centre.stop();
  await city.startCentre(hours);
  await office.sync();
  await office.signInAgain();
  return runAll(trial, laterFaults);
}

function tell(line) {
  console.log(JSON.stringify(line));
  return line;
}

const trials = [];
let portals;
try {
  await city.init();
  const codes = ['QUICK', 'SWEEPS', ...silentFaults.map((_, n) => `SILENT${n + 1}`)];
  for (const code of codes) city.addUnit(code, `街道办事处 ${code}`);
  await city.startCentre();
  portals = await new Portals().open(city);
  for (const code of codes) trials.push(await openTrial(code, portals));
  const [quick, swept, ...silent] = trials;
  const [swaths, ...lines] = await Promise.all([
    sweepAll(swept), runAll(quick, quickFaults), ...silent.map((trial, n) => runAll(trial, [silentFaults[n]])),
  ]);
  lines.push(await hoursLater(quick));
  await city.stopAll();
  reckonStates(city, trials.map((trial) => trial.place.office));
  console.log(JSON.stringify({
    seed, places: swaths.reduce((sum, { places }) => sum + places, 0), faults: lines.flat().length, met: lines.flat().reduce((sum, { met }) => sum + met, 0),
    acts: trials.reduce((sum, { book }) => sum + book.size, 0), seconds: Math.round((performance.now() - began) / 1000),
  }));
  console.log('ok: network');
} catch (error) {
  console.error(city.logs());
  throw error;
} finally {
  await city.stopAll();
  for (const trial of trials) await trial.close().catch(() => {});
  await portals?.close();
  fs.rmSync(dir, { recursive: true, force: true });
}
