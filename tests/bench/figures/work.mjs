// P1, P2: work W of an office, over loopback and over thin lines. The floor is the least that must travel (packed,
// compressed as one batch with a dictionary) over TLS, both directions at once, over the same line in the same run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Figures } from '../support/figures.mjs';
import { Link, centreAddress, ownNetwork, prepareNetwork } from '../support/link.mjs';
import { prepareWork } from '../support/prepared_work.mjs';
import { choose, rounds } from '../support/settings.mjs';
import { tempDir } from '../support/temp_dir.mjs';
import { tlsFloor } from '../support/tls_floor.mjs';
import { workRound } from '../support/work_round.mjs';

const scale = choose(1, 0.02);
const profiles = choose(['lo', '3g', 'edge'], ['lo', '3g']);

const size = (file) => fs.statSync(file).size;
const of = (list, key) => list.map((one) => one[key]);

async function floorRound(prepared, link, host) {
  const pems = {
    cert: fs.readFileSync(path.join(prepared.city.centreDir, 'server.pem')),
    key: fs.readFileSync(path.join(prepared.city.centreDir, 'server.key')),
  };
  return tlsFloor({ pems, ...prepared.files, host, within: link?.behind ?? [], linkUp: () => link?.up() });
}

/// A line of its own for each round: nothing of one is in the queues of the next.
async function overLine(profile, seed, action) {
  if (profile === 'lo') return action(undefined);
  const link = await new Link().open(profile, seed);
  try {
    return await action(link);
  } finally {
    await link.close();
  }
}

async function measure(figures, prepared, dir, host, profile) {
  const products = [];
  const floors = [];
  for (let round = 0; round < rounds; round += 1) {
    floors.push(await overLine(profile, round, (link) => floorRound(prepared, link, host)));
    products.push(await overLine(profile, round, (link) => workRound(prepared, dir, link)));
  }
  figures.add(`P1.w.${profile}`, 's', of(products, 'seconds'), floors);
  figures.add(`P1.w.${profile}.exchanges`, 'requests', of(products, 'exchanges'));
  figures.add(`P1.w.${profile}.cpu_office`, 's', of(products, 'cpuOffice'));
  figures.add(`P1.w.${profile}.cpu_centre`, 's', of(products, 'cpuCentre'));
  if (profile === 'lo') return;
  for (const way of ['up', 'down']) {
    const bytes = products.map((one) => one.bytes[way].bytes / 1000);
    figures.add(`P2.w.${profile}.${way}`, 'kB', bytes, bytes.map(() => size(prepared.files[way]) / 1000));
  }
}

async function all(figures, host, wanted) {
  const dir = tempDir('work');
  const prepared = await prepareWork(dir, host, scale);
  figures.one('w.json.up', 'kB', prepared.json.up / 1000);
  figures.one('w.json.down', 'kB', prepared.json.down / 1000);
  figures.one('w.least.up', 'kB', size(prepared.files.up) / 1000);
  figures.one('w.least.down', 'kB', size(prepared.files.down) / 1000);
  for (const profile of wanted) await measure(figures, prepared, dir, host, profile);
}

/// Runs itself again in a network of its own where one can be had; without, over loopback alone.
export async function run(figures) {
  const network = ownNetwork();
  if (network) {
    const again = [...network, process.execPath, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
    const child = spawn(again[0], again.slice(1), { stdio: 'inherit' });
    process.on('exit', () => child.kill('SIGTERM'));
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error('the measurement in its own network failed');
    return 'written';
  }
  await all(figures, '127.0.0.1', ['lo']);
  for (const profile of profiles.slice(1)) figures.skipped(`P1.w.${profile}`, 'needs root');
  return undefined;
}

if (path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const figures = new Figures('work');
  prepareNetwork();
  await all(figures, centreAddress, profiles);
  figures.write();
}
