// One office under one fault after the other: what its page says, that acts stay, and that they arrive when it ends.
import assert from 'node:assert/strict';

import { ActBook, keyOf } from '../support/act_book.mjs';
import { actForms } from '../support/act_forms.mjs';
import { GoBetween, passOn } from '../support/go_between.mjs';
import { eventually } from '../support/program.mjs';
import { TruthWatch } from '../support/truth_watch.mjs';

const recoverySeconds = 30;  // what README promises, half-open connections included

export class Trial {
  #acts = 0;

  constructor(place) {
    this.place = place;
    this.book = new ActBook(place.office);
  }

  /// An office of `code` with one assignment, behind a link and a proxy that reads along.
  static async open({ city, code, portals, dice }) {
    const { id } = (await city.dispatchNew(code, 1)).assignment;
    const office = await city.office(code);
    const between = await new GoBetween({ city, office }).listen();
    office.link.leadTo(between.port);
    await eventually(`${code} holds its assignment`, async () => (await office.assignments()).length === 1);
    const trial = new Trial({ city, office, link: office.link, between, portals, dice });
    trial.assignment = id;
    trial.watch = new TruthWatch(office, [id]);
    return trial;
  }

  passOn = passOn;

  async act() {
    this.#acts += 1;
    return this.book.record(this.assignment, actForms.note(this.#acts));
  }

  async #item(act) {
    const item = (await this.place.office.timeline(this.assignment)).find((one) => one.list === 'act' && keyOf(one) === act.key);
    assert.ok(item, `${act.key} is gone`);
    return item;
  }

  /// Returns how long it took, in milliseconds.
  async arrives(what, act, seconds = recoverySeconds) {
    const began = performance.now();
    await eventually(`${what}: the act is in force`, async () => (await this.#item(act)).truth === 'in_force', { seconds });
    return Math.round(performance.now() - began);
  }

  async isWell(what) {
    await eventually(`${what}: the link is well`, async () => {
      const { link, undelivered } = await this.place.office.visitor.get('/api/status');
      return link.state === 'online' && link.last_error === null && link.alarm === null && undelivered.count === 0;
    }, { seconds: recoverySeconds });
  }

  async #isTold({ name, fails }) {
    const told = async () => {
      const { link } = await this.place.office.visitor.get('/api/status');
      if (!fails.codes.includes(link.last_error?.code)) throw new Error(JSON.stringify(link));
      return link.state === 'offline' && link.last_error;
    };
    const { code, sentence } = await eventually(`${name}: the page says so`, told);
    for (const words of fails.says) assert.ok(sentence.en.includes(words), `${name}: "${words}" is missing in: ${sentence.en}`);
    assert.match(sentence.zh, /[\u4e00-\u9fff]{4}/, name);
    return code;
  }

  /// Returns a line for the table that is printed.
  async run(fault) {
    const { name } = fault;
    await this.arrives(`before ${name}`, await this.act());  // both connections of the office are open
    const before = fault.meets?.(this.place) ?? 0;
    const end = await fault.begin(this.place);
    const act = await this.act();
    const met = () => (fault.meets ? fault.meets(this.place) - before : 1);
    await eventually(`${name} is met`, () => met() > 0, { seconds: recoverySeconds });
    const line = fault.fails ? await this.#endure(fault, act, end) : await this.#passThrough(fault, act, end);
    await this.isWell(name);
    return { name, ...line, met: met() };
  }

  /// Nothing comes through while the fault lasts, and nobody says it did.
  async #endure(fault, act, end) {
    const said = await this.#isTold(fault);
    await fault.meanwhile?.({ ...this.place, act });
    const second = await this.act();
    for (const one of [act, second]) assert.equal((await this.#item(one)).truth, 'saved', `${fault.name}: only saved`);
    await end();
    const third = await this.act();  // as a clerk's next act does it, which tries the link at once
    const recovered = await this.arrives(fault.name, third);
    await this.arrives(fault.name, act);
    return { said, recovered_ms: recovered };
  }

  /// All comes through though the fault lasts.
  async #passThrough(fault, act, end) {
    if (fault.again) await this.act();
    const recovered = await this.arrives(fault.name, act);
    await end();
    await this.arrives(fault.name, await this.act());
    return { said: null, recovered_ms: recovered };
  }

  /// Every act that was answered stands at both ends once, and nothing was called more than it was.
  async reckon() {
    await this.watch.stop();
    for (const end of [this.place.office, this.place.city]) {
      const held = (await end.timeline(this.assignment)).filter((item) => item.list === 'act').map(keyOf);
      assert.deepEqual(held.sort(), this.book.acts.map((act) => act.key).sort(), 'every act once, and no other');
    }
    for (const act of this.book.acts) await this.book.repeat(act);
  }

  async close() {
    await this.place.between.close();
  }
}
