// Lines so bad that they hardly are any: 100 bytes a second, and 30 % of the packets lost at 2 s of round trip. What an
// office did offline arrives, once, and a link that moves is not given up. Packets are delayed, lost and paced between
// network namespaces (tests/bench/programs/link.cpp); each line has a copy of this script in a network of its own.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { BenchCity, converge } from '../bench/support/bench_city.mjs';
import { centreAddress, Link, ownNetwork, prepareNetwork } from '../bench/support/link.mjs';
import { stopAll } from '../bench/support/served.mjs';
import { madeAssignments, unitCode } from '../bench/work_w/cases_csv.mjs';
import { reckonStates } from './outage/reckoning.mjs';
import { eventually } from './support/program.mjs';
import { seedOfRun } from './support/dice.mjs';

const lines = ['drip', 'lossy'];
const assignments = 5;
const acts = 10;
const arrivesWithinSeconds = 300;

/// Acts that are done while no centre is there. Returns their keys.
async function workOffline(city) {
  const office = await city.startOffice();
  const page = await city.signedInStaff(office);
  const ids = (await page.get('/api/assignments?view=all')).items.map((item) => item.id);
  const keys = [];
  for (let n = 0; n < acts; n += 1) {
    const form = { act_id: crypto.randomUUID(), kind: 'note', note: `值班记录 ${n}` };
    const { act } = await page.post(`/api/assignments/${ids[n % ids.length]}/acts`, form);
    keys.push(act.seq);
  }
  page.close();
  await office.stop();
  return keys;
}

/// Everything is delivered by itself; nobody nudges.
async function returnOver(city, profile, seed) {
  const link = await new Link().open(profile, seed);
  const centre = await city.startCentre();
  const began = performance.now();
  try {
    link.up();
    const office = await city.startOffice([], link.behind);
    await eventually(`everything has arrived over ${profile}`,
      async () => (await office.control('GET', 'status')).undelivered.count === 0, { seconds: arrivesWithinSeconds, everyMs: 500 });
    const seconds = Number(((performance.now() - began) / 1000).toFixed(1));
    const { link: state } = await office.control('GET', 'status');
    const { up, down } = await link.counts();
    await office.stop();
    return { seconds, exchanges: state.exchanges, up, down };
  } finally {
    await centre.stop();
    await link.close();
  }
}

async function live(profile) {
  const seed = seedOfRun(1);
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), `fieldnode-${profile}-`));
  try {
    prepareNetwork();
    const city = new BenchCity(dir, centreAddress);
    await city.init(madeAssignments(assignments));
    const centre = await city.startCentre();
    await city.enrol();
    const office = await city.startOffice();
    await converge(office, assignments);
    await office.stop();
    await centre.stop();
    const keys = await workOffline(city);
    assert.equal(new Set(keys).size, acts);
    const report = await returnOver(city, profile, seed);
    reckonStates({ centreDir: city.centreDir }, [{ dir: city.officeDir, code: unitCode }]);
    if (profile === 'lossy') assert.ok(report.up.lost + report.down.lost > 0, 'the line lost nothing');
    console.log(JSON.stringify({ line: profile, acts, ...report }));
  } finally {
    await stopAll();
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

function inOwnNetwork(way, profile) {
  const [program, ...flags] = way;
  const copy = spawn(program, [...flags, process.execPath, fileURLToPath(import.meta.url), profile], { stdio: 'inherit' });
  return new Promise((resolve) => copy.on('exit', resolve));
}

async function all() {
  const way = ownNetwork();
  if (!way) {
    console.log('skipped: a network namespace of its own needs root and /dev/net/tun');
    return 77;
  }
  const codes = await Promise.all(lines.map((profile) => inOwnNetwork(way, profile)));
  assert.deepEqual(codes, lines.map(() => 0));
  console.log('ok: thin lines');
  return 0;
}

const [, , profile] = process.argv;
if (profile) await live(profile);
else process.exitCode = await all();
