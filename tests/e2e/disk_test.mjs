// Disks beneath the real programs: full and freed while people work and ends exchange, read-only or failing beneath open
// files, an upgrade that cannot be done. Whatever was answered is there; whatever was not says what is wrong.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { tryBrokenDisks } from './disk/broken.mjs';
import { fillBeneathWork } from './disk/full.mjs';
import { tryFailedUpgrades } from './disk/upgrade.mjs';
import { reckonStates } from './outage/reckoning.mjs';
import { City } from './support/city.mjs';
import { Dice, seedOfRun } from './support/dice.mjs';
import { FailingDisks } from './support/failing_disk.mjs';
import { eventually } from './support/program.mjs';
import { mountsMissing, moveIntoOwnMounts, SmallDisk } from './support/small_disk.mjs';

moveIntoOwnMounts();

const seed = seedOfRun(20261128);
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fieldnode-disk-'));
const kilobytes = { office: 8192, centre: 12_288 };

async function openCity(name, { centreDisk } = {}) {
  const city = new City(path.join(dir, name));
  fs.mkdirSync(city.dir);
  centreDisk?.(city.centreDir);
  await city.init();
  city.addUnit('XF', '幸福街道办事处');
  await city.startCentre();
  return city;
}

/// Ends with the programs stopped and their states compared.
async function living(city, action) {
  try {
    await action();
    await city.stopAll();
  } catch (error) {
    console.error(city.logs());
    throw error;
  } finally {
    await city.stopAll();
  }
}

test('full disks', { skip: mountsMissing() ?? false }, async (t) => {
  const disks = {};
  const mounted = (end) => (place) => (disks[end] = new SmallDisk(place).mount(kilobytes[end]));
  const city = await openCity('full', { centreDisk: mounted('centre') });
  try {
    let office;
    await living(city, async () => {
      office = await city.office('XF', { prepare: mounted('office') });
      t.diagnostic(JSON.stringify(await fillBeneathWork({ city, office, disks, dice: new Dice(seed, 'full') })));
    });
    reckonStates(city, [office]);
  } finally {
    for (const disk of Object.values(disks)) disk.unmount();
  }
});

test('broken disks and failed upgrades', async (t) => {
  const disks = new FailingDisks(path.join(dir, 'faults'), process.env.FIELDNODE_DISK_FAULT_LIBRARY);
  const city = await openCity('broken');
  let office;
  await living(city, async () => {
    office = await city.office('XF');
    const { id } = (await city.dispatchNew('XF', 1)).assignment;
    await eventually('the office holds its assignment', async () => (await office.assignments()).includes(id));
    await tryBrokenDisks(t, { city, office, disks, assignment: id });
  });
  disks.close();
  reckonStates(city, [office]);
  await tryFailedUpgrades(t, { fieldnode: office.dir, 'fieldnode-central': city.centreDir });
});

test.after(() => fs.rmSync(dir, { recursive: true, force: true }));
