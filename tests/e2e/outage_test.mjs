// The main job on real input, as programs over real sockets: a centre, two offices, an outage with kills on both
// sides, and in the end both replicas the same, every act there once, nothing shown that was not true.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { City } from './support/city.mjs';
import { eventually, must } from './support/program.mjs';
import { writeRequests } from './support/requests_311.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const seed = Number(process.env.FIELDNODE_SEED ?? 20261123);
console.log(`seed ${seed} (FIELDNODE_SEED repeats it)`);
let state = seed >>> 0;
const draw = (bound) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * bound);
};

const rowCount = 5600;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fieldnode-outage-'));
const started = performance.now();
const stage = (text) => console.log(`[${((performance.now() - started) / 1000).toFixed(1)} s] ${text}`);

const city = new City(dir);
const answered = new Map(); // "epoch:seq" -> {assignment, kind, actId}
const everInForce = new Set();
let repeats = 0;

async function act(office, assignment, form) {
  const actId = crypto.randomUUID();
  const body = { act_id: actId, ...form };
  const answer = await office.visitor.post(`/api/assignments/${assignment}/acts`, body);
  if (answer.status !== 201) return answer;
  const { epoch, seq } = answer.body.act;
  answered.set(`${epoch}:${seq}`, { assignment, kind: form.kind, actId, body });
  if (draw(10) === 0) {
    const again = await office.visitor.post(`/api/assignments/${assignment}/acts`, body);
    assert.equal(again.status, 200, JSON.stringify(again));
    assert.equal(again.body.act.seq, seq, 'a repeat is the same act');
    repeats += 1;
  }
  return answer;
}

const forms = {
  acknowledge: () => ({ kind: 'acknowledgement' }),
  contact: (n) => ({
    kind: 'contact',
    channel: 'telephone',
    outcome: 'reached',
    spoke_with: '李女士',
    number_used: '13800138000',
    note: `第${n}次联系,已说明处理安排`,
  }),
  resolve: (n) => ({
    kind: 'resolution',
    verified: 'yes',
    beyond_duty: false,
    solved: 'yes',
    note: `现场已处理 ${n}`,
    public_answer: `您反映的问题已处理完毕(${n})。`,
  }),
  extend: (n) => ({ kind: 'extension_application', ground: 'several_units', days: 3, text: `需多单位会商 ${n}` }),
};

async function noteInForce(office, assignments) {
  for (const id of assignments) {
    const { assignment } = await office.visitor.get(`/api/assignments/${id}`);
    for (const item of assignment.timeline) {
      if (item.list === 'act' && item.truth === 'in_force') everInForce.add(`${item.epoch}:${item.seq}`);
    }
  }
}

