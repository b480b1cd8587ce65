// Requests that a page would not send, and acts that the rules do not allow. Nothing of them may be kept.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';

import { eventually, Visitor } from '../support/program.mjs';
import { assertRefused } from '../support/refusals.mjs';
import { rowsIn } from '../support/stored_rows.mjs';

const actId = () => crypto.randomUUID();
const acknowledgement = () => ({ act_id: actId(), kind: 'acknowledgement' });
const note = (text = '备注') => ({ act_id: actId(), kind: 'note', note: text });
const resolution = () => ({
  act_id: actId(), kind: 'resolution', verified: 'yes', solved: 'yes', beyond_duty: false, note: '已处理', public_answer: '已处理。',
});
const extension = () => ({ act_id: actId(), kind: 'extension_application', ground: 'site_work', days: 1, text: '需现场施工' });

/// One door that changes something: a visitor with a session, the address, and a body that it would take.
class Door {
  /// `settle`: resolves when no earlier act is on its way between the two ends.
  constructor(name, { visitor, url, body, database, tables, settle }) {
    Object.assign(this, { name, visitor, url, body, database, tables, settle });
  }

  /// `send` must be refused as `expected` and leave no row behind.
  async refuses(send, expected) {
    await this.settle();
    const before = rowsIn(this.database, ...this.tables);
    assertRefused(await send(), expected);
    assert.equal(rowsIn(this.database, ...this.tables), before, 'nothing of it was kept');
  }

  post(body = this.body(), headers = {}) {
    return this.visitor.post(this.url, body, headers);
  }
}

/// A request as no library would write it. Returns {status, body}.
function sendRaw(page, lines) {
  const { hostname, port } = new URL(page);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = net.connect(Number(port), hostname, () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
    socket.on('data', (data) => (text += data));
    socket.on('error', reject);
    socket.on('close', () => {
      const [head, body] = text.split('\r\n\r\n');
      resolve({ status: Number(head.split(' ')[1]), body: body ? JSON.parse(body) : null });
    });
  });
}

/// Each row: what, how it is sent, what comes back.
function strangeRequests(door) {
  const { host } = new URL(door.visitor.page);
  const large = JSON.stringify({ ...door.body(), note: 'x'.repeat(1024 * 1024) });
  return [
    ['malformed JSON', () => door.post('{"act_id": '), { status: 400, code: 'malformed_json', says: ['byte', 'nothing was changed'] }],
    ['a list for an object', () => door.post('[]'), { status: 400, code: 'malformed_json', says: ['object'] }],
    ['JSON that is deep beyond sense', () => door.post('['.repeat(5000)), { status: 400, code: 'malformed_json', says: ['byte'] }],
    ['a body beyond all bounds', () => door.post(large), { status: 413, code: 'body_too_large', says: ['larger', 'send less'] }],
    ['a body that is no JSON by its type', () => door.post(door.body(), { 'content-type': 'text/plain' }),
      { status: 415, code: 'bad_body_type', says: ['application/json'] }],
    ['a field that nobody asked for', () => door.post({ ...door.body(), colour: 'red' }),
      { status: 400, code: 'bad_field', says: ['colour'] }],
    ['a number where a text belongs', () => door.post({ ...door.body(), kind: 7 }), { status: 400, code: 'bad_field', says: ['kind'] }],
    ['no session', () => new Visitor(door.visitor.page).post(door.url, door.body()),
      { status: 401, code: 'not_signed_in', says: ['Sign in'] }],
    ['a session of somebody’s invention',
      () => door.post(door.body(), { cookie: `fieldnode_00000000=${'0'.repeat(64)}` }),
      { status: 401, code: 'not_signed_in', says: ['Sign in'] }],
    ['no token', () => door.post(door.body(), { 'x-fieldnode-token': '' }), { status: 403, code: 'bad_token', says: ['reload'] }],
    ['a wrong token', () => door.post(door.body(), { 'x-fieldnode-token': 'f'.repeat(64) }),
      { status: 403, code: 'bad_token', says: ['reload'] }],
    ['the page of another site', () => door.post(door.body(), { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }),
      { status: 403, code: 'foreign_page', says: ['own page'] }],
    ['another site that hides its Sec-Fetch-Site', () => door.post(door.body(), { origin: `http://${host}.evil.example` }),
      { status: 403, code: 'foreign_page', says: ['own page'] }],
    ['a name that is not served', () => door.post(door.body(), { host: 'evil.example', origin: 'http://evil.example' }),
      { status: 421, code: 'host_not_served', says: ['host name', 'use the configured address'] }],
    ['no name at all', () => sendRaw(door.visitor.page, [`POST ${door.url} HTTP/1.1`, 'Connection: close', 'Content-Length: 0']),
      { status: 400, code: 'bad_host', says: ['one Host'] }],
    ['an address where nothing is', () => door.visitor.post('/api/nothing', door.body()),
      { status: 404, code: 'no_such_path', says: ['check the path'] }],
    ['an address that only shows', () => door.visitor.post('/api/status', door.body()),
      { status: 405, code: 'method_not_allowed', says: ['GET'] }],
  ];
}

