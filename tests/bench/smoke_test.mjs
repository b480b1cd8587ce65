// The benchmark with tiny numbers: every figure is printed, as a number. How large it is, is not asked.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = process.env.FIELDNODE_BENCH_OUT;
fs.rmSync(out, { recursive: true, force: true });

const done = spawnSync(process.execPath, [path.join(here, 'run.mjs'), '--quick'], { encoding: 'utf8' });
console.log(done.stdout + done.stderr);
assert.equal(done.status, 0, 'the benchmark ends well');

const printed = new Map();
for (const line of done.stdout.trimEnd().split('\n')) {
  const [id, ...rest] = line.split(' ');
  assert.ok(!printed.has(id), `${id} is printed once`);
  printed.set(id, rest.join(' '));
}
for (const [id, rest] of printed) {
  assert.match(rest, /^(-?[\d.]+(e[-+]\d+)? \S+ (-|[\d.]+)|skipped: .+)$/, `${id} is a number with a unit and a ratio: ${rest}`);
}

const expected = [
  'P1.w.lo', 'P1.w.3g', 'P5.cuts.3g', 'P10.urgent', 'P10.all_in', 'P10.down', 'P11.city_days', 'P3.nudged_exchange', 'P4.push.lo', 'P6.acts_1_client', 'P6.acts_32_clients', 'P7.first_50.100.p99',
  'P7.start.100', 'P7.start.empty', 'P8.idle_cpu_office', 'P8.page_office', 'P8.resident_office.empty',
  'P8.resident_centre.empty', 'P8.stripped.fieldnode', 'P8.stripped.fieldnode-central', 'w.json.up', 'w.least.down',
];
for (const id of expected) assert.ok(printed.has(id), `${id} is printed`);

const kept = fs.readdirSync(out).filter((file) => file.endsWith('.json')).flatMap((file) => JSON.parse(fs.readFileSync(path.join(out, file), 'utf8')));
assert.deepEqual(new Set(kept.map((figure) => figure.id)), new Set(printed.keys()), 'the same figures stand in the files');
console.log(`ok: ${printed.size} figures`);
