// A city for measuring: a centre, one office enrolled with it, `count` assignments that came to the office by a real
// exchange. Made once for each number, schema and generator, and kept in the build folder.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import { must, mustBeside } from '../../e2e/support/program.mjs';
import { madeAssignments, mapping, unitCode, writeCases } from '../work_w/cases_csv.mjs';
import { note } from './figures.mjs';
import { Page } from './page.mjs';
import { Served } from './served.mjs';
import { out, root } from './settings.mjs';

export const password = '测量用的长密码一二三';
/// A supervisor: a clerk does not see what is confidential, and W has some of every category.
export const staff = '王芳';
export const operator = '赵敏';

/// A larger city's centre has done its work when the office holds all, and takes gigabytes.
const centreKeptMost = 100_000;

const addUser = (program, dir, name, role) =>
  JSON.parse(must(program, ['user', 'add', '--dir', dir, '--name', name, '--role', role, '--json'])).password;

export class BenchCity {
  constructor(dir, host = '127.0.0.1') {
    this.dir = dir;
    this.host = host;
    this.centreDir = path.join(dir, 'centre');
    this.officeDir = path.join(dir, 'office');
    this.syncPort = 0;
  }

  /// The centre with its cases. `assignments`: made ones; each becomes an open case given to the one unit.
  async init(assignments) {
    fs.mkdirSync(this.dir, { recursive: true });
    must('fieldnode-central', ['init', '--dir', this.centreDir, '--name', '测量市', '--host', this.host]);
    this.operatorOnce = addUser('fieldnode-central', this.centreDir, operator, 'operator');
    await this.importCases(assignments);
  }

  /// Further cases from another system; the centre must not run.
  async importCases(assignments) {
    const csv = path.join(this.dir, 'cases.csv');
    const map = path.join(this.dir, 'mapping.toml');
    writeCases(csv, assignments);
    fs.writeFileSync(map, mapping);
    await mustBeside('fieldnode-central', ['import', '--dir', this.centreDir, '--mapping', map, csv]);
    fs.rmSync(csv);
  }

  async startCentre(syncPort = this.syncPort) {
    const centre = await new Served('fieldnode-central', this.centreDir, [
      '--sync', `${this.host}:${syncPort}`, '--page', '127.0.0.1:0', '--reply-budget', '4194304',
      '--clock', 'watched',  // a machine that measures may have no time service
    ]).start();
    const port = Number(new URL(centre.ready.sync).port);
    this.syncPort ||= port;
    return centre;
  }

  /// The centre must be running. `through`: another port of this machine that leads to it.
  async enrol(through = this.syncPort) {
    const code = JSON.parse(must('fieldnode-central', ['enrol-code', '--dir', this.centreDir, '--unit', unitCode, '--json']));
    const centre = `https://${this.host}:${through}`;
    const asked = await mustBeside('fieldnode', ['enrol', '--dir', this.officeDir, '--centre', centre, '--code', code.code, '--json']);
    const { fingerprint } = JSON.parse(asked);
    must('fieldnode-central', ['node', 'confirm', '--dir', this.centreDir, '--fingerprint', fingerprint]);
    this.staffOnce = addUser('fieldnode', this.officeDir, staff, 'supervisor');
  }

  startOffice(args = [], within = []) {
    return new Served('fieldnode', this.officeDir, ['--page', '127.0.0.1:0', ...args], within).start();
  }

  async signedInStaff(office) {
    const page = await new Page(office.ready.page).signIn(staff, password, this.staffOnce);
    this.staffOnce = undefined;
    return page;
  }

  async signedInOperator(centre) {
    const page = await new Page(centre.ready.page).signIn(operator, password, this.operatorOnce);
    this.operatorOnce = undefined;
    return page;
  }
}

/// Exchanges until the office holds `count` open assignments and nothing waits.
export async function converge(office, count) {
  const end = performance.now() + 3_600_000;
  while (performance.now() < end) {
    await office.control('POST', 'sync').catch(() => {}); // it may take longer than the command waits
    const status = await office.control('GET', 'status');
    if (status.assignments.open >= count && status.undelivered.count === 0) return;
  }
  throw new Error(`the office does not come to ${count} assignments`);
}

/// Names the cached city: what makes its files what they are.
function recipe(count) {
  const hash = crypto.createHash('sha256').update(String(count));
  for (const folder of ['schema/migrations/lists', 'schema/migrations/office', 'schema/migrations/central', 'schema/migrations/web', 'tests/bench/work_w']) {
    for (const file of fs.readdirSync(path.join(root, folder)).sort()) {
      hash.update(fs.readFileSync(path.join(root, folder, file)));
    }
  }
  return hash.digest('hex').slice(0, 12);
}

async function seed(dir, count) {
  const city = new BenchCity(dir);
  const began = performance.now();
  const seconds = () => ((performance.now() - began) / 1000).toFixed(0);
  await city.init(madeAssignments(count));
  note(`${count} cases imported and dispatched after ${seconds()} s`);
  const centre = await city.startCentre();
  await city.enrol();
  const office = await city.startOffice(['--reply-budget', '4194304']);
  await converge(office, count);
  note(`${count} assignments at the office after ${seconds()} s`);
  (await city.signedInStaff(office)).close();
  (await city.signedInOperator(centre)).close();
  await office.stop();
  await centre.stop();
  if (count > centreKeptMost) fs.rmSync(city.centreDir, { recursive: true });
  return Number(seconds());
}

/// Those of another schema or generator, and what was left half done.
function forget(count) {
  const all = path.join(out, 'seeded');
  if (!fs.existsSync(all)) return;
  for (const name of fs.readdirSync(all)) {
    if (name.startsWith(`${count}-`)) fs.rmSync(path.join(all, name), { recursive: true });
  }
}

/// The city with `count` open assignments at its office; users are known by `password`. What measures must leave the
/// assignments as they are, or work on a copy.
export async function seededCity(count) {
  const dir = path.join(out, 'seeded', `${count}-${recipe(count)}`);
  if (!fs.existsSync(dir)) {
    const making = `${dir}.making`;
    forget(count);
    note(`seeding ${count} assignments into ${path.relative(root, dir)}`);
    const seconds = await seed(making, count);
    fs.writeFileSync(path.join(making, 'seconds'), String(seconds));
    fs.renameSync(making, dir);
  }
  return Object.assign(new BenchCity(dir), { seedSeconds: Number(fs.readFileSync(path.join(dir, 'seconds'), 'utf8')) });
}

/// Another city of the same content, to be changed; `remove` it afterwards.
export function copied(city, dir) {
  fs.rmSync(dir, { recursive: true, force: true });
  fs.cpSync(city.dir, dir, { recursive: true, filter: (file) => !file.endsWith('.sock') });
  return Object.assign(new BenchCity(dir, city.host), { syncPort: city.syncPort });
}
