// The demo city as somebody meets it who runs packaging/up: it comes up also after it was killed half-way, holds what
// its files say, has one office offline with acts waiting, and leaves nothing behind.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

import * as bh from '../../packaging/demo/deeds/BH.mjs';
import * as qs from '../../packaging/demo/deeds/QS.mjs';
import { checkOrders } from './demo_city/orders.mjs';
import { Script, freePorts, root } from './demo_city/script.mjs';
import { Visitor, eventually } from './support/program.mjs';
import { valueIn } from './support/stored_rows.mjs';

const password = '演示用的长密码一二三';
const stages = ['closed', 'contacted', 'open', 'redone', 'resolved', 'returned', 'taken_back'];

const started = performance.now();
const stage = (text) => console.log(`[${((performance.now() - started) / 1000).toFixed(1)} s] ${text}`);

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fieldnode-demo-'));
const script = new Script(path.join(dir, 'city'), await freePorts());
const pages = { central: script.page(1), 'office-1': script.page(11), 'office-2': script.page(21) };

function assertStopped(done, ...words) {
  assert.equal(done.code, 1, done.out + done.err);
  for (const word of words) assert.ok(done.err.includes(word), `"${word}" is missing in: ${done.err}`);
}

async function checkBadStarts() {
  assertStopped(script.run(['start'], { FIELDNODE_BIN: dir }), 'fieldnode is not there', 'packaging/build');
  const squatter = net.createServer().listen(script.port + 1, '127.0.0.1');
  await new Promise((resolve) => squatter.on('listening', resolve));
  // The script runs to its end meanwhile; the squatter need not answer to be in the way.
  assertStopped(script.run(['start']), `127.0.0.1:${script.port + 1} is in use`, 'FIELDNODE_DEMO_PORT');
  await new Promise((resolve) => squatter.close(resolve));
}

/// Signs everybody in who is named in the summary. Each password must still be the one-time one.
async function enter() {
  const people = new Map();
  for (const { place, name, role, password: oneTime } of script.logins()) {
    const visitor = await new Visitor(pages[place]).signIn(name, oneTime);
    await assert.rejects(visitor.get('/api/status'), /must_change_password/, `${place} ${name}: nobody was here`);
    people.set(`${place} ${role}`, await visitor.signIn(name, oneTime, password));
  }
  return people;
}

const rowsOf = (office) => office.all('/api/assignments?view=all');
const countOf = (rows, word) => rows.filter((row) => row.truth === word).length;

async function checkCentre(operator, orders) {
  const cases = await operator.all('/api/cases');
  const known = new Map(cases.map((one) => [one.source?.external_id, one]));
  for (const order of orders) {
    assert.equal(known.get(order['工单编号'])?.source.facts['事项'], order['事项'], order['标题']);
  }
  const states = [...new Set(cases.map((one) => one.state))].sort();
  assert.deepEqual(states, ['closed', 'dispatched', 'incomplete', 'merged', 'new', 'refused'], 'every state of a case');
  const refusals = cases.map((one) => one.refusal).filter(Boolean);
  const codes = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8', 'n9'];
  assert.deepEqual([...new Set(refusals.map((one) => one.code))].sort(), codes, 'every code of a refusal');
  assert.ok(refusals.some((one) => one.pending) && refusals.some((one) => one.confirmed_by), 'a second person is asked');

  const { units } = await operator.get('/api/units');
  const without = units.filter((unit) => unit.node.state === 'none' && unit.assignments > 0);
  assert.ok(without.length >= 3, 'units without a node have work');
  const rows = [];
  for (const unit of units) rows.push(...(await operator.all(`/api/assignments?unit=${unit.code}`)));
  assert.deepEqual([...new Set(rows.map((row) => row.stage))].sort(), stages, 'every stage at the centre');
  assert.ok(rows.filter((row) => row.awaits).length >= 6, 'decisions wait for an operator');
  return cases;
}

