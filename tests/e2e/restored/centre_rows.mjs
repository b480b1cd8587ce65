// The centre's half of PROTOCOL's table "What a restore comes to".
import crypto from 'node:crypto';
import assert from 'node:assert/strict';

import { Daemon, eventually, must, Visitor } from '../support/program.mjs';
import { password } from '../support/city.mjs';
import { assertNotes, note, noteInForce } from './both_ends.mjs';

async function lose(city, machine, backup, meanwhile = async () => {}) {
  await city.killCentre();
  machine.restore(backup);
  await meanwhile();
  await city.startCentre();
}

const holds = (office, id) => eventually(`the office holds ${id}`, async () => {
  office.nudge();
  return (await office.assignments()).includes(id);
}, { everyMs: 300 });

async function dispatched(city, office, number) {
  const { id } = (await city.dispatchNew(office.code, number)).assignment;
  await holds(office, id);
  return id;
}

/// What an operator sees of the unit.
const unitOf = async (city, office) => (await city.visitor.get('/api/units')).units.find(({ code }) => code === office.code);

const reported = (city, office) => eventually('the node has reported', async () => {
  office.nudge();
  return !(await unitOf(city, office)).awaits_report;
}, { everyMs: 300 });

/// Older: what it lost comes back from the node, where it stood.
export async function older({ city, office, centreMachine, id }) {
  const backup = centreMachine.backUp();
  const late = await dispatched(city, office, 901);
  await noteInForce(office, late, '丢失的任务');
  await noteInForce(office, id, '丢失的记录');
  await lose(city, centreMachine, backup);
  await reported(city, office);
  await assertNotes(city, office, late, ['丢失的任务']);
  await assertNotes(city, office, id, ['丢失的记录']);
}

/// Older, while the node holds acts that it never sent.
export async function olderWithUnsent({ city, office, centreMachine, id }) {
  const backup = centreMachine.backUp();
  await noteInForce(office, id, '已发送');
  office.link.set('refuse');
  await note(office, id, '尚未发送');
  await lose(city, centreMachine, backup, async () => office.link.set('pass'));
  await reported(city, office);
  await assertNotes(city, office, id, ['已发送', '尚未发送']);
}

/// Restored, and worked with before the node is heard.
export async function writtenBeforeContact({ city, office, centreMachine, id }) {
  const backup = centreMachine.backUp();
  const late = await dispatched(city, office, 902);
  await noteInForce(office, late, '丢失之前');
  office.link.set('refuse');
  await lose(city, centreMachine, backup);
  assert.equal((await unitOf(city, office)).awaits_report, true, 'the operator sees whom the centre waits for');
  const taken = await city.takeIn('恢复后登记的诉求');
  await assert.rejects(city.dispatch(taken.id, office.code), /report_awaited/, 'nothing is put where lost entries stood');
  office.link.set('pass');
  await reported(city, office);
  const { id: fresh } = (await city.dispatch(taken.id, office.code)).assignment;
  assert.ok(BigInt(fresh) > BigInt(late), 'no number is given twice');
  await holds(office, fresh);
  await assertNotes(city, office, late, ['丢失之前']);
  await assertNotes(city, office, id, []);
}

/// Its files were copied back, and nobody told it.
export async function rolledBackInSilence({ city, office, centreMachine }) {
  await city.centre.stop();
  const copy = centreMachine.copy();
  await city.startCentre();
  const late = await dispatched(city, office, 903);
  await noteInForce(office, late, '悄悄回退');
  await city.centre.stop();
  centreMachine.putBack(copy);
  await city.startCentre();
  await eventually('the lost case is back', async () => {
    office.nudge();
    return (await city.assignmentsOf(office.code)).includes(late);
  }, { everyMs: 300 });
  await assertNotes(city, office, late, ['悄悄回退']);
}

/// Two copies run: a node takes no feed that does not go on from its own.
export async function cloned({ city, office, centreMachine, id }) {
  await city.centre.stop();
  const dir = centreMachine.copy();
  await city.startCentre();
  const copy = await new Daemon('fieldnode-central', ['serve', '--dir', dir, '--sync', '127.0.0.1:0', '--page', '127.0.0.1:0', '--clock', 'watched']).start();
  try {
    const operator = await new Visitor(copy.ready.page).signIn('赵敏', password);
    const made = await operator.post('/api/cases', { request_id: crypto.randomUUID(), title: '副本中心的诉求', category: 'A2', kind: 'complaint' });
    const sent = await operator.post(`/api/cases/${made.body.case.id}/dispatch`, { request_id: crypto.randomUUID(), unit: office.code });
    assert.equal(sent.status, 201, JSON.stringify(sent.body));
    const real = await dispatched(city, office, 904);

    office.link.leadTo(Number(new URL(copy.ready.sync).port));
    const alarm = await eventually('the office says that something is wrong', async () => {
      office.nudge();
      return (await office.visitor.get('/api/status')).link.alarm;
    }, { everyMs: 300 });
    assert.ok(['feed_broken', 'feed_epoch_changed'].includes(alarm.code), JSON.stringify(alarm));
    office.link.leadTo(city.syncPort);
    await noteInForce(office, real, '原中心');
    await assertNotes(city, office, real, ['原中心']);
    await assertNotes(city, office, id, []);
  } finally {
    await copy.stop();
  }
  must('fieldnode-central', ['verify', '--dir', dir]);
}
