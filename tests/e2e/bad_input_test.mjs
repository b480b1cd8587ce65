// Bad input at the real programs: whatever is wrong gets a sentence that says what, where and what to do, with exit
// code 2 or a 4xx and a stable code, and leaves nothing half done. Exit code 1 and 503 say that not the input was wrong
// but the world: a disk, a network.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { tryDue } from './bad_input/due.mjs';
import { tryEnrolment } from './bad_input/enrolment.mjs';
import { tryImportBesideService, tryImports } from './bad_input/imports.mjs';
import { dispatchLate, tryLate } from './bad_input/late.mjs';
import { tryRequests } from './bad_input/requests.mjs';
import { tryFullCentre, tryFullDisk, tryPorts, tryRunningStorage, tryStoppedStorage } from './bad_input/storage.mjs';
import { City } from './support/city.mjs';
import { eventually } from './support/program.mjs';
import { moveIntoOwnMounts } from './support/small_disk.mjs';

moveIntoOwnMounts();

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const mapping = path.join(root, 'schema/mappings/boston311.toml');
const dir = mkdtempSync(path.join(os.tmpdir(), 'fieldnode-bad-input-'));

async function makeCity(name) {
  const city = new City(path.join(dir, name));
  mkdirSync(city.dir);
  await city.init();
  return city;
}

const city = await makeCity('city');
const other = await makeCity('other');

/// An office at work that holds what was dispatched to its unit.
async function officeWith(code, assignments, options) {
  const ids = [];
  for (let i = 0; i < assignments; i += 1) ids.push((await city.dispatchNew(code, i)).assignment.id);
  const office = await city.office(code, options);
  await eventually(`${code} holds its assignments`, async () =>
    (await office.visitor.get('/api/assignments?view=all')).total >= assignments);
  return { office, ids };
}

test('bad input', async (t) => {
  try {
    await tryDue(t, dir);
    await tryImports(t, city, mapping);
    city.addUnit('XF', '幸福街道办事处');
    city.addUnit('PA', '平安街道办事处');
    city.addUnit('XX', '小盘街道办事处');
    const late = await dispatchLate(city, 'XF');
    if (!late) await city.startCentre();
    await tryImportBesideService(t, city, mapping);
    await tryEnrolment(t, city, other);

    const { office, ids } = await officeWith('XF', 5);
    const { office: neighbour, ids: theirs } = await officeWith('PA', 1);
    const [door, fresh, second, taken, closed] = ids;
    await tryRequests(t, {
      city, office, door, fresh, second, taken, closed, other: { office: neighbour, assignment: theirs[0] },
    });
    await tryLate(t, office, late);
    await tryFullDisk(t, async (prepare) => {
      const { office: small, ids: held } = await officeWith('XX', 1, { prepare });
      return Object.assign(small, { assignment: held[0] });
    });

    await tryFullCentre(t, dir);
    await tryRunningStorage(t, city, office);
    await neighbour.daemon.stop();
    await tryPorts(t, city, { office: neighbour.dir, centre: other.centreDir });
    await city.stopAll();
    await tryStoppedStorage(t, city, office);
  } catch (error) {
    console.error(city.logs());
    throw error;
  } finally {
    await city.stopAll();
    rmSync(dir, { recursive: true, force: true });
  }
});
