// Clerks and operators who go on working through every kill. All that they are answered goes into the book of promises.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';

import { actForms } from './act_forms.mjs';
import { Insistent } from './insistent.mjs';

const openMost = 12;  // assignments at work at once: few enough that people meet on them
const kinds = ['note', 'note', 'contact', 'contact', 'acknowledgement', 'extension_application', 'withdrawal'];

export class Load {
  #city;
  #office;
  #promises;
  #dice;
  #outlasts;
  #open = [];
  #applications = [];
  #pages = [];
  #stopping = false;
  #running = [];
  #deeds = 0;
  /// Every assignment of this round, in order.
  assignments = [];
  /// Those that the office has answered for: its page has them.
  worked = [];
  refusals = 0;

  /// `outlasts`: codes of refusals that pass by themselves.
  constructor({ city, office, promises, dice, outlasts = [] }) {
    this.#city = city;
    this.#office = office;
    this.#promises = promises;
    this.#dice = dice;
    this.#outlasts = outlasts;
  }

  get lostAnswers() {
    return this.#pages.reduce((sum, page) => sum + page.lostAnswers, 0);
  }

  get putOff() {
    return this.#pages.reduce((sum, page) => sum + page.putOff, 0);
  }

  /// Once the first assignments are there; they come while all is well.
  async start() {
    const operator = this.#page(this.#city.visitor);
    for (let n = 0; n < openMost; n += 1) await this.#dispatch(operator);
    this.#running = [
      this.#works((page) => this.#clerk(page), this.#office.visitor),
      this.#works((page) => this.#clerk(page), this.#office.visitor),
      this.#works((page) => this.#operator(page), this.#city.visitor),
    ];
  }

  /// Everything that was begun is answered then.
  async stop() {
    this.#stopping = true;
    await Promise.all(this.#running);
  }

  /// The test has failed; nobody waits for an answer any more.
  abandon() {
    this.#stopping = true;
    for (const page of this.#pages) page.giveUp();
    for (const one of this.#running) one.catch(() => {});
  }

  #page(visitor) {
    const page = new Insistent(visitor, this.#outlasts);
    this.#pages.push(page);
    return page;
  }

  async #works(deed, visitor) {
    const page = this.#page(visitor);
    while (!this.#stopping) {
      await deed(page);
      await new Promise((resolve) => setTimeout(resolve, this.#dice.below(25)));
    }
  }

  /// Null where it was refused, which is an answer, too. Nothing else is one: no kill makes a program fail.
  async #ask(page, place, url, form) {
    const answer = await page.post(url, form);
    if ([404, 409].includes(answer.status)) {
      assert.ok(answer.body.error.code, JSON.stringify(answer.body));
      this.refusals += 1;
      return null;
    }
    assert.ok([200, 201].includes(answer.status), `${url}: ${answer.status} ${JSON.stringify(answer.body)}`);
    this.#promises.note(place, url, form, answer.body);
    return answer.body;
  }

  async #clerk(page) {
    const kind = this.#dice.pick(kinds);
    const application = kind === 'withdrawal' ? this.#dice.pick(this.#applications) : null;
    if (kind === 'withdrawal' && !application) return;
    this.#deeds += 1;
    const assignment = application?.assignment ?? this.#dice.pick(this.#open);
    const form = actForms[kind](application ?? this.#deeds);
    const done = await this.#ask(page, 'office', `/api/assignments/${assignment}/acts`, form);
    if (!done) return;
    if (!this.worked.includes(assignment)) this.worked.push(assignment);
    if (kind === 'extension_application') {
      this.#applications.push({ assignment, epoch: done.act.epoch, seq: done.act.seq });
    }
  }

  #operator(page) {
    const deed = this.#dice.below(8);
    if (deed === 0) return this.#takeBack(page);
    if (deed < 3 || this.#applications.length === 0) return this.#dispatch(page);
    return this.#decide(page, this.#applications.shift());
  }

  #decision(page, assignment, form) {
    const url = `/api/assignments/${assignment}/decisions`;
    return this.#ask(page, 'centre', url, { request_id: crypto.randomUUID(), ...form });
  }

  /// Its unit may not have delivered the application yet, or have withdrawn it: refused.
  async #decide(page, { assignment, ...application }) {
    const granted = this.#dice.oneIn(2);
    await this.#decision(page, assignment, { kind: 'extension_decision', application, granted, ...(granted ? { days: 3 } : {}) });
  }

  async #takeBack(page) {
    if (this.#open.length <= openMost / 2) return;
    const assignment = this.#open.splice(this.#dice.below(this.#open.length), 1)[0];
    await this.#decision(page, assignment, { kind: 'take_back', reason: '改派' });
  }

  async #dispatch(page) {
    this.#deeds += 1;
    const id = () => ({ request_id: crypto.randomUUID() });
    const form = { ...id(), title: `诉求 ${this.#deeds}`, category: 'A2', kind: 'complaint', place: `幸福路 ${this.#deeds} 号` };
    const taken = await this.#ask(page, 'centre', '/api/cases', form);
    const made = await this.#ask(page, 'centre', `/api/cases/${taken.case.id}/dispatch`, { ...id(), unit: this.#office.code });
    this.assignments.push(made.assignment.id);
    this.#open.push(made.assignment.id);
    if (this.#open.length > openMost) this.#open.shift();
  }
}