async function tryDoor(t, door) {
  for (const [what, send, expected] of strangeRequests(door)) {
    await t.test(`${door.name}: ${what}`, () => door.refuses(send, expected));
  }
  await t.test(`${door.name}: what is in order is taken after all that`, async () => {
    assert.equal((await door.post()).status, 201);
  });
}

async function tryActs(t, world) {
  const { city, office, other, door } = world;
  const on = (id, form) => office.visitor.post(`/api/assignments/${id}/acts`, form);
  const refusesAct = (id, form, expected) => door.refuses(() => on(id, form), expected);

  await t.test('act: of an unknown kind', () =>
    refusesAct(world.fresh, { act_id: actId(), kind: 'teleportation' }, { status: 400, code: 'unknown_act', says: ['teleportation', 'nothing was changed'] }));
  await t.test('act: a decision of the centre', () =>
    refusesAct(world.fresh, { act_id: actId(), kind: 'take_back' }, { status: 400, code: 'unknown_act', says: ['take_back'] }));
  await t.test('act: without an id', () =>
    refusesAct(world.fresh, { kind: 'acknowledgement' }, { status: 400, code: 'bad_field', says: ['act_id'] }));
  await t.test('act: a word that is none', () =>
    refusesAct(world.fresh, { act_id: actId(), kind: 'contact', channel: 'pigeon', outcome: 'reached' }, { status: 400, code: 'bad_field', says: ['channel'] }));
  await t.test('act: on the assignment of another unit', async () => {
    const form = acknowledgement();
    await refusesAct(other.assignment, form, { status: 404, code: 'unknown_assignment', says: [other.assignment, 'another unit'] });
    assert.deepEqual((await other.office.timeline(other.assignment)).filter((item) => item.list === 'act'), []);
  });
  await t.test('act: on an assignment that nobody has', () =>
    refusesAct('999999', acknowledgement(), { status: 404, code: 'unknown_assignment', says: ['999999'] }));
  await t.test('act: on what is no number', () =>
    refusesAct('abc', acknowledgement(), { status: 404, code: 'not_found', says: ['abc'] }));
  await t.test('act: on an assignment that was taken back', async () => {
    await city.decide(world.taken, { kind: 'take_back', reason: '改派' });
    await eventually('the office knows', async () =>
      (await office.timeline(world.taken)).some((item) => item.kind === 'take_back'));
    await refusesAct(world.taken, note(), { status: 409, code: 'assignment_ended', says: ['taken back', 'write to the centre'] });
  });
  await t.test('act: a resolution without contact', () =>
    refusesAct(world.fresh, resolution(), { status: 409, code: 'contact_missing', says: ['not been reached', 'Record a successful contact'] }));
  await t.test('act: an extension longer than the limit', () =>
    refusesAct(world.fresh, { ...extension(), days: 900 }, { status: 409, code: 'extension_too_long', says: ['fewer days'] }));
  await t.test('act: a withdrawal of nothing', () =>
    refusesAct(world.fresh, { act_id: actId(), kind: 'withdrawal', application: { epoch: '1', seq: '1' } },
      { status: 409, code: 'no_pending_application', says: ['Reload'] }));
  await t.test('act: an id that stands for other content', async () => {
    const form = note('第一份');
    assert.equal((await on(world.fresh, form)).status, 201);
    await refusesAct(world.fresh, { ...form, note: '第二份' }, { status: 409, code: 'act_id_reused', says: ['reload'] });
    await refusesAct(world.second, form, { status: 409, code: 'act_id_reused', says: ['reload'] });
    assert.equal((await on(world.fresh, form)).status, 200, 'the same content again is the same act');
  });
  await t.test('act: on a closed assignment', () => tryClosed(world, on, refusesAct));
}

async function tryClosed({ city, office, closed }, on, refusesAct) {
  const contact = { act_id: actId(), kind: 'contact', channel: 'telephone', outcome: 'reached', spoke_with: '本人' };
  assert.equal((await on(closed, contact)).status, 201);
  assert.equal((await on(closed, resolution())).status, 201);
  await eventually('the centre holds the resolution', async () =>
    (await city.timeline(closed)).some((item) => item.kind === 'resolution'));
  await city.decide(closed, { kind: 'close' });
  await eventually('the office knows', async () => (await office.timeline(closed)).some((item) => item.kind === 'close'));
  await refusesAct(closed, note(), { status: 409, code: 'assignment_ended', says: ['closed', 'write to the centre'] });
}

