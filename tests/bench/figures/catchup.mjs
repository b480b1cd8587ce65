// P10: an office comes back after thirty days to 6,000 entries over edge: when the 40 most urgent are on its page, and
// when all is in. The floor is what must travel (packed, as one batch with a dictionary) over TLS on the same line.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';

import { BenchCity, converge, copied, password, staff } from '../support/bench_city.mjs';
import { Figures } from '../support/figures.mjs';
import { Link, centreAddress, ownNetwork, prepareNetwork } from '../support/link.mjs';
import { choose, rounds, tools } from '../support/settings.mjs';
import { tempDir } from '../support/temp_dir.mjs';
import { tlsFloor } from '../support/tls_floor.mjs';
import { distinctAssignments } from '../work_w/cases_csv.mjs';
import { madeWork } from '../work_w/made_work.mjs';
import { packedActs, packedNews } from '../work_w/packed.mjs';

const before = choose(5, 1); // what the office knew when it went: fewer than are looked for, or they would be there at once
const entries = choose(6000, 60);
const urgent = choose(40, 5);
const profile = choose('edge', '3g');

const monotonic = () => Number(process.hrtime.bigint()) / 1e9;

/// The least that must travel, as a file.
function payload(dir, news) {
  const down = path.join(dir, 'down');
  const samples = path.join(dir, 'samples');
  fs.writeFileSync(down, packedNews(news, []));
  const others = Array.from({ length: choose(8, 2) }, (_, i) => madeWork(i + 2));
  fs.writeFileSync(samples, Buffer.concat(others.flatMap((other) => [packedActs(other.acts), packedNews(other.fresh, other.decisions)])));
  const done = spawnSync(path.join(tools, 'bench_pack'), [samples, down], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`bench_pack: ${done.error ?? done.stderr}`);
  const up = path.join(dir, 'up');
  fs.writeFileSync(up, 'a request');
  return { up, down: `${down}.dict.zst` };
}

async function prepare(dir) {
  const made = [...distinctAssignments(before + entries)];
  const city = new BenchCity(path.join(dir, 'away'), centreAddress);
  await city.init(made.slice(0, before));
  const centre = await city.startCentre();
  await city.enrol();
  const office = await city.startOffice();
  await converge(office, before);
  (await city.signedInStaff(office)).close();
  await office.stop();
  await centre.stop();
  await city.importCases(made.slice(before));
  return { city, files: payload(dir, made.slice(before)) };
}

/// Starts the eye at the page; `seen` fills with what it saw.
async function watch(office, link) {
  const script = path.join(path.dirname(fileURLToPath(import.meta.url)), '../support/watch_page.mjs');
  const words = [...link.behind, process.execPath, script, office.ready.page, staff, password, String(urgent)];
  const child = spawn(words[0], words.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
  const seen = [];
  const lines = readline.createInterface({ input: child.stdout });
  await once(lines, 'line');
  lines.on('line', (line) => seen.push(JSON.parse(line)));
  const end = async () => {
    child.stdin.end();
    await once(child, 'exit');
  };
  return { seen, end };
}

async function productRound({ city }, dir, link) {
  const copy = copied(city, path.join(dir, 'round'));
  const office = await copy.startOffice([], link.behind);
  const centre = await copy.startCentre();
  const eye = await watch(office, link);
  const began = monotonic();
  await link.reset();
  link.up();
  office.control('POST', 'sync').catch(() => {}); // it may take longer than the command waits
  for (;;) {
    const status = await office.control('GET', 'status');
    if (status.assignments.open === before + entries && status.undelivered.count === 0) break;
    if (monotonic() - began > 1800) throw new Error('the office does not catch up');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const allIn = monotonic() - began;
  const { down } = await link.counts();
  await new Promise((resolve) => setTimeout(resolve, 500)); // the eye has seen the end
  await eye.end();
  await office.stop();
  await centre.stop();
  fs.rmSync(copy.dir, { recursive: true });
  const last = eye.seen.at(-1).ids;
  const first = eye.seen.find(({ ids }) => last.every((id) => ids.includes(id)));
  return { urgent: first.now - began, allIn, bytes: down.bytes };
}

async function overLine(seed, action) {
  const link = await new Link().open(profile, seed);
  try {
    return await action(link);
  } finally {
    await link.close();
  }
}

async function all(figures) {
  const dir = tempDir('catchup');
  const prepared = await prepare(dir);
  const pems = {
    cert: fs.readFileSync(path.join(prepared.city.centreDir, 'server.pem')),
    key: fs.readFileSync(path.join(prepared.city.centreDir, 'server.key')),
  };
  const floors = [];
  const products = [];
  for (let round = 0; round < rounds; round += 1) {
    const floor = (link) => tlsFloor({ pems, ...prepared.files, host: centreAddress, within: link.behind, linkUp: () => link.up() });
    floors.push(await overLine(round, floor));
    products.push(await overLine(round, (link) => productRound(prepared, dir, link)));
  }
  figures.add('P10.urgent', 's', products.map((one) => one.urgent));
  figures.add('P10.all_in', 's', products.map((one) => one.allIn), floors);
  const least = fs.statSync(prepared.files.down).size / 1000;
  figures.add('P10.down', 'kB', products.map((one) => one.bytes / 1000), products.map(() => least));
}

export async function run(figures) {
  const network = ownNetwork();
  if (!network) {
    for (const id of ['P10.urgent', 'P10.all_in', 'P10.down']) figures.skipped(id, 'needs root');
    return undefined;
  }
  const again = [...network, process.execPath, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const child = spawn(again[0], again.slice(1), { stdio: 'inherit' });
  process.on('exit', () => child.kill('SIGTERM'));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('the measurement in its own network failed');
  return 'written';
}

if (path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const figures = new Figures('catchup');
  prepareNetwork();
  await all(figures);
  figures.write();
}
