// P6: durable acts per second through the office's API, beside raw commits of rows of the same size at the same
// settings of SQLite. The office is offline, as when it matters.
import fs from 'node:fs';
import path from 'node:path';

import { copied, password, seededCity, staff } from '../support/bench_city.mjs';
import { Page } from '../support/page.mjs';
import { commitsSoFar, cpuSeconds } from '../support/process_facts.mjs';
import { choose, rounds } from '../support/settings.mjs';
import { tempDir } from '../support/temp_dir.mjs';
import { measured } from '../support/tools.mjs';
import { actForm } from '../work_w/forms.mjs';
import { madeWork } from '../work_w/made_work.mjs';

const scales = { 1: choose(1, 0.02), 32: choose(4, 0.1) }; // of W, for each number of clients
const floorSeconds = choose(1.5, 0.05);

/// The acts of W on assignments of this office, in the order of W. `ids`: as many as W has open ones.
function callsOn(ids, scale) {
  return madeWork(1, scale).acts.map((act) => `POST /api/assignments/${ids[act.index]}/acts\t${JSON.stringify({ ...actForm(act), act_id: crypto.randomUUID() })}`);
}

/// Bytes of one row of the journal, as the mean over what was just recorded.
const entryBytes = (work) => Math.round(work.reduce((sum, call) => sum + Buffer.byteLength(call), 0) / work.length);

class Acts {
  constructor(dir) {
    this.dir = dir;
    this.callsFile = path.join(dir, 'calls');
    this.visitorsFile = path.join(dir, 'visitors');
  }

  async open() {
    const needed = rounds * 500 * (scales[1] + scales[32]);
    const city = copied(await seededCity(Math.ceil(needed / 100) * 100), path.join(this.dir, 'city'));
    this.office = await city.startOffice();
    this.database = path.join(city.officeDir, 'node.db');
    const first = await new Page(this.office.ready.page).signIn(staff, password);
    this.ids = await first.assignmentIds('open');
    const visitors = [first.visitor];
    first.close();
    for (let i = 1; i < choose(32, 2); i += 1) {
      const page = await new Page(this.office.ready.page).signIn(staff, password);
      visitors.push(page.visitor);
      page.close();
    }
    fs.writeFileSync(this.visitorsFile, visitors.join('\n'));
  }

  /// Acts per second with so many clients, how many shared a commit, and the processor's time for one.
  async product(clients) {
    const calls = callsOn(this.ids.splice(0, Math.max(1, Math.round(500 * scales[clients]))), scales[clients]);
    fs.writeFileSync(this.callsFile, calls.join('\n'));
    const before = { commits: commitsSoFar(this.database), cpu: cpuSeconds(this.office.pid) };
    const port = new URL(this.office.ready.page).port;
    const load = await measured('bench_load', [port, clients, 201, this.visitorsFile, this.callsFile]);
    const commits = commitsSoFar(this.database) - before.commits;
    const cpuMs = ((cpuSeconds(this.office.pid) - before.cpu) * 1000) / load.calls;
    return { ...load, group: load.calls / commits, cpuMs, rowBytes: entryBytes(calls) };
  }

  async floor(rowBytes, group) {
    const file = path.join(this.dir, 'floor.db');
    for (const end of ['', '-wal', '-shm', '.lock']) fs.rmSync(file + end, { force: true });
    return measured('bench_sqlite', ['commits', file, rowBytes, Math.max(1, Math.round(group)), floorSeconds]);
  }
}

const of = (list, key) => list.map((one) => one[key]);

/// The floor groups as many acts in a commit as there are clients; `.as_grouped` is beside one that groups as many as
/// the product did.
async function measure(acts, figures, clients) {
  const products = [];
  const floors = [];
  const alike = [];
  for (let round = 0; round < rounds; round += 1) {
    floors.push(await acts.floor(products.at(-1)?.rowBytes ?? 1000, clients));
    products.push(await acts.product(clients));
    alike.push(await acts.floor(products.at(-1).rowBytes, products.at(-1).group));
  }
  const id = `P6.acts_${clients}_client${clients === 1 ? '' : 's'}`;
  figures.add(id, 'acts/s', of(products, 'per_second'), of(floors, 'acts_per_second'));
  figures.add(`${id}.as_grouped`, 'acts/s', of(products, 'per_second'), of(alike, 'acts_per_second'));
  figures.add(`${id}.p50`, 'ms', of(products, 'p50_us').map((us) => us / 1000));
  figures.add(`${id}.p99`, 'ms', of(products, 'p99_us').map((us) => us / 1000));
  figures.add(`${id}.acts_a_commit`, 'acts', of(products, 'group'));
  figures.add(`${id}.cpu_an_act`, 'ms', of(products, 'cpuMs'));
}

export async function run(figures) {
  const dir = tempDir('acts');
  const acts = new Acts(dir);
  await acts.open();
  await measure(acts, figures, 1);
  await measure(acts, figures, 32);
  await acts.office.stop();
}