async function tryDecisions(t, { city, door, fresh, second }) {
  const decide = (id, form) => city.visitor.post(`/api/assignments/${id}/decisions`, { request_id: actId(), ...form });
  await t.test('decision: of an unknown kind', () =>
    door.refuses(() => decide(fresh, { kind: 'promotion' }), { status: 400, code: 'unknown_decision', says: ['promotion', 'nothing was changed'] }));
  await t.test('decision: silence on what is applied for', () =>
    door.refuses(() => decide(fresh, { kind: 'extension_decision' }), { status: 400, code: 'bad_field', says: ['granted'] }));
  await t.test('decision: on no application', () =>
    door.refuses(() => decide(fresh, { kind: 'extension_decision', granted: true, days: 1 }),
      { status: 409, code: 'no_pending_application', says: ['Reload'] }));
  await t.test('decision: on an assignment that is not there', () =>
    door.refuses(() => decide('999999', { kind: 'take_back', reason: '改派' }), { status: 404, code: 'unknown_assignment', says: ['Check the number'] }));
  await t.test('decision: a request id that stands for another', async () => {
    const request = { request_id: actId(), kind: 'pause', reason: '材料补正' };
    assert.equal((await decide(second, request)).status, 201);
    await door.refuses(() => decide(second, { ...request, kind: 'resume' }), { status: 409, code: 'request_id_reused', says: [] });
    assert.equal((await decide(second, { kind: 'resume', reason: '材料已齐' })).status, 201);
  });
  await t.test('dispatch: to a unit that is not there', async () => {
    const made = await door.post();
    await door.refuses(() => city.visitor.post(`/api/cases/${made.body.case.id}/dispatch`, { request_id: actId(), unit: 'NOPE' }),
      { status: 404, code: 'unknown_unit', says: ['NOPE', 'list of units'] });
  });
  await t.test('case: a limit that is none', () =>
    door.refuses(() => door.post({ ...door.body(), limits: [{ clock: 'resolve', limit: '0wd' }] }),
      { status: 400, code: 'bad_field', says: ['limits[0].limit', '5wd'] }));
}

/// A POST to the sync port by somebody without a certificate.
function postToSync(city, url, body, type) {
  return new Promise((resolve, reject) => {
    const request = https.request(
      { host: '127.0.0.1', port: city.syncPort, path: url, method: 'POST', rejectUnauthorized: false, agent: false,
        headers: { 'content-type': type, 'content-length': Buffer.byteLength(body) } },
      (response) => {
        let text = '';
        response.on('data', (data) => (text += data));
        response.on('end', () => resolve({ status: response.statusCode, body: JSON.parse(text) }));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

async function trySyncPort(t, { city, door }) {
  const exchangeType = 'application/x-fieldnode-exchange';
  const rows = [
    ['an exchange without a certificate', ['/sync/v1/exchange', 'x', exchangeType], { status: 401, code: 'no_certificate', says: ['enrol'] }],
    ['an exchange in JSON', ['/sync/v1/exchange', '{}', 'application/json'], { status: 415, code: 'bad_body_type', says: [exchangeType] }],
    ['an enrolment that is no JSON', ['/sync/v1/enrol', 'enrol me', 'application/json'], { status: 400, code: 'malformed_json', says: ['byte'] }],
    ['an enrolment without a key', ['/sync/v1/enrol', '{"protocol":2,"secret":"00"}', 'application/json'], { status: 400, code: 'bad_field', says: ['public_key', 'missing'] }],
    ['an enrolment of another protocol', ['/sync/v1/enrol', '{"protocol":99}', 'application/json'], { status: 400, code: 'bad_field', says: ['protocol'] }],
    ['an enrolment beyond all bounds', ['/sync/v1/enrol', 'x'.repeat(64 * 1024), 'application/json'], { status: 413, code: 'body_too_large', says: [] }],
  ];
  for (const [what, args, expected] of rows) {
    await t.test(`sync port: ${what}`, () => door.refuses(() => postToSync(city, ...args), expected));
  }
}

/// `office` and `other.office` are at work; each of the assignments named here is fresh.
export async function tryRequests(t, world) {
  const { city, office } = world;
  const settle = () =>
    eventually('all acts are delivered', async () => (await office.visitor.get('/api/status')).undelivered.count === 0);
  const acts = new Door('office', {
    visitor: office.visitor,
    url: `/api/assignments/${world.door}/acts`,
    body: () => note(),
    database: path.join(office.dir, 'node.db'),
    tables: ['act_id', 'assignment', 'entry', 'list'],
    settle,
  });
  const cases = new Door('centre', {
    visitor: city.visitor,
    url: '/api/cases',
    body: () => ({ request_id: actId(), title: '路灯不亮', category: 'A2', kind: 'complaint' }),
    database: path.join(city.centreDir, 'central.db'),
    tables: ['request', 'assignment', 'city_case', 'entry', 'list', 'enrolment_code'],
    settle,
  });
  await tryDoor(t, acts);
  await tryDoor(t, cases);
  await tryActs(t, { ...world, door: acts });
  await tryDecisions(t, { ...world, door: cases });
  await trySyncPort(t, { ...world, door: cases });
}
