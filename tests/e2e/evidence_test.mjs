// Evidence of a case leaves both ends of a running city, and a stranger checks it: the program alone in an empty folder,
// with the city's public key. What it says of each clock is what both ends say themselves.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import test from 'node:test';

import { reckonStates } from './outage/reckoning.mjs';
import { actForms } from './support/act_forms.mjs';
import { City } from './support/city.mjs';
import { eventually, must, run } from './support/program.mjs';

const dir = mkdtempSync(path.join(os.tmpdir(), 'fieldnode-evidence-'));
const city = new City(dir);
const kFlips = 150;

/// A machine that has the program, a file and the city's key, and nothing else.
class Stranger {
  constructor() {
    this.dir = path.join(dir, 'stranger');
    mkdirSync(this.dir);
    this.program = path.join(this.dir, 'fieldnode');
    copyFileSync(path.join(process.env.FIELDNODE_BIN, 'fieldnode'), this.program);
    this.city = path.join(this.dir, 'city.json');
    writeFileSync(this.city, must('fieldnode-central', ['status', '--dir', city.centreDir, '--json']));
  }

  /// {code, report}; `options` in place of the city's key.
  check(bytes, options = ['--city', this.city]) {
    const file = path.join(this.dir, 'case.fnev');
    writeFileSync(file, bytes);
    const env = { PATH: '/nonexistent', HOME: this.dir };
    const done = spawnSync(this.program, ['verify-evidence', file, '--json', ...options], { cwd: this.dir, env, encoding: 'utf8' });
    return { code: done.status, report: JSON.parse(done.stdout), err: done.stderr };
  }

  /// The report on a file that must be sound.
  sound(bytes) {
    const { code, report, err } = this.check(bytes);
    assert.equal(code, 0, err);
    assert.equal(report.ok, true);
    return report;
  }
}

function exported(program, home, number) {
  const file = path.join(dir, `${program}-${number}.fnev`);
  must(program, ['export', 'evidence', number, '--dir', home, '-o', file]);
  return readFileSync(file);
}

const clocksOf = (view) => view.clocks.map(({ clock, verdict }) => ({ clock, verdict }));

/// What the office's API and the centre's say of the assignment, and what the file says.
async function compare(office, id, report) {
  const told = report.assignments.find((one) => one.assignment === id);
  const own = (await office.visitor.get(`/api/assignments/${id}`)).assignment;
  const centres = (await city.visitor.get(`/api/assignments/${id}`)).assignment;
  assert.deepEqual(told.clocks, clocksOf(own));
  assert.deepEqual(told.clocks, clocksOf(centres));
  assert.equal(told.stage, own.stage);
  return told;
}

async function act(office, id, form) {
  const answer = await office.visitor.post(`/api/assignments/${id}/acts`, form);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
}

async function delivered(office) {
  await eventually('everything is delivered', async () => {
    await office.sync();
    return (await office.visitor.get('/api/status')).undelivered.count === 0;
  });
}

