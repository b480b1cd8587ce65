// Looks at an office's API all the time, as an open page does, and keeps what it ever said of each act.
import assert from 'node:assert/strict';

import { keyOf } from './act_book.mjs';

/// What may be said of an act later, once this has been said. Nothing that was in force is refused afterwards.
const goesOnTo = {
  saved: ['saved', 'handed_over', 'delivered', 'in_force', 'refused', 'awaiting_ruling'],
  delivered: ['delivered', 'in_force', 'refused', 'awaiting_ruling'],
  in_force: ['in_force'],
  refused: ['refused'],
  handed_over: ['handed_over'],
  awaiting_ruling: ['awaiting_ruling'],
};

export class TruthWatch {
  #office;
  #assignments;
  #seen = new Map();
  #summaries = [];
  #stopping = false;
  #running;
  #fault = null;
  looks = 0;

  constructor(office, assignments) {
    this.#office = office;
    this.#assignments = assignments;
    this.#running = this.#watch();
  }

  /// Everything that was ever said of an act, in order, without repetition.
  said(key) {
    return this.#seen.get(key) ?? [];
  }

  /// Was the assignment as a whole said to be in force by a look that began after `since`?
  summarySaidInForce(assignment, since) {
    return this.#summaries.some((one) => one.assignment === assignment && one.askedAt > since && one.truth === 'in_force');
  }

  async stop() {
    this.#stopping = true;
    await this.#running;
    if (this.#fault) throw this.#fault;
  }

  async #watch() {
    while (!this.#stopping) {
      for (const id of this.#assignments) await this.#look(id);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async #look(id) {
    const { visitor } = this.#office;
    const askedAt = performance.now();
    try {
      const { assignment } = await visitor.get(`/api/assignments/${id}`);
      this.looks += 1;
      this.#summaries.push({ assignment: id, askedAt, truth: assignment.truth });
      for (const item of assignment.timeline) if (item.list === 'act') this.#note(item);
    } catch (error) {
      // The office may be down: it is killed now and then. Whatever it says must be true, though.
      if (!['ECONNREFUSED', 'ECONNRESET'].includes(error.code)) this.#fault ??= error;
    }
  }

  #note(item) {
    const key = keyOf(item);
    const said = this.said(key);
    const last = said.at(-1);
    if (last === item.truth) return;
    assert.ok(!last || goesOnTo[last].includes(item.truth), `${key} (${item.kind}) was ${last} and is now ${item.truth}`);
    this.#seen.set(key, [...said, item.truth]);
  }
}
