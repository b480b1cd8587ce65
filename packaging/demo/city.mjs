// The running demo city as the script meets it: its pages, its own staff there, and where each order is.
import fs from 'node:fs';
import path from 'node:path';

import { Visitor } from './visitor.mjs';

const calls = JSON.parse(fs.readFileSync(new URL('calls.json', import.meta.url), 'utf8'));

/// The code of the unit at each place.
const offices = { 'office-1': 'BH', 'office-2': 'QS' };

const secondsMax = 60;

async function eventually(what, probe) {
  const end = Date.now() + secondsMax * 1000;
  while (!(await probe())) {
    if (Date.now() > end) throw new Error(`${what} did not happen within ${secondsMax} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/// The script's accounts, as demo-city wrote them down: place, name, role, one-time password.
function readStaff(dir) {
  const lines = fs.readFileSync(path.join(dir, 'staff.txt'), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [place, name, role, password] = line.split(/\s+/);
    return { place, name, role, password };
  });
}

/// Cookies of sessions that are still open, by place and name: signing in costs a machine a good part of a second.
class Sessions {
  #file;
  #cookies = {};

  constructor(dir) {
    this.#file = path.join(dir, 'sessions.json');
    if (fs.existsSync(this.#file)) this.#cookies = JSON.parse(fs.readFileSync(this.#file, 'utf8'));
  }

  async enter(page, { place, name, password }) {
    const key = `${place} ${name}`;
    const visitor = await Visitor.enter(page, name, password, this.#cookies[key]);
    this.#cookies[key] = visitor.cookie;
    return visitor;
  }

  keep() {
    fs.writeFileSync(this.#file, JSON.stringify(this.#cookies), { mode: 0o600 });
  }

  forget() {
    fs.rmSync(this.#file, { force: true });
  }
}

/// The staff of one place, signed in.
class Team {
  constructor(place, people) {
    this.place = place;
    this.people = people;
  }

  withRole(role) {
    return this.people.filter((one) => one.staff.role === role);
  }

  get supervisor() {
    return this.withRole('supervisor')[0];
  }
}

/// An office: who works there, and its assignments by the number of their case.
export class Office extends Team {
  assignments = new Map();

  /// Reads what the office holds until it holds `numbers`. A case that was handled again has two: the first counts.
  async hold(numbers) {
    await eventually(`${this.place} gets its assignments`, async () => {
      const rows = await this.supervisor.all('/api/assignments?view=all');
      rows.sort((a, b) => Number(BigInt(b.id) - BigInt(a.id)));
      this.assignments = new Map(rows.map((row) => [row.number, row]));
      return numbers.every((number) => this.assignments.has(number));
    });
  }

  delivered() {
    return eventually(`${this.place} delivers what it has recorded (is its cable plugged?)`, async () => {
      const { undelivered } = await this.supervisor.get('/api/status');
      return undelivered.count === 0;
    });
  }
}

export class City {
  calls = calls;
  offices = {};

  /// `pages`: the address of the page by place, such as {central, 'office-1', 'office-2'}.
  static async enter(dir, pages) {
    const city = new City();
    city.sessions = new Sessions(dir);
    const staff = readStaff(dir);
    const enter = (row) => city.sessions.enter(pages[row.place], row);
    const teamOf = (place) => Promise.all(staff.filter((row) => row.place === place).map(enter));
    const [central, ...others] = await Promise.all(['central', ...Object.keys(offices)].map(teamOf));
    city.sessions.keep();
    city.centre = new Team('central', central);
    city.operator = city.centre.withRole('operator')[0];
    Object.entries(offices).forEach(([place, code], index) => (city.offices[code] = new Office(place, others[index])));
    await city.readCases();
    return city;
  }

  /// By the number of the order in cases.csv, or by the key in calls.json.
  async readCases() {
    const keys = new Map(calls.map((call) => [call.title, call.key]));
    const cases = await this.operator.all('/api/cases');
    this.cases = new Map(cases.map((one) => [one.source?.external_id ?? keys.get(one.title), one]));
  }

  case(order) {
    const found = this.cases.get(order);
    if (!found) throw new Error(`the centre has no case ${order}; was cases.csv imported?`);
    return found;
  }

  /// The assignment of the case's first dispatch.
  async assignmentOf(order) {
    const { assignments } = (await this.operator.get(`/api/cases/${this.case(order).id}`)).case;
    return assignments.map((row) => row.id).sort((a, b) => Number(BigInt(a) - BigInt(b)))[0];
  }

  async leave() {
    for (const team of [this.centre, ...Object.values(this.offices)]) {
      for (const one of team.people) await one.leave();
    }
    this.sessions.forget();
  }
}