test('evidence', async (t) => {
  try {
    await city.init();
    city.addUnit('XF', '幸福街道办事处');
    city.addUnit('PA', '平安街道办事处');
    await city.startCentre();
    const office = await city.office('XF');
    const ours = await city.dispatchNew('XF', 1);
    for (let n = 2; n <= 8; n += 1) await city.dispatchNew('XF', n, { text: `别人的第 ${n} 件诉求` });
    const id = ours.assignment.id;
    await eventually('the office holds them', async () => (await office.assignments()).length === 8);
    for (const other of await office.assignments()) await act(office, other, actForms.acknowledgement());
    await act(office, id, actForms.contact(1));
    await act(office, id, actForms.resolution(1));
    await delivered(office);
    const stranger = new Stranger();
    const number = (await office.visitor.get(`/api/assignments/${id}`)).assignment.number;
    const caseId = (await city.visitor.get(`/api/assignments/${id}`)).assignment.case.id;

    await t.test('both ends tell the same, and a stranger believes it', async () => {
      for (const bytes of [exported('fieldnode', office.dir, number), exported('fieldnode-central', city.centreDir, number)]) {
        const report = stranger.sound(bytes);
        assert.deepEqual(report.notes, []);
        const told = await compare(office, id, report);
        assert.equal(told.clocks[0].verdict.verdict, 'in_time_proven');
        assert.equal(told.clocks[3].verdict.verdict, 'in_time_proven');
        for (const words of ['别人的', '张三', '13900000000', '13800138000']) {
          assert.equal(bytes.includes(Buffer.from(words)), false, words);
        }
        assert.equal(bytes.includes(Buffer.from('市民来电反映第 1 处')), true);
      }
    });

    await t.test('the pages hand out the same files', async () => {
      const own = await office.visitor.postForFile(`/api/assignments/${id}/evidence`);
      assert.match(own.headers['content-disposition'], /attachment; filename\*=UTF-8''evidence-.*\.fnev/);
      await compare(office, id, stranger.sound(own.bytes));
      const centres = await city.visitor.postForFile(`/api/cases/${caseId}/evidence`);
      await delivered(office);
      await compare(office, id, stranger.sound(centres.bytes));
      const clerk = await office.visit('小李');
      assert.equal((await clerk.post(`/api/assignments/${id}/evidence`, {})).status, 403);
    });

    await t.test('a changed byte is found, wherever it stands', async () => {
      const bytes = exported('fieldnode', office.dir, number);
      for (let n = 0; n < kFlips; n += 1) {
        const at = Math.floor((n * bytes.length) / kFlips);
        const changed = Buffer.from(bytes);
        changed[at] ^= 1 << n % 8;
        const { code, report } = stranger.check(changed);
        assert.ok(code === 1 || (code === 2 && at < 5), `byte ${at}: exit ${code}`);
        assert.equal(report.ok, false);
        const { sentence } = report.faults[0];
        assert.ok(sentence.zh && sentence.en, `byte ${at}`);
      }
      const cut = stranger.check(bytes.subarray(0, bytes.length - 100));
      assert.equal(cut.code, 1);
    });

    await t.test('another key, or none, is not passed over', async () => {
      const bytes = exported('fieldnode-central', city.centreDir, number);
      const foreign = stranger.check(bytes, ['--city-key', '00'.repeat(32)]);
      assert.equal(foreign.code, 1);
      assert.equal(foreign.report.faults.some((fault) => fault.code === 'other_city'), true);
      const pinned = stranger.check(bytes, []);
      assert.equal(pinned.code, 0);
      assert.deepEqual(pinned.report.notes.map((note) => note.code), ['key_from_file']);
      assert.equal(run('fieldnode', ['verify-evidence', stranger.city]).code, 2);
    });

    await t.test('what is not delivered yet has no upper end, and the programs need not run', async () => {
      await delivered(office);
      office.link.set('refuse');
      const [, other] = await office.assignments();
      await act(office, other, actForms.contact(2));
      const own = (await office.visitor.get(`/api/assignments/${other}`)).assignment;
      await office.stop();
      const report = stranger.sound(exported('fieldnode', office.dir, own.number));
      const contact = report.assignments[0].clocks.find(({ clock }) => clock === 'contact');
      assert.equal(contact.verdict.bracket.latest, null);
      assert.equal(contact.verdict.verdict, 'in_time_by_clock');
      office.link.set('pass');
      await office.start();
      await delivered(office);
      await city.centre.stop();
      stranger.sound(exported('fieldnode-central', city.centreDir, own.number));
      await city.startCentre();
      await delivered(office);
    });

    await t.test('each export has left its entry, and both ends have the same state', async () => {
      const kinds = (await city.timeline(id)).map((item) => item.kind);
      assert.equal(kinds.filter((kind) => kind === 'evidence_export').length, 3);
      assert.equal(kinds.filter((kind) => kind === 'evidence_issue').length, 3);
      await city.stopAll();
      reckonStates(city, [office]);
    });
  } catch (error) {
    console.error(city.logs());
    throw error;
  } finally {
    await city.stopAll();
    rmSync(dir, { recursive: true, force: true });
  }
});
