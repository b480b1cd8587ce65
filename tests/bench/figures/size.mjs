// P8: size of the programs and of the page, and the start of an office that holds next to nothing.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

import { seededCity } from '../support/bench_city.mjs';
import { residentMib } from '../support/process_facts.mjs';
import { bin, choose } from '../support/settings.mjs';
import { tempDir } from '../support/temp_dir.mjs';

const rounds = choose(7, 1);

const strippedMib = (program, dir) => {
  const file = path.join(dir, program);
  const done = spawnSync('strip', ['-o', file, path.join(bin, program)], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`strip: ${done.error ?? done.stderr}`);
  return fs.statSync(file).size / 1024 / 1024;
};

/// Bytes of a file of the page as a browser fetches it.
const fetched = (url) =>
  new Promise((resolve, reject) => {
    const request = http.get(url, { headers: { 'accept-encoding': 'gzip' }, agent: false }, (response) => {
      let bytes = 0;
      const parts = [];
      response.on('data', (part) => {
        bytes += part.length;
        parts.push(part);
      });
      response.on('end', () => resolve({ bytes, status: response.statusCode, gzip: response.headers['content-encoding'] === 'gzip', body: Buffer.concat(parts) }));
    });
    request.on('error', reject);
  });

/// The first load: the document and all that it names.
async function pageBytes(address) {
  const { gunzipSync } = await import('node:zlib');
  const document = await fetched(`${address}/`);
  const text = (document.gzip ? gunzipSync(document.body) : document.body).toString('utf8');
  const names = [...text.matchAll(/(?:src|href)="\/?([^":]+\.(?:js|css|svg))"/g)].map((match) => match[1]);
  const parts = await Promise.all(names.map((name) => fetched(`${address}/${name}`)));
  const missing = names.filter((_, i) => parts[i].status !== 200);
  if (names.length === 0 || missing.length > 0) throw new Error(`the page's parts cannot be fetched: ${missing}`);
  return parts.reduce((sum, part) => sum + part.bytes, document.bytes);
}

/// The floor of a start: the same program, only to print its help.
function helpMs() {
  const began = performance.now();
  spawnSync(path.join(bin, 'fieldnode'), ['--help']);
  return performance.now() - began;
}

async function starts(figures, city) {
  const products = [];
  const floors = [];
  for (let round = 0; round < rounds; round += 1) {
    floors.push(helpMs());
    const office = await city.startOffice();
    products.push(office.startMs);
    await office.stop();
  }
  figures.add('P7.start.empty', 'ms', products, floors);
}

export async function run(figures) {
  const dir = tempDir('size');
  for (const program of ['fieldnode', 'fieldnode-central']) figures.one(`P8.stripped.${program}`, 'MiB', strippedMib(program, dir));
  const city = await seededCity(choose(100_000, 100));
  const centre = await city.startCentre(0);
  figures.one(`P8.resident_centre.${choose('100000', '100')}`, 'MiB', residentMib(centre.pid));
  await centre.stop();
  const small = await seededCity(100);
  await starts(figures, small);
  const office = await small.startOffice();
  figures.one('P8.page_office', 'kB', (await pageBytes(office.ready.page)) / 1000);
  await office.stop();
}