try {
  stage('centre: init, import, dispatch');
  const csv = path.join(dir, 'requests.csv');
  const input = writeRequests(root, csv, rowCount);
  stage(`input: ${input.rows} ${input.set}`);
  await city.init();
  city.import(csv, path.join(root, 'schema/mappings/boston311.toml'), ['--as-open']);
  await city.startCentre();

  stage('two offices enrol and receive what is theirs');
  const [codeA, codeB] = await city.largestUnits(2);
  const a = await city.office(codeA);
  const b = await city.office(codeB);
  for (const office of [a, b]) {
    const expected = await city.assignmentsOf(office.code);
    assert.ok(expected.length > 200, `${office.code} has ${expected.length} assignments`);
    const held = await eventually(
      `${office.code} holds its ${expected.length} assignments`,
      async () => {
        const ids = (await office.visitor.all('/api/assignments?view=all')).map((row) => row.id);
        return ids.length >= expected.length && ids;
      },
      { seconds: 120, everyMs: 500 },
    );
    assert.deepEqual(new Set(held), new Set(expected), `${office.code} holds its assignments and no other's`);
    stage(`${office.code}: ${held.length} assignments`);
  }

  const all = (await a.visitor.all('/api/assignments?view=open')).filter((row) => row.kind !== 'consultation');
  assert.ok(all.length >= 150);
  const work = all.slice(0, 140).map((row) => row.id);

  stage('before the outage: applications that the centre will decide while the office withdraws them');
  const applied = work.slice(0, 12);
  for (const id of applied) {
    const answer = await act(a, id, forms.extend(id));
    assert.equal(answer.status, 201, JSON.stringify(answer));
  }
  await eventually('the applications are in force', async () => {
    const items = await Promise.all(applied.map((id) => a.lastAct(id)));
    return items.every((item) => item.truth === 'in_force');
  });
  const applications = new Map();
  for (const id of applied) applications.set(id, await a.lastAct(id));

  stage('the cable is pulled');
  a.link.set('refuse');
  const taken = work.slice(120, 125); // resolved offline, taken back meanwhile
  const plan = [];
  for (const id of work.slice(12, 72)) plan.push([id, 'acknowledge']);
  for (const id of work.slice(12, 72)) plan.push([id, 'contact']);
  for (const id of taken) plan.push([id, 'contact'], [id, 'resolve']);
  for (const id of work.slice(12, 52)) plan.push([id, 'resolve']);
  for (const id of work.slice(72, 90)) plan.push([id, 'extend']);
  const modes = ['refuse', 'black-hole', 'refuse', 'black-hole'];

  let kills = 0;
  let done = 0;
  for (const [id, kind] of plan) {
    const answer = await act(a, id, forms[kind](done));
    assert.equal(answer.status, 201, `${kind} on ${id}: ${JSON.stringify(answer)}`);
    done += 1;
    if (done % 60 === 0) {
      await a.killAndRestart();
      kills += 1;
    }
    if (done % 45 === 0) a.link.set(modes[(done / 45) % modes.length]);
  }
  for (const id of applied) {
    const application = applications.get(id);
    const answer = await act(a, id, {
      kind: 'withdrawal',
      application: { epoch: application.epoch, seq: application.seq },
      reason: '已无需延期',
    });
    assert.equal(answer.status, 201, JSON.stringify(answer));
  }
  const offline = answered.size;
  stage(`offline: ${offline} acts answered 201, ${repeats} repeats, office killed ${kills} times`);
  const saved = await a.lastAct(work[12]);
  assert.equal(saved.truth, 'saved', 'offline acts are saved here and nothing more');

  stage('meanwhile at the centre');
  for (const id of applied) {
    const application = applications.get(id);
    await city.decide(id, {
      kind: 'extension_decision',
      application: { epoch: application.epoch, seq: application.seq },
      granted: true,
      days: 3,
    });
  }
  for (const id of taken) await city.decide(id, { kind: 'take_back', reason: '改派' });
  let entries = applied.length + taken.length;
  while (entries < 66) {
    await city.dispatchNew(a.code, entries);
    entries += 1;
  }
  await city.killCentre();
  await city.startCentre();
  stage(`centre: ${entries} entries, killed once`);

  stage('the link returns, and breaks again and again');
  a.link.delayMs = 15;
  await a.restart(['--reply-budget', '3000']);
  const commitCut = a.link.beforeNextReply(async () => {
    await city.killCentre();
  });
  a.link.set('pass');
  await Promise.race([commitCut, new Promise((_, reject) => setTimeout(() => reject(new Error('no reply to cut')), 60_000).unref())]);
  stage('centre killed between its commit and its reply');
  await city.startCentre();

  stage('the office is killed between the receipt and the refusals');
  await eventually(
    'the receipt has come, the refusals have not',
    async () => (await a.lastAct(applied[0])).truth === 'delivered',
    { seconds: 60, everyMs: 5 },
  );
  a.link.set('refuse');
  await a.killAndRestart(['--reply-budget', '3000']);
  kills += 1;
  for (const id of applied) {
    const { truth } = await a.lastAct(id);
    assert.equal(truth, 'delivered', 'delivered is all that can be said while the last word is not here');
  }
  a.link.set('pass');

  stage('replies are cut in the middle, both sides are killed again');
  for (let round = 0; round < 8; round += 1) {
    a.link.cutReplyAfter(200 + draw(2000));
    await new Promise((resolve) => setTimeout(resolve, 100 + draw(250)));
    await noteInForce(a, [...applied, ...taken]);
    if (round === 2 || round === 5) {
      await a.killAndRestart(['--reply-budget', '3000']);
      kills += 1;
    }
    if (round === 4) {
      await city.killCentre();
      await city.startCentre();
    }
  }
  a.link.delayMs = 0;

  stage('all comes together by itself');
  await eventually(
    'everything is delivered',
    async () => (await a.visitor.get('/api/status')).undelivered.count === 0,
    { seconds: 120, everyMs: 250 },
  );
  await eventually(
    'the last word of the centre has come',
    async () => {
      const ids = new Set((await a.visitor.all('/api/assignments?view=all')).map((row) => row.id));
      const expected = await city.assignmentsOf(a.code);
      const withdrawn = await a.lastAct(applied[0]);
      return expected.every((id) => ids.has(id)) && withdrawn.truth === 'refused';
    },
    { seconds: 120, everyMs: 250 },
  );
  await noteInForce(a, work);

  stage('what the centre holds');
  const atCentre = new Map();
  for (const id of new Set([...answered.values()].map((one) => one.assignment))) {
    for (const item of await city.timeline(id)) {
      if (item.list !== 'act') continue;
      const key = `${item.epoch}:${item.seq}`;
      assert.ok(!atCentre.has(key), `${key} stands twice at the centre`);
      atCentre.set(key, item);
    }
  }
  for (const [key, one] of answered) {
    assert.ok(atCentre.has(key), `act ${key} (${one.kind}) answered 201 is not at the centre`);
    assert.equal(atCentre.get(key).kind, one.kind);
  }
  assert.equal(atCentre.size, answered.size, 'the centre holds the acts that were answered, and no others');
  for (const key of everInForce) {
    assert.notEqual(atCentre.get(key)?.standing, 'refused', `${key} was shown in force and is refused`);
    assert.notEqual(atCentre.get(key)?.standing, 'conflict', `${key} was shown in force and is in conflict`);
  }
  const refused = [...atCentre.values()].filter((item) => item.standing === 'refused').length;
  const conflicts = [...atCentre.values()].filter((item) => item.standing === 'conflict').length;
  assert.equal(refused, applied.length, 'each withdrawal that came too late is refused');
  assert.equal(conflicts, taken.length * 2, 'each act on what was taken back is in conflict');
  for (const id of taken) {
    const here = (await a.timeline(id)).filter((item) => item.list === 'act');
    assert.deepEqual(here.map((item) => item.truth), ['awaiting_ruling', 'awaiting_ruling']);
  }

  stage('verify at both ends, digests');
  const exchanges = await a.exchanges();
  await city.stopAll();
  const centre = JSON.parse(must('fieldnode-central', ['verify', '--dir', city.centreDir, '--json']));
  for (const office of [a, b]) {
    const here = JSON.parse(must('fieldnode', ['verify', '--dir', office.dir, '--json']));
    const there = centre.units.find((unit) => unit.code === office.code);
    assert.equal(here.ok, true);
    assert.equal(here.feed.seq, there.feed.seq, 'both hold the same feed');
    assert.equal(here.journal.seq, there.journal.seq, 'both hold the same journal');
    assert.equal(here.digest, there.digest, `${office.code}: both ends have the same state`);
  }
  assert.ok(offline >= 200 && entries >= 60);
  console.log(
    JSON.stringify({
      acts: answered.size, repeats, entries, refused, conflicts, cuts: a.link.counters.cuts, office_kills: kills,
      centre_kills: city.kills, connections: a.link.counters.connections, up_bytes: a.link.counters.upBytes,
      down_bytes: a.link.counters.downBytes, exchanges,
      seconds: Number(((performance.now() - started) / 1000).toFixed(1)),
    }),
  );
  console.log('ok: outage');
} catch (error) {
  console.error(city.logs());
  throw error;
} finally {
  await city.stopAll();
  fs.rmSync(dir, { recursive: true, force: true });
}
