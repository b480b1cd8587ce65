// Office and centre restored from an older backup, restored and written to, copied: PROTOCOL's table "What a restore comes
// to", each row with the real programs.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import * as centreRows from './restored/centre_rows.mjs';
import { Machine } from './restored/machine.mjs';
import * as nodeRows from './restored/node_rows.mjs';
import { City } from './support/city.mjs';
import { eventually } from './support/program.mjs';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fieldnode-restored-'));
const city = new City(dir);
let number = 0;

/// Each row has an assignment of its own, and leaves both ends whole.
async function row(name, run, world) {
  const { id } = (await city.dispatchNew(world.office.code, (number += 1))).assignment;
  await eventually('the office holds it', async () => (await world.office.assignments()).includes(id));
  await run({ ...world, id });
  console.log(`- ${name}`);
}

try {
  await city.init();
  city.addUnit('XF', '幸福街道办事处');
  await city.startCentre();
  const office = await city.office('XF');
  const world = {
    city,
    office,
    machine: new Machine('fieldnode', office.dir, office.recoveryKey),
    centreMachine: new Machine('fieldnode-central', city.centreDir, city.recoveryKey),
  };
  for (const [end, rows] of [['node', nodeRows], ['centre', centreRows]]) {
    for (const [name, run] of Object.entries(rows)) await row(`${end}: ${name}`, run, world);
  }
  await office.stop();
  await city.centre.stop();
  world.machine.verify();
  world.centreMachine.verify();
  console.log('ok: restored');
} catch (error) {
  console.error(city.logs());
  throw error;
} finally {
  await city.stopAll();
  fs.rmSync(dir, { recursive: true, force: true });
}
