// The data link is down and somebody telephones: an office proves that its journal exists now, by its page's program and
// by its command line, over a kill in the middle of the call; then the link is back, and both ends say whether it held.
// Besides an honest office: a code that no journal gives, and one that the operator misheard.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { reckonStates } from './outage/reckoning.mjs';
import { Caller } from './phone/caller.mjs';
import { misheard, saidCode } from './phone/digits.mjs';
import { City } from './support/city.mjs';
import { eventually } from './support/program.mjs';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fieldnode-phone-'));
const stage = (text) => console.log(`- ${text}`);
const city = new City(dir);

/// The office acknowledges an assignment, or notes something on it; gives the act.
async function act(office, id, kind, fields = {}) {
  const made = await office.visitor.post(`/api/assignments/${id}/acts`, { act_id: crypto.randomUUID(), kind, ...fields });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return made.body.act;
}

async function verdictOf(visitor, id, clock) {
  const { assignment } = await visitor.get(`/api/assignments/${id}`);
  return assignment.clocks.find((one) => one.clock === clock).verdict;
}

async function reconnect(office, caller, state) {
  office.link.set('pass');
  office.nudge();
  await eventually(`both ends say ${state}`, async () => {
    const [[receipt], [proof]] = await Promise.all([caller.receipts(), caller.proofs()]);
    return receipt.state === (state === 'holds' ? 'holds' : 'fails') && proof.state === state;
  }, { seconds: 120 });  // a code is made to be dear, and a busy machine takes its time
}

/// The office acts offline, says its code, the centre notes it; a typing error, a wrong answer and a kill come between.
async function honestCall(office, caller, id) {
  office.link.set('refuse');
  const acknowledged = await act(office, id, 'acknowledgement');
  const challenge = await caller.draw();
  const begun = caller.say('--challenge', challenge.digits);
  assert.equal(begun.code, 0);
  assert.equal(String(begun.answer.call.upto), String(acknowledged.seq));
  const { code } = begun.answer.call;

  const wrong = await caller.type(challenge, misheard(code));
  assert.equal(wrong.body.error.code, 'bad_digits', 'a typing error is found before anything is noted');
  const noted = await caller.type(challenge, code);
  assert.equal(noted.status, 201, JSON.stringify(noted.body));
  assert.equal((await caller.type(challenge, code)).body.answer, noted.body.answer, 'typed again, answered the same');

  await office.killAndRestart();
  assert.equal(caller.say('--challenge', challenge.digits).answer.call.code, code, 'a kill loses nothing of a call');
  const mistyped = caller.say('--answer', misheard(noted.body.answer));
  assert.deepEqual([mistyped.code, mistyped.answer.error.code], [2, 'bad_digits']);
  const right = caller.say('--answer', noted.body.answer);
  assert.equal(right.code, 0, JSON.stringify(right.answer));
  assert.equal(Date.parse(right.answer.call.minute), Math.floor(Date.parse(noted.body.at) / 60_000) * 60_000);
  assert.equal(right.answer.now.class, 'anchored');
  assert.equal((await caller.proofs())[0].state, 'told');
  return noted.body.at;
}

try {
  await city.init();
  city.addUnit('XF', '幸福街道办事处');
  await city.startCentre();
  const office = await city.office('XF');
  const [unit] = (await city.visitor.get('/api/units')).units;
  const caller = new Caller(city, office, unit);
  const { id } = (await city.dispatchNew('XF', 1)).assignment;
  await eventually('the office holds it', async () => (await office.assignments()).length === 1);

  stage('an honest call, with errors and a kill in between');
  const at = await honestCall(office, caller, id);
  await new Promise((resolve) => setTimeout(resolve, 1_500));  // so that the delivery's mark is clearly later
  await reconnect(office, caller, 'holds');
  for (const visitor of [office.visitor, city.visitor]) {
    const verdict = await verdictOf(visitor, id, 'acknowledge');
    assert.equal(verdict.verdict, 'in_time_proven');
    assert.equal(Date.parse(verdict.bracket.latest), Date.parse(at), 'the call proves it, not the delivery');
  }

  stage('a whole call at the keyboard');
  office.link.set('refuse');
  await act(office, id, 'note', { note: '通话期间' });
  const drawn = await caller.draw();
  const spoken = await caller.speak(drawn, async (code) => (await caller.type(drawn, code)).body.answer);
  assert.equal(spoken.exit, 0, spoken.said);
  await reconnect(office, caller, 'holds');

  stage('a code that no journal gives');
  office.link.set('refuse');
  const later = await act(office, id, 'note', { note: '另一条' });
  const lied = await caller.type(await caller.draw(), saidCode(unit.node.id, '123456789012345', later.seq));
  assert.equal(lied.status, 201, 'nobody can tell before the journal has come');
  await reconnect(office, caller, 'fails');

  stage('a code that the operator misheard in a way that no check digit finds');
  office.link.set('refuse');
  const last = await act(office, id, 'note', { note: '再一条' });
  const challenge = await caller.draw();
  assert.equal(caller.say('--challenge', challenge.digits).code, 0);
  const noted = await caller.type(challenge, saidCode(unit.node.id, '999999999999999', last.seq));
  for (const expected of ['phone_answer_wrong', 'phone_answer_wrong', 'phone_tries_over']) {
    assert.equal(caller.say('--answer', noted.body.answer).answer.error.code, expected, 'the office knows at once');
  }
  await reconnect(office, caller, 'misheard');

  stage('a code of what is delivered already is compared before it is noted');
  const known = await caller.draw();
  const said = caller.say('--challenge', known.digits).answer.call;
  const refused = await caller.type(known, saidCode(unit.node.id, '111111111111111', said.upto));
  assert.equal(refused.body.error.code, 'phone_code_wrong');
  assert.equal((await caller.type(known, said.code)).body.holds, true);

  office.nudge();
  await eventually('the office has heard of it', async () => (await caller.proofs()).length === 5);
  await city.stopAll();
  reckonStates(city, [office]);
  console.log('ok: phone receipt');
} catch (error) {
  console.error(city.logs());
  throw error;
} finally {
  await city.stopAll();
  fs.rmSync(dir, { recursive: true, force: true });
}
