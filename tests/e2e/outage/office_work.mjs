// What the clerks of the office do: before the outage, and through all the ways in which a link can be down.
import assert from 'node:assert/strict';

import { actForms } from '../support/act_forms.mjs';
import { eventually } from '../support/program.mjs';

/// Steps that can still be taken when the link has come back for moments.
export const quietSteps = 60;

const isDecision = (item) => item.kind === 'extension_decision';

export class OfficeWork {
  #dice;
  #steps;
  #done = 0;
  #applications = new Map();

  constructor({ city, office, plan, book, dice }) {
    Object.assign(this, { city, office, plan, book });
    this.#dice = dice;
    this.#steps = plan.steps(dice, quietSteps);
  }

  get stepsLeft() {
    return this.#steps.length - this.#done;
  }

  /// The place of the application that waits for a decision.
  application(id) {
    return this.#applications.get(id);
  }

  /// Applications that are in force before the outage; the third-timers have one granted already.
  async applyForTime() {
    const { city, plan } = this;
    await this.#applyAll(plan.thirdTime);
    for (const id of plan.thirdTime) {
      await city.decide(id, { kind: 'extension_decision', application: this.application(id), granted: true, days: 3 });
    }
    await eventually('the office knows the first decisions', async () => {
      const timelines = await Promise.all(plan.thirdTime.map((id) => this.office.timeline(id)));
      return timelines.every((items) => items.some(isDecision));
    });
    await this.#applyAll(plan.applied);
  }

  async #applyAll(ids) {
    for (const id of ids) await this.book.record(id, actForms.extension_application(id));
    await eventually('the applications are in force', async () => {
      const items = await Promise.all(ids.map((id) => this.office.lastAct(id)));
      ids.forEach((id, n) => this.#applications.set(id, { epoch: items[n].epoch, seq: items[n].seq }));
      return items.every((item) => item.truth === 'in_force');
    });
  }

  /// `count` steps with the link in `mode`, until the link was tried at least once. With `killed`, SIGKILL falls into
  /// the middle of one of them.
  async goOnWhile(mode, count, { killed = false } = {}) {
    const { link } = this.office;
    const before = link.counters.met[mode];
    link.set(mode);
    const killAt = killed ? this.#dice.below(count) : -1;
    for (let n = 0; n < count; n += 1) {
      if (n === killAt) await this.#stepUnderFire();
      else await this.#step();
    }
    await eventually(`the link was tried while it was in mode ${mode}`, () => link.counters.met[mode] > before);
  }

  #next() {
    const { assignment, kind } = this.#steps[this.#done];
    this.#done += 1;
    const about = kind === 'withdrawal' ? this.application(assignment) : this.#done;
    return [assignment, actForms[kind](about)];
  }

  async #step() {
    const act = await this.book.record(...this.#next());
    if (this.#dice.oneIn(8)) await this.book.repeat(act);
    if (this.#dice.oneIn(16)) await this.book.reuse(act, this.plan.worked.find((id) => id !== act.assignment));
  }

  async #stepUnderFire() {
    const kill = (send) =>
      this.office.killAndRestart([], async () => {
        send();
        await new Promise((resolve) => setTimeout(resolve, this.#dice.below(12)));
      });
    const act = await this.book.recordWhileKilled(...this.#next(), kill);
    await this.book.repeat(act);
    await this.book.reuse(act, this.plan.worked.find((id) => id !== act.assignment));
    for (let n = 0; n < 5; n += 1) await this.book.repeat(this.#dice.pick(this.book.acts));
  }

  /// What was done offline is saved here and no more is said of it.
  async assertOnlySaved(since) {
    for (const id of this.plan.all) {
      const offline = new Set(this.book.of(id).filter((act) => act.answeredAt > since).map((act) => act.key));
      for (const item of await this.office.timeline(id)) {
        if (offline.has(`${item.epoch}:${item.seq}`)) assert.equal(item.truth, 'saved', `${item.kind} on ${id}`);
      }
    }
  }
}
