// Operators who do different things with one new case at the same instant: one of them has it.
import assert from 'node:assert/strict';

import { assertRefused } from '../support/refusals.mjs';
import { atOnce, onlyOne, sendAs } from './rivals.mjs';

const rounds = 8;

class Intake {
  constructor(city, operators, units) {
    Object.assign(this, { city, operators, units });
  }

  dispatch(at, id) {
    return sendAs(this.operators[at], `/api/cases/${id}/dispatch`, { unit: this.units[at % 2] });
  }

  refuse(at, id, code = 'n9') {
    return sendAs(this.operators[at], `/api/cases/${id}/refusal`, { code, text: '不属于受理范围,已向来电人说明。' });
  }

  rule(at, id, confirmed) {
    return sendAs(this.operators[at], `/api/cases/${id}/refusal/ruling`, { confirmed });
  }

  async look(id) {
    return (await this.city.visitor.get(`/api/cases/${id}`)).case;
  }
}

/// `rounds` new cases, one after the other.
async function eachCase(intake, action) {
  for (let n = 0; n < rounds; n += 1) await action((await intake.city.takeIn(`同一诉求 ${n}`)).id);
}

async function tryTwoUnits(intake, id) {
  await onlyOne([intake.dispatch(0, id), intake.dispatch(1, id)],
    { status: 409, code: 'already_dispatched', says: ['with a unit', 'take it back'] });
  assert.equal((await intake.look(id)).assignments.length, 1);
}

async function tryRefusalAgainstDispatch(intake, id) {
  const { won, lost } = await atOnce(intake.refuse(0, id), intake.dispatch(1, id));
  assert.equal(won.length, 1, JSON.stringify([won, lost].flat().map(({ status, body }) => [status, body])));
  const kept = await intake.look(id);
  const dispatched = 'assignment' in won[0].body;
  assert.equal(kept.state, dispatched ? 'dispatched' : 'refused');
  assert.equal(kept.assignments.length, dispatched ? 1 : 0);
  assertRefused(lost[0], { status: 409, code: dispatched ? 'already_dispatched' : 'case_refused' });
}

/// Requirement N7: a refusal for abuse takes a second person; of two who rule at once one is heard.
async function trySecondPerson(intake, id) {
  assert.equal((await intake.refuse(0, id, 'n7')()).status, 201);
  assert.deepEqual([(await intake.look(id)).state, (await intake.look(id)).refusal.pending], ['new', true]);
  assertRefused(await intake.dispatch(1, id)(), { status: 409, code: 'refusal_pending' });
  assertRefused(await intake.rule(0, id, true)(), { status: 409, code: 'same_person' });
  const won = await onlyOne([intake.rule(1, id, true), intake.rule(2, id, false)],
    { status: 409, code: 'no_pending_refusal' });
  const { state } = await intake.look(id);
  assert.equal(state, won.body.case.state, 'as the one who was heard has ruled');
}

/// `operators`: three people; `units`: two units.
export async function tryIntake(t, city, operators, units) {
  const intake = new Intake(city, operators, units);
  await t.test('two operators: one case goes to one unit', () => eachCase(intake, (id) => tryTwoUnits(intake, id)));
  await t.test('two operators: one refuses what the other dispatches', () =>
    eachCase(intake, (id) => tryRefusalAgainstDispatch(intake, id)));
  await t.test('two operators: a refusal for abuse is confirmed by another person, once', () =>
    eachCase(intake, (id) => trySecondPerson(intake, id)));
}
