// Who belongs to a city, over its whole life: taken in, renewed after fourteen months away, through three keys of the city, and
// turned out. Real programs over TLS; the clocks are the test's.
import assert from 'node:assert/strict';
import { mkdtempSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { X509Certificate } from 'node:crypto';

import { enrolByFile, replace, revoke, stealACode, waitAndBeConfirmed } from './identity/enrolling.mjs';
import { City } from './support/city.mjs';
import { eventually, must, run } from './support/program.mjs';
import { TestClocks } from './support/test_clocks.mjs';

const dir = mkdtempSync(path.join(os.tmpdir(), 'fieldnode-identity-'));
const city = new City(dir);
const clocks = new TestClocks(path.join(dir, 'clocks'), process.env.FIELDNODE_CLOCK_SHIFT_LIBRARY, Date.parse('2026-03-02T09:00:00+08:00'));
const centreMachine = clocks.machineOf('fieldnode-central');
const officeMachine = clocks.machineOf('fieldnode');
const kDay = 86_400_000;
const kUnit = 'BH';

const cityKey = () => JSON.parse(must('fieldnode-central', ['status', '--dir', city.centreDir, '--json'])).city_key.public_key;
const shown = (office, file) => new X509Certificate(readFileSync(path.join(office.dir, file)));

async function works(office, what) {
  const { code, said } = await office.sync();
  assert.equal(code, 0, `${what}: ${said}`);
}

/// A stop of both, what `meanwhile` does to the city, and the start.
async function whileAway(office, meanwhile) {
  await office.stop();
  await city.centre.stop();
  await meanwhile();
  await city.startCentre();
  await office.start();
}

let exported = 0;

function evidenceOf(number) {
  exported += 1;
  const file = path.join(dir, `evidence-${number}-${exported}.fnev`);
  must('fieldnode-central', ['export', 'evidence', number, '--dir', city.centreDir, '-o', file]);
  return file;
}

function verified(file, key) {
  const done = run('fieldnode', ['verify-evidence', file, '--city-key', key, '--json']);
  return { code: done.code, report: JSON.parse(done.out) };
}

let office;
const keys = [];
let caseNumber;

test('identity', async (t) => {
  try {
    await city.init();
    for (const unit of [kUnit, 'QS', 'NH']) city.addUnit(unit, `单位 ${unit}`);
    await city.startCentre();

    await t.test('a stolen code is worth nothing', () => stealACode(city, kUnit));

    await t.test('a node waits until its fingerprint was compared', async () => {
      office = await waitAndBeConfirmed(city, kUnit);
      const [id] = await office.assignments();
      const act = await office.visitor.post(`/api/assignments/${id}/acts`, { act_id: 'identity-1', kind: 'acknowledgement' });
      assert.equal(act.status, 201);
      await works(office, 'the act is delivered');
      caseNumber = (await city.visitor.get(`/api/assignments/${id}`)).assignment.case.number;
    });

    await t.test('a file there and a file back', () => enrolByFile(city, 'QS'));

    await t.test('fourteen months away, and the clock is dead', async () => {
      const first = shown(office, 'tls.pem').serialNumber;
      await office.stop();
      await city.centre.stop();
      clocks.set(clocks.now + 425 * kDay);
      officeMachine.powerOn(Date.parse('1970-01-01T00:00:00Z'));
      centreMachine.powerOn(clocks.now);
      await city.startCentre();
      await office.start();
      await office.sync();  // is told that its certificate has ended
      await works(office, 'renews it and goes on');
      assert.ok(existsSync(path.join(office.dir, 'tls-renewed.pem')));
      assert.notEqual(shown(office, 'tls-renewed.pem').serialNumber, first);
      assert.ok(!existsSync(path.join(office.dir, 'tls-next.key')));
      await office.stop();
      await office.start();
      await works(office, 'shows the new one after a restart');
    });

    await t.test('the city changes its key twice while the office is away', async () => {
      keys.push(cityKey());
      const before = evidenceOf(caseNumber);
      await whileAway(office, async () => {
        for (let i = 0; i < 2; i += 1) {
          must('fieldnode-central', ['city-key', 'rotate', '--dir', city.centreDir]);
          keys.push(cityKey());
        }
      });
      assert.equal(new Set(keys).size, 3);
      await office.sync();
      await works(office, 'follows both changes');
      must('fieldnode', ['verify', '--dir', office.dir]);
      const after = evidenceOf(caseNumber);
      for (const key of keys) {
        const { code, report } = verified(after, key);
        assert.equal(code, 0, JSON.stringify(report.faults ?? report));
      }
      assert.equal(verified(before, keys[0]).code, 0, 'evidence of before stays good');
      assert.notEqual(verified(before, keys[2]).code, 0, 'a file of before says nothing of later keys');
    });

    await t.test('the city’s key is stolen', async () => {
      const safe = path.join(dir, 'safe');
      renameSync(path.join(city.centreDir, 'city-root.key'), safe);
      const since = `${new Date(clocks.now - 3_600_000).toISOString().slice(0, 19)}Z`;
      await whileAway(office, async () => {
        const wrong = path.join(dir, 'wrong');
        writeFileSync(wrong, `${'0'.repeat(128)}\n`, { mode: 0o600 });
        const replaceWith = (file) => run('fieldnode-central', ['city-key', 'replace', '--dir', city.centreDir, '--root-key', file, '--since', since]);
        assert.match(replaceWith(wrong).err, /wrong_root_key/);
        const done = replaceWith(safe);
        assert.equal(done.code, 0, done.err);
      });
      keys.push(cityKey());
      await office.sync();
      await works(office, 'believes the key that the root vouches for');
      const file = evidenceOf(caseNumber);
      assert.equal(verified(file, keys[3]).code, 0);
      const { report } = verified(file, keys[2]);
      assert.equal(report.faults[0].code, 'key_history', 'from a stolen key nobody gets on');
    });

    await t.test('a replacement, once it is confirmed', async () => {
      const old = await city.office('NH');
      await replace(city, old);
      const { code, said } = await old.sync();
      assert.equal(code, 1);
      assert.match(said, /node_revoked/);
    });

    await t.test('a node is revoked while its poll is parked', async () => {
      await works(office, 'nothing waits');
      const { began } = await revoke(city, office);
      await eventually('the office says so', async () => {
        const { link } = await office.visitor.get('/api/status');
        return link.last_error?.code === 'node_revoked';
      }, { seconds: 10 });
      assert.ok(performance.now() - began < 10_000);
    });
  } catch (error) {
    console.error(city.logs());
    throw error;
  } finally {
    await city.stopAll();
    rmSync(dir, { recursive: true, force: true });
  }
});
