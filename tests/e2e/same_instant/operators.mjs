// Two operators at the centre who decide on the same thing at the same instant: one ruling stands, the other is told.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';

import { actForms } from '../support/act_forms.mjs';
import { eventually } from '../support/program.mjs';
import { tryIntake } from './intake.mjs';
import { atOnce, onlyOne, sendAs } from './rivals.mjs';

class Operators {
  constructor(city, office, second) {
    Object.assign(this, { city, office, first: city.visitor, second });
  }

  decide(who, id, form) {
    return sendAs(who, `/api/assignments/${id}/decisions`, form);
  }

  async entries(place, id, kinds) {
    return (await place.timeline(id)).filter((item) => item.list === 'entry' && kinds.includes(item.kind));
  }

  /// An extension that the office has applied for and the centre holds.
  async applied(id) {
    const answer = await this.office.visitor.post(`/api/assignments/${id}/acts`, actForms.extension_application(id));
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    await eventually('the centre holds the application', async () =>
      (await this.city.timeline(id)).some((item) => item.kind === 'extension_application'));
  }

  /// Exactly one entry of `kinds` stands at both ends.
  async assertOneEntry(id, ...kinds) {
    assert.equal((await this.entries(this.city, id, kinds)).length, 1, `${kinds} on ${id}`);
    await eventually('the office knows', async () => (await this.entries(this.office, id, kinds)).length === 1);
  }
}

async function tryDecisions(t, operators, ids) {
  const { first, second } = operators;
  const grant = { kind: 'extension_decision', granted: true, days: 2 };
  const deny = { kind: 'extension_decision', granted: false };
  await t.test('two operators: one grants and one denies the same application', async () => {
    for (const id of ids.splice(0, 8)) {
      await operators.applied(id);
      await onlyOne([operators.decide(first, id, grant), operators.decide(second, id, deny)],
        { status: 409, code: 'no_pending_application', says: ['Reload'] });
      await operators.assertOneEntry(id, 'extension_decision');
    }
  });
  await t.test('one operator: a decision that arrives twice is made once', async () => {
    for (const id of ids.splice(0, 8)) {
      await operators.applied(id);
      const once = operators.decide(first, id, { request_id: crypto.randomUUID(), ...grant });
      const { won, lost } = await atOnce(once, once);
      assert.deepEqual([won.length, lost.length], [2, 0], 'a repeat gets the same answer');
      assert.deepEqual(won[0].body.entry, won[1].body.entry);
      await operators.assertOneEntry(id, 'extension_decision');
    }
  });
  await t.test('two operators: one takes back what the other closes', async () => {
    for (const id of ids.splice(0, 8)) {
      for (const form of [actForms.contact(id), actForms.resolution(id)]) {
        assert.equal((await operators.office.visitor.post(`/api/assignments/${id}/acts`, form)).status, 201);
      }
      await eventually('the centre holds the resolution', async () =>
        (await operators.city.timeline(id)).some((item) => item.kind === 'resolution'));
      await onlyOne([operators.decide(first, id, { kind: 'take_back', reason: '改派' }), operators.decide(second, id, { kind: 'close' })],
        { status: 409, code: 'assignment_ended', says: ['ended', 'write to the centre'] });
      await operators.assertOneEntry(id, 'take_back', 'close');
    }
  });
}

/// A clerk resolves while an operator takes back: both are kept, and both ends come to the same.
async function tryBothEnds(t, operators, ids) {
  const { city, office, first } = operators;
  await t.test('a clerk resolves what an operator takes back at the same instant', async () => {
    for (const id of ids.splice(0, 8)) {
      const act = (form) => () => office.visitor.post(`/api/assignments/${id}/acts`, form);
      assert.equal((await act(actForms.contact(id))()).status, 201);
      const { lost } = await atOnce(act(actForms.resolution(id)), operators.decide(first, id, { kind: 'take_back', reason: '改派' }));
      for (const answer of lost) assert.equal(answer.body.error.code, 'assignment_ended', 'only the clerk can be too late');
      const settled = async (place) => {
        const items = await place.timeline(id);
        return JSON.stringify(items.filter((item) => item.list === 'act').map(({ seq, kind, standing }) => [seq, kind, standing]));
      };
      await eventually('both ends say the same', async () =>
        (await office.timeline(id)).some((item) => item.kind === 'take_back') && (await settled(office)) === (await settled(city)));
    }
  });
}

/// `ids`: fresh assignments that the office holds; `units`: two units.
export async function tryOperators(t, city, office, ids, units) {
  const second = await city.visit('钱勇');
  const third = await city.visit('孙丽');
  const operators = new Operators(city, office, second);
  const left = [...ids];
  await tryDecisions(t, operators, left);
  await tryBothEnds(t, operators, left);
  await tryIntake(t, city, [city.visitor, second, third], units);
}
