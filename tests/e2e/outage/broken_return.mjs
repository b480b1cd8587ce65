// The link comes back, and breaks again and again, each time where it hurts most.
import assert from 'node:assert/strict';

import { eventually } from '../support/program.mjs';

const slowly = ['--reply-budget', '3000'];  // the centre's word comes in many pieces, so that there are places to cut

async function within(seconds, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${seconds} s: ${what}`)), seconds * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export class BrokenReturn {
  #dice;
  #struckLast;

  constructor({ city, office, work, outageBegan, dice }) {
    Object.assign(this, { city, office, work });
    this.#struckLast = outageBegan;
    this.#dice = dice;
  }

  /// How many of the office's acts the centre holds.
  async #atCentre() {
    let count = 0;
    for (const id of this.work.plan.all) {
      count += (await this.city.timeline(id)).filter((item) => item.list === 'act').length;
    }
    return count;
  }

  /// `kill` strikes when the centre has taken acts in and is about to say so. `revive` makes the city whole again.
  /// The office starts anew for it, so that all that it has goes in one request.
  async #strikeAfterCommit(what, kill, revive) {
    const { office } = this;
    const before = await this.#atCentre();
    for (let tries = 0; ; tries += 1) {
      assert.ok(tries < 5, `${what}: the centre took no acts in`);
      await office.stop();
      const struck = office.link.beforeReplyToActs(kill);
      office.link.set('pass');
      const started = office.start(slowly).catch(() => {});  // it may be killed while it starts
      await within(60, what, struck);
      await started;
      office.link.set('refuse');
      await revive();
      if ((await this.#atCentre()) > before) break;
    }
    await this.work.assertOnlySaved(this.#struckLast);
    this.#struckLast = performance.now();
  }

  killCentreAfterCommit() {
    const { city } = this;
    return this.#strikeAfterCommit('centre killed between its commit and its reply',
      () => city.killCentre(), () => city.startCentre());
  }

  killOfficeAfterCommit() {
    const { office } = this;
    return this.#strikeAfterCommit('office killed between the centre’s commit and its reply',
      () => office.kill(), () => office.start(slowly));
  }

  /// The receipt has come and the refusals have not: delivered is all that can be said.
  async killOfficeBeforeRefusals() {
    const { office } = this;
    const { withdrawn } = this.work.plan;
    await office.restart(slowly);
    office.link.delayMs = 15;
    office.link.set('pass');
    office.nudge();
    const delivered = async () => (await office.lastAct(withdrawn[0])).truth === 'delivered';
    await eventually('the receipt has come, the refusals have not', delivered, { seconds: 60, everyMs: 5 });
    office.link.set('refuse');
    await office.killAndRestart(slowly);
    for (const id of withdrawn) {
      assert.equal((await office.lastAct(id)).truth, 'delivered', 'the last word is not here');
    }
  }

  /// Replies are cut in the middle of an exchange; after the third the power fails at both ends.
  async cutReplies(times) {
    const { city, office } = this;
    office.link.set('pass');
    for (let cut = 1; cut <= times; cut += 1) {
      office.nudge();
      await new Promise((resolve) => setTimeout(resolve, this.#dice.below(150)));
      const done = office.link.cutReplyAfter(1 + this.#dice.below(250));
      office.nudge();
      await within(60, `cut ${cut} of ${times}`, done);
      if (cut !== 3) continue;
      await city.killCentre();
      await office.killAndRestart(slowly);
      await city.startCentre();
    }
    office.link.delayMs = 0;
  }

  /// Everything that was held back arrives, without anybody's help.
  async settle() {
    const { city, office } = this;
    await eventually('everything is delivered',
      async () => (await office.visitor.get('/api/status')).undelivered.count === 0, { seconds: 120, everyMs: 250 });
    await eventually('the last assignment has come',
      async () => (await office.assignments()).length >= (await city.assignmentsOf(office.code)).length,
      { seconds: 120, everyMs: 250 });
    for (const id of this.work.plan.all) {
      const judged = async () => !['saved', 'delivered'].includes((await office.lastAct(id)).truth);
      await eventually(`the centre's word on the last act on ${id} has come`, judged);
    }
  }
}
