// P11: how much of a city's life the simulator lives through in a second of one core: a centre and three offices, with
// all faults, on simulated disks. Nothing is its floor.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { bin, choose, rounds } from '../support/settings.mjs';

const days = choose(10, 1);
const secondsPerDay = 86_400;

/// Of a seed that ends well.
function secondsOf(seed) {
  const began = performance.now();
  const done = spawnSync(path.join(bin, 'fieldnode-sim'), ['--seed', String(seed), '--days', String(days)], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`fieldnode-sim --seed ${seed}: ${done.error ?? done.stdout + done.stderr}`);
  return (performance.now() - began) / 1000;
}

/// Each round lives another life: seeds differ by what strikes.
export async function run(figures) {
  const took = Array.from({ length: rounds }, (_, round) => secondsOf(round + 1));
  figures.add('P11.city_days', 'days/s', took.map((seconds) => days / seconds));
  figures.add('P11.of_real_time', 'times', took.map((seconds) => (days * secondsPerDay) / seconds));
}
