// Being taken in: by a person who compared fingerprints, and by nothing less.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

import { assertTurnedAway } from '../support/refusals.mjs';
import { must, run } from '../support/program.mjs';

const centreSays = (city, ...args) => JSON.parse(must('fieldnode-central', [...args, '--dir', city.centreDir, '--json']));
const codeFor = (city, unit) => centreSays(city, 'enrol-code', '--unit', unit);
const nodesOf = (city, unit) => centreSays(city, 'node', 'list').nodes.filter((node) => node.unit.code === unit);

/// Somebody has read the code over a shoulder and is quicker than the office.
export function stealACode(city, unit) {
  const issued = codeFor(city, unit);
  const thief = path.join(city.dir, 'thief');
  const asked = JSON.parse(must('fieldnode', ['enrol', '--dir', thief, '--code', issued.scan.replace('8440', city.syncPort), '--json']));
  assert.equal(asked.city_fingerprint, issued.city_fingerprint, 'what was scanned names the centre and the code');
  const office = path.join(city.dir, 'robbed');
  const late = run('fieldnode', ['enrol', '--dir', office, '--centre', `https://127.0.0.1:${city.syncPort}`, '--code', issued.code]);
  assertTurnedAway(late, { code: 'code_used', says: ['another machine'] });
  const [waiting] = nodesOf(city, unit);
  assert.equal(waiting.state, 'waiting');
  assert.equal(waiting.fingerprint, asked.fingerprint);
  must('fieldnode-central', ['node', 'refuse', '--dir', city.centreDir, '--fingerprint', asked.fingerprint]);
  assertTurnedAway(run('fieldnode', ['sync', '--dir', thief]), { exit: 1, code: 'node_refused', says: ['refused'] });
  assertTurnedAway(run('fieldnode-central', ['node', 'confirm', '--dir', city.centreDir, '--fingerprint', asked.fingerprint]),
    { exit: 1, code: 'node_refused', says: ['new code'] });
}

/// Nothing of any citizen is there before the confirmation, and all of it after.
export async function waitAndBeConfirmed(city, unit) {
  const office = await city.office(unit, { confirm: false });
  await city.dispatchNew(unit, 1);
  const { said, code } = await office.sync();
  assert.equal(code, 1);
  assert.match(said, /not_confirmed/);
  const status = await office.visitor.get('/api/status');
  assert.equal(status.fingerprint, office.fingerprint);
  assert.equal(status.link.last_error.code, 'not_confirmed');
  assert.deepEqual(await office.assignments(), []);
  const misheard = office.fingerprint.replace(/^./, (first) => (first === '7' ? '8' : '7'));
  assertTurnedAway(run('fieldnode-central', ['node', 'confirm', '--dir', city.centreDir, '--fingerprint', misheard]),
    { code: 'bad_fingerprint', says: ['read out again'] });
  city.confirm(office.fingerprint);
  await office.sync();
  assert.equal((await office.assignments()).length, 1);
  return office;
}

/// An office without a line: a stick goes there and back.
export async function enrolByFile(city, unit) {
  const code = codeFor(city, unit);
  const dir = path.join(city.dir, `office-${unit}`);
  const file = (name) => path.join(city.dir, name);
  const centre = `https://127.0.0.1:${city.syncPort}`;
  const asked = JSON.parse(must('fieldnode', ['enrol', '--dir', dir, '--centre', centre, '--code', code.code, '--request-file', file('request'), '--json']));
  assert.ok(!fs.readFileSync(file('request'), 'utf8').includes(code.code.slice(20, 30)), 'whoever carries it does not have the code');

  const request = fs.readFileSync(file('request'), 'utf8');
  const answerTo = (text) => {
    fs.writeFileSync(file('carried'), text);
    return run('fieldnode-central', ['enrol-file', '--dir', city.centreDir, file('carried'), '--answer', file('answer')]);
  };
  const changed = request.replace(/(?<="journal_epoch":")./, (digit) => (digit === '1' ? '2' : '1'));
  for (const text of [request.slice(0, request.length / 2), changed, 'not a request']) {
    assertTurnedAway(answerTo(text), { code: 'bad_enrolment_file', says: ['made again'] });
  }
  assert.deepEqual(nodesOf(city, unit), [], 'nothing half done');
  assert.equal(answerTo(request).code, 0);
  const answer = fs.readFileSync(file('answer'), 'utf8');
  assert.equal(answerTo(request).code, 0);
  assert.equal(fs.readFileSync(file('answer'), 'utf8'), answer, 'carried twice it is one request');

  const take = (text, at = dir) => {
    fs.writeFileSync(file('back'), text);
    return run('fieldnode', ['enrol', '--dir', at, '--answer-file', file('back')]);
  };
  for (const text of [answer.slice(0, -40), answer.replace('"city', '"City'), '{}']) {
    assertTurnedAway(take(text), { code: 'bad_enrolment_file', says: ['cut short'] });
  }
  assertTurnedAway(take(answer, path.join(city.dir, 'elsewhere')), { code: 'not_asked', says: ['--request-file'] });
  const taken = take(answer);
  assert.equal(taken.code, 0, taken.err);
  assert.ok(taken.out.includes(asked.fingerprint), taken.out);
  assertTurnedAway(take(answer), { code: 'already_enrolled', says: [unit] });
  assert.equal(nodesOf(city, unit)[0].state, 'waiting');
  city.confirm(asked.fingerprint);
  must('fieldnode', ['sync', '--dir', dir]);
}

/// The old node of a unit goes on until somebody confirms the new one, and is told then.
export async function replace(city, office) {
  const code = codeFor(city, office.code);
  const dir = path.join(city.dir, 'replacement');
  const asked = JSON.parse(must('fieldnode', ['enrol', '--dir', dir, '--centre', `https://127.0.0.1:${city.syncPort}`, '--code', code.code, '--json']));
  assert.equal((await office.sync()).code, 0);
  city.confirm(asked.fingerprint);
  must('fieldnode', ['sync', '--dir', dir]);
  const states = nodesOf(city, office.code).map((node) => node.state);
  assert.deepEqual(states.slice(-2), ['revoked', 'enrolled']);
  const told = must('fieldnode-central', ['unit', 'list', '--dir', city.centreDir]);
  assert.match(told, /lost_window: node \d+ was replaced; what was done there after/, 'the window is told, not hidden');
}

/// The operator ends a node while its poll is parked.
export async function revoke(city, office) {
  const node = nodesOf(city, office.code).find((one) => one.state === 'enrolled');
  const args = ['node', 'revoke', '--dir', city.centreDir, '--node', node.id, '--why', 'stolen'];
  assertTurnedAway(run('fieldnode-central', [...args, '--unit', 'NOPE']), { code: 'wrong_unit', says: [office.code] });
  const began = performance.now();
  must('fieldnode-central', [...args, '--unit', office.code]);
  return { node, began };
}
