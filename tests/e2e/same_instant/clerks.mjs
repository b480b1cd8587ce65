// Two clerks of one office, two sessions, one assignment, the same instant: both get a clear answer, nothing doubles.
import assert from 'node:assert/strict';

import { keyOf } from '../support/act_book.mjs';
import { actForms } from '../support/act_forms.mjs';
import { eventually } from '../support/program.mjs';
import { atOnce, onlyOne } from './rivals.mjs';

/// Each kind with the refusal of the second; none where both may do it: two calls are two contacts, and who
/// acknowledges what is acknowledged already is kept and changes nothing.
const kinds = [
  ['acknowledgement', null],
  ['contact', null],
  ['resolution', { status: 409, code: 'already_resolved', says: ['resolved already', 'correction'] }],
  ['extension_application', { status: 409, code: 'application_pending', says: ['awaits', 'withdraw'] }],
];

class Clerks {
  /// `book`: assignment -> keys of the acts that were answered 201.
  constructor(office, first, second) {
    Object.assign(this, { office, first, second });
    this.book = new Map();
  }

  #send(who, id, form) {
    return () => who.post(`/api/assignments/${id}/acts`, form);
  }

  #note(id, ...answers) {
    const keys = answers.map((answer) => keyOf(answer.body.act));
    this.book.set(id, [...(this.book.get(id) ?? []), ...keys]);
  }

  async contact(id) {
    const answer = await this.#send(this.first, id, actForms.contact(id))();
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    this.#note(id, answer);
  }

  /// Both do the same in their own words.
  async rival(id, kind, refusal) {
    const sends = [this.first, this.second].map((who, n) => this.#send(who, id, actForms[kind](`${id}-${n}`)));
    if (refusal) {
      this.#note(id, await onlyOne(sends, refusal));
      return;
    }
    const { won } = await atOnce(...sends);
    assert.equal(won.length, 2, 'both are taken');
    assert.notEqual(keyOf(won[0].body.act), keyOf(won[1].body.act));
    this.#note(id, ...won);
  }

  /// One act that arrives twice, as after a double click in two tabs.
  async repeat(id, kind) {
    const form = actForms[kind](id);
    const { won, lost } = await atOnce(this.#send(this.first, id, form), this.#send(this.first, id, form));
    assert.equal(won.length, 1, JSON.stringify(lost));
    assert.equal(lost[0].status, 200, JSON.stringify(lost));
    assert.equal(keyOf(lost[0].body.act), keyOf(won[0].body.act), 'both get the same act');
    this.#note(id, won[0]);
  }

  /// What was answered 201 stands once at `place`, and nothing else.
  async assertOnce(place) {
    for (const [id, keys] of this.book) {
      const acts = (await place.timeline(id)).filter((item) => item.list === 'act');
      assert.deepEqual(acts.map(keyOf).sort(), [...keys].sort(), `acts on ${id}`);
      for (const act of acts) assert.equal(act.standing, 'effective', `${act.kind} on ${id}`);
    }
  }
}

/// `ids`: fresh assignments that the office holds.
export async function tryClerks(t, city, office, ids) {
  const clerks = new Clerks(office, office.visitor, await office.visit('李静'));
  const left = [...ids];
  const rounds = Math.floor(ids.length / (2 * kinds.length));
  for (const [kind, refusal] of kinds) {
    await t.test(`two clerks: ${kind}, ${rounds} times`, async () => {
      for (const id of left.splice(0, rounds)) {
        if (kind === 'resolution') await clerks.contact(id);
        await clerks.rival(id, kind, refusal);
      }
    });
    await t.test(`one clerk, two tabs: ${kind}, ${rounds} times`, async () => {
      for (const id of left.splice(0, rounds)) {
        if (kind === 'resolution') await clerks.contact(id);
        await clerks.repeat(id, kind);
      }
    });
  }
  await t.test('two clerks: everything once, at the office and at the centre', async () => {
    await eventually('all is delivered', async () => (await office.visitor.get('/api/status')).undelivered.count === 0);
    await clerks.assertOnce(office);
    await clerks.assertOnce(city);
  });
}
