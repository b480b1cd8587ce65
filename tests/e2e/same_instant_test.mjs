// Two people at the same instant, over the real programs: two clerks on one assignment, two operators on one
// application, and one of each. Whoever loses is told so; nothing happens twice; both ends come to the same state.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { reckonStates } from './outage/reckoning.mjs';
import { tryClerks } from './same_instant/clerks.mjs';
import { tryOperators } from './same_instant/operators.mjs';
import { City } from './support/city.mjs';
import { eventually } from './support/program.mjs';

const dir = mkdtempSync(path.join(os.tmpdir(), 'fieldnode-same-instant-'));
const city = new City(dir);

async function dispatched(count) {
  const ids = [];
  for (let n = 0; n < count; n += 1) ids.push((await city.dispatchNew('XF', n)).assignment.id);
  return ids;
}

test('the same instant', async (t) => {
  try {
    await city.init();
    city.addUnit('XF', '幸福街道办事处');
    city.addUnit('PA', '平安街道办事处');
    await city.startCentre();
    const office = await city.office('XF');
    const forClerks = await dispatched(80);
    const forOperators = await dispatched(32);
    await eventually('the office holds them', async () => (await office.assignments()).length === 112);

    await tryClerks(t, city, office, forClerks);
    await tryOperators(t, city, office, forOperators, ['XF', 'PA']);
    await t.test('both ends have the same state', async () => {
      await eventually('the office has the whole feed', async () =>
        (await office.assignments()).length === (await city.assignmentsOf('XF')).length);
      await city.stopAll();
      reckonStates(city, [office]);
    });
  } catch (error) {
    console.error(city.logs());
    throw error;
  } finally {
    await city.stopAll();
    rmSync(dir, { recursive: true, force: true });
  }
});
