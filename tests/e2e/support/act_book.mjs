// Every act that an office said it holds, so that the end can be reckoned with the beginning. Repeats and reuses of
// act ids are tried on the way.
import assert from 'node:assert/strict';

import { assertRefused } from './refusals.mjs';

export const keyOf = ({ epoch, seq }) => `${epoch}:${seq}`;

export class ActBook {
  #acts = new Map();
  repeats = 0;
  reuses = 0;
  lostAnswers = 0;

  constructor(office) {
    this.office = office;
  }

  get size() {
    return this.#acts.size;
  }

  /// {key, assignment, form, answeredAt} of each.
  get acts() {
    return [...this.#acts.values()];
  }

  of(assignment) {
    return this.acts.filter((act) => act.assignment === assignment);
  }

  #post(assignment, form) {
    return this.office.visitor.post(`/api/assignments/${assignment}/acts`, form);
  }

  /// `answer`: of the act that was taken.
  note(assignment, form, answer) {
    const key = keyOf(answer.body.act);
    assert.ok(!this.#acts.has(key), `${key} was given to two acts`);
    const act = { key, assignment, form, answeredAt: performance.now() };
    this.#acts.set(key, act);
    return act;
  }

  /// Records an act that must be taken.
  async record(assignment, form) {
    const answer = await this.#post(assignment, form);
    assert.equal(answer.status, 201, `${form.kind} on ${assignment}: ${JSON.stringify(answer.body)}`);
    return this.note(assignment, form, answer);
  }

  /// Records an act while the office is killed, so that its answer may be lost, and sends it again as a page would.
  /// `kill` calls what it is given shortly before it kills.
  async recordWhileKilled(assignment, form, kill) {
    let first;
    await kill(() => (first = this.#post(assignment, form).catch(() => null)));
    const lost = await first;
    const again = await this.#post(assignment, form);
    assert.ok([200, 201].includes(again.status), JSON.stringify(again));
    if (lost) {
      assert.equal(lost.status, 201, JSON.stringify(lost));
      assert.equal(again.status, 200, 'an act that was answered 201 outlives the kill');
      assert.equal(keyOf(again.body.act), keyOf(lost.body.act));
    } else {
      this.lostAnswers += 1;
    }
    return this.note(assignment, form, again);
  }

  /// The same act again changes nothing and gets the same answer.
  async repeat(act) {
    const again = await this.#post(act.assignment, act.form);
    assert.equal(again.status, 200, JSON.stringify(again));
    assert.equal(keyOf(again.body.act), act.key, 'a repeat is the same act');
    this.repeats += 1;
  }

  /// Its id under other content, and the same content on another assignment, are no repeats.
  async reuse(act, otherAssignment) {
    const refused = { status: 409, code: 'act_id_reused', says: ['reload'] };
    const other = { act_id: act.form.act_id, kind: 'note', note: '改口' };
    assertRefused(await this.#post(act.assignment, other), refused);
    assertRefused(await this.#post(otherAssignment, act.form), refused);
    this.reuses += 2;
  }
}
