// One return of the link after W.
import fs from 'node:fs';
import path from 'node:path';

import { must } from '../../e2e/support/program.mjs';
import { copied } from './bench_city.mjs';
import { cpuSeconds } from './process_facts.mjs';

const settled = async (office, open) => {
  const status = await office.control('GET', 'status');
  return status.undelivered.count === 0 && status.assignments.open === open && status.link.exchanges;
};

/// Seconds from the link's return until both ends hold all, and what it took. The office runs and is offline; the centre
/// answers; then `linkUp` and a nudge, as any clerk's act or `fieldnode sync` gives it.
async function converged(office, open, linkUp) {
  if ((await office.control('GET', 'status')).link.exchanges > 0) throw new Error('the office was not offline');
  const began = performance.now();
  linkUp();
  await office.control('POST', 'sync').catch(() => {}); // what it says of a slow link is not what is asked here
  for (;;) {
    const exchanges = await settled(office, open);
    if (exchanges) return { seconds: (performance.now() - began) / 1000, exchanges };
    if (performance.now() - began > 1_800_000) throw new Error('both ends do not come together');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/// Both ends have the same lists and the same state.
function requireSame(city) {
  const here = JSON.parse(must('fieldnode', ['verify', '--dir', city.officeDir, '--json']));
  const there = JSON.parse(must('fieldnode-central', ['verify', '--dir', city.centreDir, '--json'])).units[0];
  const name = (end) => `${end.feed.seq} ${end.journal.seq} ${end.digest}`;
  if (name(here) !== name(there)) throw new Error(`the ends differ: ${name(here)} and ${name(there)}`);
}

/// `link`: the line between the ends; none: loopback. `way`: `relayed` puts something before the centre that has started
/// on another port, `linkUp` hears when the link returns.
export async function workRound(prepared, dir, link, way = {}) {
  const city = copied(prepared.city, path.join(dir, 'round'));
  const office = await city.startOffice([], link?.behind);
  // A parked clerk's page is not needed: everything below goes through the control socket.
  const centre = await city.startCentre(way.relayed ? 0 : undefined);
  await way.relayed?.(centre);
  await link?.reset();
  const before = [cpuSeconds(office.pid), cpuSeconds(centre.pid)];
  const result = await converged(office, prepared.open, () => {
    link?.up();
    way.linkUp?.();
  });
  result.bytes = await link?.counts();
  result.cpuOffice = cpuSeconds(office.pid) - before[0];
  result.cpuCentre = cpuSeconds(centre.pid) - before[1];
  await office.stop();
  await centre.stop();
  requireSame(city);
  fs.rmSync(city.dir, { recursive: true });
  return result;
}