/// Each deed of the script is there exactly once, however often it was told.
async function checkDeeds(office, cases, day, more) {
  const numberOf = new Map(cases.map((one) => [one.source?.external_id, one.number]));
  const rows = await rowsOf(office);
  for (const order of new Set([...Object.keys(day), ...Object.keys(more)])) {
    const number = numberOf.get(order);
    if (!number) continue; // a call, not an order of cases.csv
    const first = rows.filter((row) => row.number === number).sort((a, b) => Number(a.id) - Number(b.id))[0];
    const { timeline } = (await office.get(`/api/assignments/${first.id}`)).assignment;
    const done = [...(day[order] ?? []), ...(more[order] ?? [])];
    assert.equal(timeline.filter((item) => item.list === 'act').length, done.length, `acts of ${order}`);
  }
}

/// What a second start must not change.
async function pictureOf(people) {
  const at = (name) => people.get(name);
  return JSON.stringify([
    await at('central operator').all('/api/cases'),
    await rowsOf(at('office-1 supervisor')),
    await rowsOf(at('office-2 supervisor')),
    (await at('office-2 supervisor').get('/api/status')).undelivered.count,
    script.logins(),
  ]);
}

try {
  stage('the files');
  const orders = checkOrders(path.join(root, 'packaging/demo'));

  stage('starts that cannot be');
  await checkBadStarts();

  stage('killed in the middle of the day');
  const journal = path.join(script.dir, 'office-1/node.db');
  const killed = await script.startAndKill(
    'a day of work',
    () => fs.existsSync(journal) && Number(valueIn(journal, 'SELECT count(*) FROM act_id')) >= 20,
  );
  assert.equal(killed, 'SIGKILL');
  assert.ok(!fs.existsSync(path.join(script.dir, 'done/life-day')), 'the day was not over');

  stage('started again');
  const told = script.must('start');
  for (const login of script.logins()) assert.ok(told.includes(login.password), 'the summary names the logins');
  assert.ok(told.includes('packaging/demo-city cable office-2 plug'), told);
  assertStopped(new Script(script.dir, script.port + 3000).run(['start']), 'made otherwise', `port ${script.port}`);
  const people = await enter();

  stage('what is there');
  const cases = await checkCentre(people.get('central operator'), orders);
  const [near, far] = [people.get('office-1 supervisor'), people.get('office-2 supervisor')];
  await checkDeeds(near, cases, bh.day, bh.rift);
  await checkDeeds(far, cases, qs.day, qs.offline);
  const nearRows = await rowsOf(near);
  for (const word of ['in_force', 'refused', 'awaiting_ruling', null]) {
    assert.ok(countOf(nearRows, word) > 0, `office-1 has something that is ${word}`);
  }
  const { link, undelivered } = await far.get('/api/status');
  assert.equal(link.state, 'offline');
  assert.ok(undelivered.count >= 10, `${undelivered.count} acts wait`);
  assert.ok(countOf(await rowsOf(far), 'saved') >= 10);

  stage('started once more: nothing changes');
  const before = await pictureOf(people);
  script.must('start');
  assert.equal(await pictureOf(people), before);

  stage('the cable is plugged in');
  const inForce = countOf(await rowsOf(far), 'in_force');
  script.must('cable', 'office-2', 'plug');
  await eventually('all of office-2 is at the centre and judged', async () => {
    const rows = await rowsOf(far);
    if (countOf(rows, 'saved') + countOf(rows, 'delivered') > 0) return false;
    return (await far.get('/api/status')).undelivered.count === 0;
  });
  const rows = await rowsOf(far);
  assert.ok(countOf(rows, 'in_force') > inForce, 'what waited is in force');
  assert.ok(countOf(rows, 'awaiting_ruling') >= 1 && countOf(rows, 'refused') >= 1, 'what came too late is told');
  assert.match(script.must('status'), /office-2 +cable plugged/);
  script.must('cable', 'office-2', 'pull');
  assert.match(script.must('cable', 'office-2', 'status'), /pulled/);

  stage('stopped');
  script.must('stop');
  assert.deepEqual(script.processes(), [], 'no process is left');
  assert.equal(script.run(['status']).code, 1);
  const seconds = Number(((performance.now() - started) / 1000).toFixed(1));
  console.log(JSON.stringify({ orders: orders.length, cases: cases.length, waiting: undelivered.count, seconds }));
  console.log('ok: demo city');
} finally {
  script.run(['stop']);
  fs.rmSync(dir, { recursive: true, force: true });
}
