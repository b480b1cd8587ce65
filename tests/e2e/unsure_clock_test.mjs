// A centre whose clock no time service keeps: it works, it signs no time, and it says so; when somebody answers for the
// clock, what came meanwhile is marked. Skipped on a machine whose clock is kept.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { reckonStates } from './outage/reckoning.mjs';
import { City } from './support/city.mjs';
import { eventually, must } from './support/program.mjs';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fieldnode-clock-'));
const stage = (text) => console.log(`- ${text}`);

/// The latest moment at which the acknowledgement can have been made, as each end proves it; null: nothing proves it.
async function provenBefore(visitor, id) {
  const { assignment } = await visitor.get(`/api/assignments/${id}`);
  return assignment.clocks.find((one) => one.clock === 'acknowledge').verdict.bracket.latest;
}

async function live(city) {
  await city.init();
  city.addUnit('XF', '幸福街道办事处');
  await city.startCentre({}, { clock: 'synchronised' });
  const { clock } = await city.visitor.get('/api/status');
  if (clock.signs) {
    console.log('skipped: a time service keeps the clock of this machine');
    return 77;
  }
  stage('no time is signed, and work goes on');
  assert.equal(clock.doubt.code, 'clock_unsynchronised');
  assert.match(clock.doubt.sentence.zh, /[\u4e00-\u9fff]/);
  assert.match(must('fieldnode-central', ['status', '--dir', city.centreDir]), /NO TIME IS SIGNED/);
  const office = await city.office('XF');
  const { id } = (await city.dispatchNew('XF', 1)).assignment;
  await eventually('the office holds it', async () => (await office.assignments()).length === 1);
  const acted = await office.visitor.post(`/api/assignments/${id}/acts`, { act_id: 'unsure-1', kind: 'acknowledgement' });
  assert.equal(acted.status, 201);
  await eventually('it is in force', async () => (await office.lastAct(id)).truth === 'in_force');
  assert.notEqual((await office.visitor.get('/api/status')).now.class, 'anchored', 'nothing was learnt of the time');
  for (const visitor of [office.visitor, city.visitor]) assert.equal(await provenBefore(visitor, id), null);

  stage('somebody answers for the clock');
  await city.centre.stop();
  await city.startCentre();
  const before = Date.now();
  office.nudge();
  await eventually('the clock is anchored', async () => (await office.visitor.get('/api/status')).now.class === 'anchored');
  for (const visitor of [office.visitor, city.visitor]) {
    const latest = Date.parse(await provenBefore(visitor, id));
    assert.ok(latest >= before - 2_000 && latest <= Date.now() + 1, 'from now on it is proven to exist');
  }
  await city.stopAll();
  reckonStates(city, [office]);
  console.log('ok: unsure clock');
  return 0;
}

const city = new City(dir);
try {
  process.exitCode = await live(city);
} catch (error) {
  console.error(city.logs());
  throw error;
} finally {
  await city.stopAll();
  fs.rmSync(dir, { recursive: true, force: true });
}
