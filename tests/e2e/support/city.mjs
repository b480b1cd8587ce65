// A whole city under the test's hand: the centre, offices, and a link to each that can be cut.
import crypto from 'node:crypto';
import path from 'node:path';

import { CutLink } from './cut_link.mjs';
import { Daemon, Visitor, beside, must, mustBeside } from './program.mjs';

export const password = '测试用的长密码一二三';

/// What `user add --json` prints holds the one-time password.
function addUser(program, dir, name, role) {
  return JSON.parse(must(program, ['user', 'add', '--dir', dir, '--name', name, '--role', role, '--json'])).password;
}

/// Signs in at a running program's page; a one-time password is changed for that of the test first.
function signedIn(daemon, name, oneTime) {
  return new Visitor(daemon.ready.page).signIn(name, oneTime ?? password, password);
}

class Office {
  #exchangesBefore = 0;
  #exchangesNow = 0;
  #nudges = new Set();
  #pagePort = 0;
  kills = 0;

  constructor(city, code, folder = `office-${code}`) {
    this.city = city;
    this.code = code;
    this.dir = path.join(city.dir, folder);
  }

  /// `prepare` is given the data directory before anything is in it.
  async enrol({ secondUser, prepare, confirm = true } = {}) {
    prepare?.(this.dir);
    this.link = await new CutLink(this.city.syncPort).listen();
    const code = JSON.parse(
      must('fieldnode-central', ['enrol-code', '--dir', this.city.centreDir, '--unit', this.code, '--json']),
    ).code;
    const centre = `https://127.0.0.1:${this.link.port}`;
    const asked = await mustBeside('fieldnode', ['enrol', '--dir', this.dir, '--centre', centre, '--code', code, '--json']);
    ({ fingerprint: this.fingerprint, recovery_key: this.recoveryKey } = JSON.parse(asked));
    if (confirm) this.city.confirm(this.fingerprint);
    // A supervisor is shown the confidential ones, too.
    this.oneTime = addUser('fieldnode', this.dir, '王芳', 'supervisor');
    if (secondUser) this.secondLogin = addUser('fieldnode', this.dir, secondUser, 'clerk');
    await this.start();
    return this;
  }

