// One Monday of two offices and their centre, with true time under the test's hand.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';

import { actForms } from '../support/act_forms.mjs';
import { eventually } from '../support/program.mjs';

const quietMs = 150;
const tryEvery = 10 * 60_000;  // the loop pauses for a quarter of an hour at most

export const october = 'from=2026-10-01&until=2026-11-01';
export const inOctober = { from: '2026-10-01', until: '2026-11-01' };

/// `12 09:30`, in +08:00.
export function momentOf(text) {
  const [day, clock] = text.split(' ');
  return Date.parse(`2026-10-${day}T${clock}:00+08:00`);
}

export class Day {
  constructor({ city, clocks }) {
    Object.assign(this, { city, clocks });
    this.offices = [];
  }

  async moveTo(text) {
    for (const office of this.offices) if (office.link.mode === 'pass' && office.runs) await this.#rest(office.link);
    this.clocks.set(momentOf(text));
  }

  /// Until nothing has passed over the link for a while: the office's poll is parked.
  async #rest({ counters }) {
    let before = -1;
    const passed = () => counters.upBytes + counters.downBytes;
    await eventually('the link rests', () => before === (before = passed()), { everyMs: quietMs });
  }

  /// Sessions lock after ten minutes, so everybody signs in anew.
  async at(place) {
    await place.signInAgain();
    return place.visitor;
  }

  async dispatch(unit, number) {
    await this.city.signInAgain();
    const made = await this.city.dispatchNew(unit, number);
    return made.assignment.id;
  }

  async acknowledge(office, id) {
    const clerk = await this.at(office);
    const answer = await clerk.post(`/api/assignments/${id}/acts`, actForms.acknowledgement());
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
  }

  /// Tries in vain from now until then, as the program does by itself on a thin link.
  async tryUntil(office, text) {
    for (let at = this.clocks.now + tryEvery; at <= momentOf(text); at += tryEvery) {
      this.clocks.set(at);
      assert.notEqual((await office.sync()).code, 0, 'the link is cut');
    }
  }

  async exchange(office) {
    const done = await office.sync();
    assert.equal(done.code, 0, done.said);
    // What the exchange made the office say (an outage that is over) leaves with the next one.
    assert.equal((await office.sync()).code, 0);
  }

  async post(visitor, url, form) {
    const answer = await visitor.post(url, { request_id: crypto.randomUUID(), ...form });
    assert.equal(answer.status, 201, `${url}: ${JSON.stringify(answer.body)}`);
    return answer.body.assessment;
  }
}
