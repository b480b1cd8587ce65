// P2, P5: work W over 3g with five cuts by reset, beside the same without a cut: seconds added, bytes sent again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Figures } from '../support/figures.mjs';
import { Link, centreAddress, ownNetwork, prepareNetwork } from '../support/link.mjs';
import { prepareWork } from '../support/prepared_work.mjs';
import { Relay } from '../support/relay.mjs';
import { choose, rounds } from '../support/settings.mjs';
import { tempDir } from '../support/temp_dir.mjs';
import { workRound } from '../support/work_round.mjs';

const scale = choose(1, 0.02);
const cuts = 5;
const everyMs = choose(1500, 100);

async function overRelay(prepared, dir, seed, cutting) {
  const link = await new Link().open('3g', seed);
  const relay = new Relay();
  let timer;
  try {
    const relayed = async (centre) => {
      await relay.listen(centreAddress, prepared.city.syncPort, Number(new URL(centre.ready.sync).port));
    };
    const linkUp = () => {
      let left = cutting ? cuts : 0;
      timer = setInterval(() => left-- > 0 && relay.cut(), everyMs);
    };
    return await workRound(prepared, dir, link, { relayed, linkUp });
  } finally {
    clearInterval(timer);
    await relay.close();
    await link.close();
  }
}

async function all(figures) {
  const dir = tempDir('cuts');
  const prepared = await prepareWork(dir, centreAddress, scale);
  const whole = [];
  const cut = [];
  for (let round = 0; round < rounds; round += 1) {
    whole.push(await overRelay(prepared, dir, round, false));
    cut.push(await overRelay(prepared, dir, round, true));
  }
  const seconds = (list) => list.map((one) => one.seconds);
  figures.add('P5.cuts.3g', 's', seconds(cut), seconds(whole));
  for (const way of ['up', 'down']) {
    const again = cut.map((one, i) => (one.bytes[way].bytes - whole[i].bytes[way].bytes) / cuts / 1000);
    figures.add(`P2.resent_per_cut.${way}`, 'kB', again);
  }
}

export async function run(figures) {
  const network = ownNetwork();
  if (!network) {
    for (const id of ['P5.cuts.3g', 'P2.resent_per_cut.up', 'P2.resent_per_cut.down']) figures.skipped(id, 'needs root');
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
  const figures = new Figures('cuts');
  prepareNetwork();
  await all(figures);
  figures.write();
}