  async start(options = []) {
    await Promise.all(this.#nudges);  // a command that found the program killed holds its database for a moment
    const page = `127.0.0.1:${this.#pagePort}`;
    this.daemon = new Daemon('fieldnode', ['serve', '--dir', this.dir, '--page', page, ...options]);
    await this.daemon.start();
    this.#pagePort = Number(new URL(this.daemon.ready.page).port);  // an open page finds it again after a restart
    this.visitor = await signedIn(this.daemon, '王芳', this.oneTime);
    this.oneTime = null;
    this.#exchangesBefore += this.#exchangesNow;
    this.#exchangesNow = 0;
  }

  /// A session ends when nobody used it for a while.
  async signInAgain() {
    this.visitor = await signedIn(this.daemon, '王芳');
  }

  /// Asks the centre now, and returns when that exchange is over, however it ended.
  sync() {
    return beside('fieldnode', ['sync', '--dir', this.dir]);
  }

  /// A further clerk, in a session of their own.
  visit(name) {
    return signedIn(this.daemon, name, addUser('fieldnode', this.dir, name, 'clerk'));
  }

  /// Exchanges that succeeded, over all runs of the program. A kill takes the count with it, so it is asked for before.
  async exchanges() {
    this.#exchangesNow = (await this.visitor.get('/api/status')).link.exchanges;
    return this.#exchangesBefore + this.#exchangesNow;
  }

  /// The kill strikes when `meanwhile` is over.
  async killAndRestart(options = [], meanwhile = async () => {}) {
    await this.exchanges();
    await meanwhile();
    await this.kill();
    await this.start(options);
  }

  async kill() {
    this.kills += 1;
    await this.daemon.kill();
  }

  /// Asks the centre now instead of after the pause that follows a broken exchange; whether it answers is not waited for.
  nudge() {
    const nudge = beside('fieldnode', ['sync', '--dir', this.dir]);
    this.#nudges.add(nudge);
    nudge.finally(() => this.#nudges.delete(nudge));
  }

  async assignments() {
    return (await this.visitor.all('/api/assignments?view=all')).map((row) => row.id);
  }

  async restart(options = []) {
    await this.stop();
    await this.start(options);
  }

  async stop() {
    await this.exchanges();
    await this.daemon.stop();
  }

  async timeline(id) {
    return (await this.visitor.get(`/api/assignments/${id}`)).assignment.timeline;
  }

  async lastAct(id) {
    return (await this.timeline(id)).filter((item) => item.list === 'act').at(-1);
  }
}

export class City {
  #offices = [];
  #pagePort = 0;
  kills = 0;

  constructor(dir) {
    this.dir = dir;
    this.centreDir = path.join(dir, 'centre');
    this.syncPort = 0;
  }

  async init() {
    const made = must('fieldnode-central', ['init', '--dir', this.centreDir, '--name', '测试市', '--json']);
    this.recoveryKey = JSON.parse(made).recovery_key;
    this.oneTime = addUser('fieldnode-central', this.centreDir, '赵敏', 'operator');
  }

  import(file, mapping, options = []) {
    return must('fieldnode-central', ['import', '--dir', this.centreDir, '--mapping', mapping, ...options, file]);
  }

  /// `env`: set for the centre besides that of the test.
  async startCentre(env, { clock = 'watched' } = {}) {
    // A machine that tests may have no time service, and the clock that some of them set answers to nobody else.
    const listen = ['--sync', `127.0.0.1:${this.syncPort}`, '--page', `127.0.0.1:${this.#pagePort}`, '--clock', clock];
    this.centre = await new Daemon('fieldnode-central', ['serve', '--dir', this.centreDir, ...listen], env).start();
    this.syncPort = Number(new URL(this.centre.ready.sync).port);
    this.#pagePort = Number(new URL(this.centre.ready.page).port);
    this.visitor = await signedIn(this.centre, '赵敏', this.oneTime);
    this.oneTime = null;
  }

  /// A session ends when nobody used it for a while.
  async signInAgain() {
    this.visitor = await signedIn(this.centre, '赵敏');
  }

  /// A further operator, in a session of their own.
  visit(name, role = 'operator') {
    return signedIn(this.centre, name, addUser('fieldnode-central', this.centreDir, name, role));
  }

  async killCentre() {
    this.kills += 1;
    await this.centre.kill();
  }

  addUnit(code, name) {
    must('fieldnode-central', ['unit', 'add', '--dir', this.centreDir, '--code', code, '--name', name]);
  }

  /// What a person does who has heard the office read its fingerprint out.
  confirm(fingerprint) {
    must('fieldnode-central', ['node', 'confirm', '--dir', this.centreDir, '--fingerprint', fingerprint]);
  }

  /// `folder`: of a further machine of the same unit.
  async office(code, { folder, ...options } = {}) {
    const office = await new Office(this, code, folder).enrol(options);
    this.#offices.push(office);
    return office;
  }

  async largestUnits(count) {
    const { units } = await this.visitor.get('/api/units');
    return units.sort((x, y) => y.assignments - x.assignments).slice(0, count).map((unit) => unit.code);
  }

  async assignmentsOf(code) {
    return (await this.visitor.all(`/api/assignments?unit=${encodeURIComponent(code)}`)).map((row) => row.id);
  }

  async timeline(id) {
    return (await this.visitor.get(`/api/assignments/${id}`)).assignment.timeline;
  }

  async #post(url, form) {
    const answer = await this.visitor.post(url, { request_id: crypto.randomUUID(), ...form });
    if (answer.status !== 201) throw new Error(`${url}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  decide(assignment, form) {
    return this.#post(`/api/assignments/${assignment}/decisions`, form);
  }

  /// A case that no unit has yet. `more`: further fields, such as limits of its own.
  async takeIn(title, more = {}) {
    const made = await this.#post('/api/cases', { title, category: 'A2', kind: 'complaint', ...more });
    return made.case;
  }

  async dispatchNew(unit, number, more = {}) {
    const made = await this.takeIn(`新增诉求 ${number}`, {
      text: `市民来电反映第 ${number} 处路灯不亮,夜间出行不便。`,
      place: `幸福路 ${number} 号`,
      contact: { name: '张三', telephone: '13900000000', address: `幸福路 ${number} 号` },
      ...more,
    });
    return this.dispatch(made.id, unit);
  }

  dispatch(caseId, unit) {
    return this.#post(`/api/cases/${caseId}/dispatch`, { unit });
  }

  logs() {
    const tail = (daemon) => daemon?.log.split('\n').slice(-30).join('\n') ?? '';
    return [tail(this.centre), ...this.#offices.map((office) => tail(office.daemon))].join('\n----\n');
  }

  async stopAll() {
    for (const office of this.#offices) {
      await office.daemon?.stop().catch(() => {});
      await office.link?.close().catch(() => {});
    }
    await this.centre?.stop().catch(() => {});
  }
}
