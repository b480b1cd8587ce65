// One fault at many places of a message: the line breaks after so many bytes of a reply or of a request, a middlebox
// "repairs" the length, a byte comes over changed. FIELDNODE_EVERY_BYTE=1: at every place.
import assert from 'node:assert/strict';

import { keyOf } from '../support/act_book.mjs';
import { eventually } from '../support/program.mjs';

const placesUsual = 24;

/// Spread over a message of `length` bytes, its ends among them.
function* spread(length) {
  const step = process.env.FIELDNODE_EVERY_BYTE ? 1 : Math.max(1, Math.floor(length / placesUsual));
  for (let at = 0; at < length; at += step) yield at;
  yield length - 1;
}

function flipped(bytes, at) {
  const copy = Buffer.from(bytes);
  copy[at] ^= 1 << at % 8;
  return copy;
}

/// treat(errand, at, between): returns how long the message is that the place lies in.
const sweeps = [
  { name: 'a reply ends after so many bytes',
    treat: async (errand, at) => {
      const reply = await errand.ask();
      await errand.answerCut(reply, Math.min(at, reply.body.length - 1));
      return reply.body.length;
    } },
  { name: 'a reply is short and its length says so',
    treat: async (errand, at) => {
      const reply = await errand.ask();
      errand.answer({ ...reply, body: reply.body.subarray(0, Math.min(at, reply.body.length - 1)) });
      return reply.body.length;
    } },
  { name: 'a request ends after so many bytes',
    treat: async (errand, at, between) => {
      const length = await between.sendPart(errand, at);
      errand.cut();
      return length;
    } },
  { name: 'a byte of a reply is changed', mayPass: true,
    treat: async (errand, at) => {
      const reply = await errand.ask();
      errand.answer({ ...reply, body: flipped(reply.body, Math.min(at, reply.body.length - 1)) });
      return reply.body.length;
    } },
];

class Sweep {
  #trial;
  #length = null;
  #met = 0;
  acts = [];

  constructor(trial, { name, treat, mayPass = false }) {
    Object.assign(this, { name, treat, mayPass });
    this.#trial = trial;
  }

  async run() {
    const { between, link } = this.#trial.place;
    await this.#trial.isWell(this.name);
    let at = 0;
    between.treat = async (errand) => {
      const length = await this.treat(errand, at, between);
      this.#length ??= length;
      this.#met += 1;
    };
    await this.#actUntilMet();
    for (at of spread(this.#length)) await this.#actUntilMet();
    await this.#assertTruths();
    between.treat = this.#trial.passOn;
    link.cutAll();
    this.acts.push(await this.#trial.act());
    for (const act of [this.acts.at(-1), this.acts[0]]) await this.#trial.arrives(this.name, act);
    return { name: this.name, places: this.#met };
  }

  /// An act tries the link at once.
  async #actUntilMet() {
    const before = this.#met;
    this.acts.push(await this.#trial.act());
    await eventually(`${this.name}: the link is tried`, () => this.#met > before, { everyMs: 2 });
  }

  /// No receipt came through whole, so nothing is more than saved; where one may have, the centre has the act.
  async #assertTruths() {
    const { office, city } = this.#trial.place;
    const keys = new Set(this.acts.map((act) => act.key));
    const said = (await office.timeline(this.#trial.assignment)).filter((item) => item.list === 'act' && keys.has(keyOf(item)));
    assert.equal(said.length, this.acts.length);
    const held = new Set((await city.timeline(this.#trial.assignment)).filter((item) => item.list === 'act').map(keyOf));
    for (const item of said) {
      if (item.truth === 'saved') continue;
      assert.ok(this.mayPass && held.has(keyOf(item)), `${this.name}: ${keyOf(item)} is said to be ${item.truth}`);
    }
  }
}

/// Returns a line for each that is printed.
export async function runSweeps(trial) {
  const lines = [];
  for (const sweep of sweeps) lines.push(await new Sweep(trial, sweep).run());
  return lines;
}
