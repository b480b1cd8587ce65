// The office and its centre, day by day: what can happen in this story, and how it is done to the real programs.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';

import { actForms } from '../support/act_forms.mjs';
import { beside, eventually } from '../support/program.mjs';
import { assertRefused } from '../support/refusals.mjs';

const idle = 9 * 60_000;  // sessions lock after ten minutes
const quietMs = 150;

const formOf = {
  acknowledge: actForms.acknowledgement,
  contact: actForms.contact,
  return: actForms.return_application,
  resolve: actForms.resolution,
};

const keyOf = ({ order, clock }) => `${order} ${clock}`;

export class Days {
  #ids = new Map();
  #used = new Map();
  #isLinked = true;
  #acts = 0;
  #call = null;
  /// What the office said of a limit right after the act that met it, by 'order clock'.
  atOnce = new Map();

  constructor({ city, office, clocks, machine }) {
    Object.assign(this, { city, office, clocks, machine });
  }

  idOf(order) {
    return this.#ids.get(order);
  }

  /// True time goes on. No exchange may be under way, its reply would seem to have taken as long; and none goes through
  /// before something has happened then: what an act knows of the time is what the exchange before has taught.
  async moveTo(moment) {
    if (this.#isLinked) await this.#rest();
    this.office.link.hold();
    this.clocks.set(moment);
  }

  /// Until nothing has passed over the link for a while: the office's poll is parked.
  async #rest() {
    this.office.link.release();
    const passed = () => this.office.link.counters.upBytes + this.office.link.counters.downBytes;
    let before = -1;
    await eventually('the link rests', () => before === (before = passed()), { everyMs: quietMs });
  }

  async #signedIn(place) {
    const last = this.#used.get(place) ?? -Infinity;
    if (this.clocks.now - last > idle) await place.signInAgain();
    this.#used.set(place, this.clocks.now);
    return place.visitor;
  }

  clerk() {
    return this.#signedIn(this.office);
  }

  operator() {
    return this.#signedIn(this.city);
  }

  /// `clocks`: of the order's assignment as `place` shows them, by kind.
  async clocksAt(place, order) {
    const visitor = await this.#signedIn(place);
    const { assignment } = await visitor.get(`/api/assignments/${this.idOf(order)}`);
    return new Map(assignment.clocks.map((clock) => [clock.clock, clock]));
  }

  /// The clocks of every order that `place` holds, by 'order clock'.
  async allClocksAt(place) {
    await this.#signedIn(place);
    const held = new Set(await (place === this.city ? this.city.assignmentsOf('XF') : this.office.assignments()));
    const all = new Map();
    for (const [order, id] of this.#ids) {
      if (!held.has(id)) continue;
      for (const [kind, clock] of await this.clocksAt(place, order)) all.set(keyOf({ order, clock: kind }), clock);
    }
    return all;
  }

  async dispatch({ name, title, more }) {
    await this.operator();
    const taken = await this.city.takeIn(title, { text: `市民反映:${title}。`, place: '幸福路', ...more });
    const made = await this.city.dispatch(taken.id, 'XF');
    this.#ids.set(name, made.assignment.id);
    if (this.#isLinked) await this.exchange();
  }

  /// Returns when the office holds what the centre has.
  async exchange() {
    this.office.link.release();
    const { code, said } = await this.office.sync();
    assert.equal(code, 0, said);
    await this.#rest();
  }

  async perform({ order, clock, at_once: stated }) {
    const visitor = await this.clerk();
    this.#acts += 1;
    const answer = await visitor.post(`/api/assignments/${this.idOf(order)}/acts`, formOf[clock](this.#acts));
    if (stated === 'refused') {
      assertRefused(answer, { status: 409, code: 'application_late', says: ['after its limit'] });
      return;
    }
    assert.equal(answer.status, 201, `${order}, ${clock}: ${JSON.stringify(answer.body)}`);
    if (this.#isLinked) await this.#inForce(order, answer.body.act);
    this.atOnce.set(keyOf({ order, clock }), (await this.clocksAt(this.office, order)).get(clock));
  }

  async #inForce(order, act) {
    this.office.link.release();
    const line = async () => (await this.office.timeline(this.idOf(order))).find((item) => item.seq === act.seq && item.list === 'act');
    await eventually(`${order} is judged`, async () => (await line())?.truth === 'in_force');
    await this.#rest();
  }

  cutCable() {
    this.#isLinked = false;
    this.office.link.release();
    this.office.link.set('refuse');
  }

  async mendCable() {
    this.office.link.set('pass');
    this.#isLinked = true;
    await this.exchange();
  }

  /// The last thing on disk before the power goes is a note, so that it is known how far the clock's floor had come.
  async cutPower() {
    const visitor = await this.clerk();
    const note = await visitor.post(`/api/assignments/${this.idOf('lamp')}/acts`, actForms.note(this.#acts));
    assert.equal(note.status, 201, JSON.stringify(note.body));
    await this.office.kill();
  }

  /// `wall`: what the real-time clock says; nothing: it has gone on.
  async restorePower(wall) {
    this.machine.powerOn(wall);
    await this.office.start();
    this.#used.set(this.office, this.clocks.now);
  }

  /// The operator draws a challenge and reads it out; the office answers with the code of its journal.
  async sayCode() {
    const challenge = await this.#tell('phone-challenges', {});
    const shown = await this.#officePhone('--challenge', challenge.digits);
    this.#call = { challenge: challenge.challenge, code: shown.call.code };
  }

  async takeCode() {
    this.#call.answer = (await this.#tell('phone-receipts', this.#call)).answer;
  }

  async typeAnswer() {
    const { call } = await this.#officePhone('--answer', this.#call.answer);
    assert.equal(Date.parse(call.minute), this.clocks.now - 2 * 60_000, 'the minute in which the centre took the code');
  }

  async #tell(door, fields) {
    const visitor = await this.operator();
    const { units } = await visitor.get('/api/units');
    const unit = units.find(({ code }) => code === this.office.code);
    const told = await visitor.post(`/api/units/${unit.id}/${door}`, { request_id: crypto.randomUUID(), ...fields });
    assert.equal(told.status, 201, JSON.stringify(told.body));
    return told.body;
  }

  async #officePhone(...step) {
    const { code, said } = await beside('fieldnode', ['phone-receipt', '--dir', this.office.dir, ...step, '--json']);
    assert.equal(code, 0, said);
    return JSON.parse(said);
  }

  async grantReturn(order) {
    await this.operator();
    await this.city.decide(this.idOf(order), { kind: 'return_decision', granted: true, reason: '改派他单位' });
    await this.exchange();
  }
}
