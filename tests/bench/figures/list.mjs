// P7: the first 50 assignments by deadline through the API, and the start with many.
import fs from 'node:fs';
import path from 'node:path';

import { password, seededCity, staff } from '../support/bench_city.mjs';
import { Page } from '../support/page.mjs';
import { residentMib } from '../support/process_facts.mjs';
import { choose, rounds } from '../support/settings.mjs';
import { tempDir } from '../support/temp_dir.mjs';
import { measured } from '../support/tools.mjs';

const counts = choose([100_000, 1_000_000], [100]);
const calls = choose(300, 20);
const bandCalls = choose(50, 5);

/// Milliseconds from the program's start until its page answers.
async function startToPage(city) {
  const began = performance.now();
  const office = await city.startOffice();
  const page = new Page(office.ready.page);
  await page.must('GET', '/api/session').catch(() => {}); // 401: nobody is signed in, and the page has answered
  page.close();
  return { office, ms: performance.now() - began };
}

/// Calls `what` again and again, as one person.
async function called(office, dir, what, times) {
  const page = await new Page(office.ready.page).signIn(staff, password);
  page.close();
  const visitors = path.join(dir, 'visitors');
  const file = path.join(dir, 'calls');
  fs.writeFileSync(visitors, page.visitor);
  fs.writeFileSync(file, `GET ${what}\n`.repeat(times));
  return () => measured('bench_load', [page.port, 1, 200, visitors, file]);
}

const ms = (list, share) => list.map((one) => one[`${share}_us`] / 1000);

async function lists(figures, office, database, dir, count) {
  const call = await called(office, dir, '/api/assignments?view=open', calls);
  const products = [];
  const floors = [];
  for (let round = 0; round < rounds; round += 1) {
    floors.push(await measured('bench_sqlite', ['list', database, calls]));
    products.push(await call());
  }
  for (const share of ['p50', 'p99']) figures.add(`P7.first_50.${count}.${share}`, 'ms', ms(products, share), ms(floors, share));
}

/// The band on every page. It counts over all assignments.
async function band(figures, office, dir, count) {
  const call = await called(office, dir, '/api/status', bandCalls);
  const products = [];
  for (let round = 0; round < rounds; round += 1) products.push(await call());
  figures.add(`P7.status.${count}.p50`, 'ms', ms(products, 'p50'));
}

export async function run(figures) {
  const dir = tempDir('list');
  for (const count of counts) {
    const city = await seededCity(count);
    figures.one(`seeding.${count}`, 's', city.seedSeconds);
    const starts = [];
    for (let round = 0; round < rounds; round += 1) {
      const { office, ms } = await startToPage(city);
      starts.push(ms);
      await office.stop();
    }
    figures.add(`P7.start.${count}`, 'ms', starts);
    const { office } = await startToPage(city);
    await lists(figures, office, path.join(city.officeDir, 'node.db'), dir, count);
    await band(figures, office, dir, count);
    figures.one(`P8.resident_office.${count}`, 'MiB', residentMib(office.pid));
    await office.stop();
  }
}
