// A machine that was replaced while it was offline comes back: what was done there is kept aside, an operator rules some of
// it in, the unit's new machine gets that, and the old one never gets anything again.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { ActBook } from './support/act_book.mjs';
import { actForms } from './support/act_forms.mjs';
import { City } from './support/city.mjs';
import { assertRefused, assertTurnedAway } from './support/refusals.mjs';
import { eventually, must, run } from './support/program.mjs';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fieldnode-revoked-'));
const city = new City(dir);
const kUnit = 'XF';

const centreSays = (...args) => JSON.parse(must('fieldnode-central', [...args, '--dir', city.centreDir, '--json']));
const asideOf = () => centreSays('aside', 'list', '--unit', kUnit);
const ofKind = (page, kind) => page.items.find((item) => item.act.kind === kind);
const actsOf = async (place, id) => (await place.timeline(id)).filter((item) => item.list === 'act');
const digestOf = (office) => JSON.parse(must('fieldnode', ['verify', '--dir', office.dir, '--json'])).digest;

/// Three acts that nobody at the centre has heard of when the unit gets another machine.
async function workOffline(old, id) {
  old.link.set('refuse');
  const book = new ActBook(old);
  await book.record(id, actForms.acknowledgement());
  await book.record(id, actForms.contact(1));
  await book.record(id, actForms.note(1));
}

async function comesBack(old, id) {
  old.link.set('pass');
  const { code, said } = await old.sync();
  assert.equal(code, 0, said);
  const { revoked, undelivered, link } = await eventually('all is handed over', async () => {
    const status = await old.visitor.get('/api/status');
    return status.revoked?.waiting === 0 && status.link.last_error?.code === 'node_revoked' && status;
  });
  assert.equal(revoked.handed_over, 3);
  assert.equal(undelivered.count, 0);
  assert.match(link.last_error.sentence.zh, /搁置/);
  const truths = (await actsOf(old, id)).map((item) => item.truth);
  assert.deepEqual(truths, ['handed_over', 'handed_over', 'handed_over'], 'not delivered, not in force');
  assert.match(must('fieldnode', ['status', '--dir', old.dir]), /REVOKED.*3 acts are handed over.*not in force/);
}

function operatorsSeeIt(id) {
  assert.match(must('fieldnode-central', ['unit', 'list', '--dir', city.centreDir]), /acts_aside: node \d+, which was revoked/);
  const page = asideOf();
  assert.deepEqual([page.total, page.waiting], [3, 3]);
  assert.deepEqual(page.items.map((item) => item.act.kind), ['acknowledgement', 'contact', 'note']);
  for (const item of page.items) {
    assert.equal(item.assignment, id);
    assert.equal(item.why.code, 'node_revoked');
    assert.ok(item.act.staff.id && item.act.time.earliest && item.received_at && item.why.revoked_at, JSON.stringify(item));
    assert.equal(item.adopted, null);
  }
  const told = must('fieldnode-central', ['aside', 'show', '--dir', city.centreDir, '--act', page.items[1].number]);
  assert.match(told, /contact .*not in force/);
  assert.match(told, /第1次联系/);
  assertTurnedAway(run('fieldnode-central', ['aside', 'show', '--dir', city.centreDir, '--act', '4711']),
    { code: 'no_such_aside_act', says: ['aside list'] });
  return page;
}

/// One by the command line, one at the page's door.
async function adoptTwo(page) {
  const adopt = (kind) => ['aside', 'adopt', '--dir', city.centreDir, '--act', ofKind(page, kind).number, '--why', '电话核实'];
  must('fieldnode-central', adopt('acknowledgement'));
  const door = `/api/aside/${ofKind(page, 'contact').number}/adoption`;
  const done = await city.visitor.post(door, { why: '电话核实', request_id: 'revoked-1' });
  assert.equal(done.status, 201, JSON.stringify(done.body));
  assert.equal(done.body.act.adopted.by.name, '赵敏');
  assertRefused(await city.visitor.post(door, { why: '再一次', request_id: 'revoked-2' }), { status: 409, code: 'not_set_aside', says: ['set aside'] });
  assertTurnedAway(run('fieldnode-central', adopt('acknowledgement')), { code: 'not_set_aside', says: ['adopt'] });
  assert.equal(asideOf().waiting, 1);
}

async function theNewOneHasThem(fresh, id) {
  const acts = await eventually('both come to the new machine', async () => {
    const shown = await actsOf(fresh, id);
    return shown.length === 2 && shown;
  });
  assert.deepEqual(acts.map((item) => [item.kind, item.standing, item.truth]),
    [['acknowledgement', 'adopted', 'in_force'], ['contact', 'adopted', 'in_force']]);
  assert.match(acts[1].texts.note, /第1次联系/, 'with its words');
  const { assignment } = await fresh.visitor.get(`/api/assignments/${id}`);
  assert.equal(assignment.acknowledged, true);
  assert.deepEqual((await actsOf(city, id)).map((item) => item.standing), ['adopted', 'adopted'], 'as at the centre');
  const book = new ActBook(fresh);
  await book.record(id, actForms.resolution(1));
  await eventually('the new machine goes on from there', async () => (await fresh.lastAct(id)).truth === 'in_force');
}

async function theOldOneGetsNothing(old, fresh) {
  const { id } = (await city.dispatchNew(kUnit, 3)).assignment;
  await eventually('the new machine has it', async () => (await fresh.assignments()).includes(id));
  const { code, said } = await old.sync();
  assert.equal(code, 1, said);
  assert.match(said, /node_revoked/);
  assert.ok(!(await old.assignments()).includes(id), 'no feed');
  await old.restart();
  assert.equal((await old.visitor.get('/api/status')).revoked.handed_over, 3, 'it is remembered');
  assert.ok(!(await old.assignments()).includes(id), 'no feed after a restart');
}

async function bothEndsAgree(old, fresh, number) {
  const verified = centreSays('verify');
  assert.equal(digestOf(fresh), verified.units[0].digest);
  must('fieldnode', ['verify', '--dir', old.dir]);
  const unit = centreSays('unit', 'list').units[0];
  assert.ok(!unit.alarms.some((alarm) => alarm.code === 'state_differs'), JSON.stringify(unit.alarms));
  const file = path.join(dir, 'evidence.fnev');
  must('fieldnode-central', ['export', 'evidence', number, '--dir', city.centreDir, '-o', file]);
  const key = centreSays('status').city_key.public_key;
  must('fieldnode', ['verify-evidence', file, '--city-key', key]);
}

try {
  await city.init();
  city.addUnit(kUnit, '幸福街道办事处');
  await city.startCentre();
  const old = await city.office(kUnit);
  const { id } = (await city.dispatchNew(kUnit, 1)).assignment;
  await eventually('the old machine holds it', async () => (await old.assignments()).length === 1);
  await old.sync();
  await workOffline(old, id);
  const fresh = await city.office(kUnit, { folder: 'fresh' });
  await eventually('the new machine holds it', async () => (await fresh.assignments()).length === 1);
  await comesBack(old, id);
  const page = operatorsSeeIt(id);
  await adoptTwo(page);
  await theNewOneHasThem(fresh, id);
  await theOldOneGetsNothing(old, fresh);
  const { number } = (await city.visitor.get(`/api/assignments/${id}`)).assignment.case;
  await bothEndsAgree(old, fresh, number);
  console.log('ok: revoked');
} catch (error) {
  console.error(city.logs());
  throw error;
} finally {
  await city.stopAll();
  fs.rmSync(dir, { recursive: true, force: true });
}
