// A file that is larger than the memory that either program may take for it: from a page to the office, on to the centre, half of it on a
// stick and the rest over the line, and down at both pages. FIELDNODE_ATTACHMENT_MIB=2048 for the largest that a policy allows; that one needs 5 GiB of disk.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { actForms } from './support/act_forms.mjs';
import { City } from './support/city.mjs';
import { beginPeak, peakOf, runMeasured } from './support/peak_memory.mjs';
import { eventually } from './support/program.mjs';

const kMib = 1024 * 1024;
const mib = Number(process.env.FIELDNODE_ATTACHMENT_MIB ?? 96);
const kGrowthMostKib = 48 * 1024;
const kCommandMostKib = 64 * 1024;
const dir = mkdtempSync(path.join(os.tmpdir(), 'fieldnode-large-'));
const city = new City(dir);
const seconds = (from) => Number(((performance.now() - from) / 1000).toFixed(1));

/// An MP4 by its first bytes, then zeros in which every piece says its number.
function piece(number) {
  const bytes = Buffer.alloc(kMib);
  bytes.writeUInt32BE(number + 1, 64);
  if (number === 0) bytes.write('\0\0\0\x18ftypmp42', 0, 'latin1');
  return bytes;
}

async function send(visitor, base, id) {
  const sum = createHash('sha256');
  let state = (await visitor.post(`${base}/uploads`, { upload: id, name: '全程录像.mp4', size: mib * kMib })).body;
  for (let number = 0; number < mib; number++) {
    const bytes = piece(number);
    sum.update(bytes);
    const answer = await visitor.putPiece(`${base}/uploads/${id}?offset=${number * kMib}`, bytes);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    state = answer.body;
  }
  const address = sum.digest('hex');
  assert.equal(state.address, address);
  return address;
}

test(`an attachment of ${mib} MiB`, async (t) => {
  try {
    await city.init();
    city.addUnit('BH', '滨河街道办事处');
    await city.startCentre();
    const office = await city.office('BH');
    await city.dispatchNew('BH', 1);
    const id = await eventually('the dispatch is there', async () => {
      await office.sync();
      return (await office.assignments())[0];
    });
    const base = `/api/assignments/${id}`;
    const programs = { office: office.daemon.process.pid, centre: city.centre.process.pid };
    const before = Object.fromEntries(Object.entries(programs).map(([name, pid]) => [name, beginPeak(pid)]));
    const took = {};

    await t.test('goes from the page to the office', async () => {
      const began = performance.now();
      took.address = await send(office.visitor, base, 'upload-large');
      took.upload_s = seconds(began);
    });

    await t.test('half of it on a stick to the centre', async () => {
      office.link.set('refuse');
      const attachments = [{ address: took.address, name: '全程录像.mp4', class: 'handling' }];
      const act = await office.visitor.post(`${base}/acts`, { ...actForms.note(1), attachments });
      assert.equal(act.status, 201, JSON.stringify(act.body));
      const began = performance.now();
      const half = Math.floor(mib / 2);
      const bundle = async (program, home, args) => {
        const done = await runMeasured(program, ['bundle', ...args, '--dir', home, '--json']);
        assert.equal(done.code, 0, done.out + done.err);
        assert.ok(done.peakKib < kCommandMostKib, `${program} bundle ${args[0]} took ${done.peakKib} KiB`);
        took[`${args[0]}_kib`] = done.peakKib;
        return JSON.parse(done.out);
      };
      const out = await bundle('fieldnode', office.dir, ['export', '-o', dir, '--attachments-mib', `${half}`]);
      assert.deepEqual(out.attachments, { files: 1, bytes: half * kMib, left: 1 });
      const taken = await bundle('fieldnode-central', city.centreDir, ['import', out.file]);
      assert.deepEqual(taken.attachments, { arrived: 0, bytes: half * kMib, delivered: 0, refused: [] });
      took.stick_s = seconds(began);
    });

    await t.test('and the rest over the line', async () => {
      const began = performance.now();
      const { items } = await city.visitor.get(`${base}/attachments`);
      assert.equal(items[0].held, Math.floor(mib / 2) * kMib);
      office.link.set('pass');
      office.nudge();
      await eventually('it is whole at the centre', async () => {
        const { items } = await city.visitor.get(`${base}/attachments`);
        return items[0]?.here;
      }, { seconds: 60 + mib, everyMs: 500 });
      took.transfer_s = seconds(began);
    });

    await t.test('and down at both pages', async () => {
      const began = performance.now();
      for (const { visitor } of [office, city]) {
        const { digest, size } = await visitor.digestOf(`${base}/attachments/${took.address}`);
        assert.deepEqual({ digest, size }, { digest: took.address, size: mib * kMib });
      }
      took.downloads_s = seconds(began);
    });

    const grown = Object.fromEntries(Object.entries(programs).map(([name, pid]) => [name, peakOf(pid) - before[name]]));
    t.diagnostic(JSON.stringify({ mib, ...took, resident_kib: before, grown_kib: grown }));
    for (const [name, kib] of Object.entries(grown)) assert.ok(kib < kGrowthMostKib, `${name} took ${kib} KiB more`);
  } catch (error) {
    console.error(city.logs());
    throw error;
  } finally {
    await city.stopAll();
    rmSync(dir, { recursive: true, force: true });
  }
});
