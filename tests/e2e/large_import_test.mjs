// Import files of a gibibyte, good and bad, in bounded memory; and an import that is killed in its middle.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { City } from './support/city.mjs';
import { eventually, must } from './support/program.mjs';
import { runMeasured } from './support/peak_memory.mjs';
import { assertTurnedAway } from './support/refusals.mjs';
import { header, requestRow, writeRequests } from './support/requests_311.mjs';
import { rowsIn, valueIn } from './support/stored_rows.mjs';

const gibibyte = 2 ** 30;
const peakMaxKib = 64 * 1024;

const { bavail, bsize } = fs.statfsSync(os.tmpdir());
if (bavail * bsize < 3 * gibibyte) {
  console.log(`skipped: ${os.tmpdir()} has less than 3 GiB free`);
  process.exit(77);
}

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const mapping = path.join(root, 'schema/mappings/boston311.toml');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fieldnode-large-import-'));

/// A city whose database can be looked into.
async function makeCity(name) {
  const city = new City(path.join(dir, name));
  fs.mkdirSync(city.dir);
  await city.init();
  return city;
}

const database = (city) => path.join(city.centreDir, 'central.db');
const importInto = (city, file) => ['import', '--dir', city.centreDir, '--mapping', mapping, '--as-open', '--json', file];

/// Rows of 8 KiB, over and over the same `ids` ones, until the file has a gibibyte. Returns how many.
function writeRepeatedRows(file, ids) {
  const rows = Array.from({ length: ids }, (_, n) => requestRow(n, { queue: '队列'.repeat(1365) }));
  const block = Buffer.from(`${rows.join('\n')}\n`);
  const out = fs.openSync(file, 'w');
  let bytes = fs.writeSync(out, `${header}\n`);
  let blocks = 0;
  for (; bytes < gibibyte; blocks += 1) bytes += fs.writeSync(out, block);
  fs.closeSync(out);
  return blocks * ids;
}

function writeZeros(file) {
  fs.writeFileSync(file, '');
  fs.truncateSync(file, gibibyte);
}

/// Good rows, then nothing but zeros: what a download that ran out of room may leave.
function writeHollow(file) {
  const rows = Array.from({ length: 1000 }, (_, n) => requestRow(n));
  fs.writeFileSync(file, `${[header, ...rows].join('\n')}\n`);
  fs.truncateSync(file, gibibyte);
}

async function tryValid(file) {
  const city = await makeCity('valid');
  const rows = writeRepeatedRows(file, 100);
  const done = await runMeasured('fieldnode-central', importInto(city, file));
  assert.equal(done.code, 0, done.err);
  const { read, imported, unchanged, rejected, seconds } = JSON.parse(done.out);
  assert.deepEqual({ read, imported, unchanged, rejected }, { read: rows, imported: 100, unchanged: rows - 100, rejected: 0 });
  assert.equal(valueIn(database(city), 'SELECT count(*) FROM city_case'), '100');
  console.log(JSON.stringify({ bytes: fs.statSync(file).size, rows, seconds, peak_kib: done.peakKib }));
  assert.ok(done.peakKib > 0 && done.peakKib < peakMaxKib, `${done.peakKib} KiB`);
}

async function tryInvalid(city, file, write, expected) {
  write(file);
  const before = rowsIn(database(city));
  const done = await runMeasured('fieldnode-central', importInto(city, file).filter((word) => word !== '--json'));
  assertTurnedAway(done, { ...expected, says: [file, ...expected.says] });
  assert.equal(rowsIn(database(city)), before, 'nothing of it was kept');
  assert.ok(!fs.existsSync(`${file}.rejects.csv`), 'no list of rejects');
  assert.ok(done.peakKib < peakMaxKib, `${done.peakKib} KiB`);
}

/// SIGKILL when some cases are in and others are not; then the same command again.
async function tryKilled(city) {
  const file = path.join(dir, 'requests.csv');
  const { rows } = writeRequests(root, file, 5600);
  const count = () => Number(valueIn(database(city), 'SELECT count(*) FROM city_case'));
  const child = spawn(path.join(process.env.FIELDNODE_BIN, 'fieldnode-central'), importInto(city, file), { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)));
  await eventually('some cases are in', () => count() > 0, { everyMs: 1 });
  child.kill('SIGKILL');
  assert.equal(await ended, 'SIGKILL', 'it was killed before it was done');
  const first = count();
  assert.ok(!fs.existsSync(`${file}.rejects.csv`), 'a list of rejects that is not whole has no name');

  const again = JSON.parse(must('fieldnode-central', importInto(city, file)));
  assert.deepEqual([again.read, again.unchanged, again.imported + again.unchanged + again.rejected], [rows, first, rows]);
  assert.equal(count(), rows - again.rejected, 'each case once');
  assert.equal(JSON.parse(must('fieldnode-central', ['verify', '--dir', city.centreDir, '--json'])).ok, true);
  console.log(JSON.stringify({ rows, before_the_kill: first, after: again.imported, rejected: again.rejected }));
}

test('large imports', async (t) => {
  const large = async (name, action) => {
    const file = path.join(dir, name);
    await action(file);
    fs.rmSync(file);
  };
  try {
    await t.test('import: a gibibyte of good rows in bounded memory', () => large('good.csv', tryValid));
    const city = await makeCity('other');
    await t.test('import: a gibibyte of zeros', () =>
      large('zeros.csv', (file) =>
        tryInvalid(city, file, writeZeros, { code: 'not_csv', says: ['no CSV', 'give the CSV file'] })));
    await t.test('import: a gibibyte that begins like a CSV and goes on in zeros', () =>
      large('hollow.csv', (file) =>
        tryInvalid(city, file, writeHollow,
          { code: 'cut_file', says: ['line 1002', 'nothing was imported', 'copy or export it again'] })));
    await t.test('import: killed in the middle, then the same again', () => tryKilled(city));
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
});
