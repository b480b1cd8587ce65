// Attachments between the real programs: from the office to the centre and back, through a link that is cut fifty times,
// through kills of either end; what came once is not sent again, and what nobody may see is not shown.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { Machine } from './restored/machine.mjs';
import { actForms } from './support/act_forms.mjs';
import { City } from './support/city.mjs';
import { Dice, seedOfRun } from './support/dice.mjs';
import { addressOf, arrives, photo, upload } from './support/files.mjs';
import { PartMeter } from './support/part_meter.mjs';
import { eventually, must } from './support/program.mjs';

const dir = mkdtempSync(path.join(os.tmpdir(), 'fieldnode-attachments-'));
const city = new City(dir);
const dice = new Dice(seedOfRun(7), 'attachments');
const kCuts = 50;
const kKib = 1024;
const kMib = 1024 * kKib;

const of = (id) => `/api/assignments/${id}`;

async function note(office, id, n, files) {
  const attachments = files.map(([name, bytes]) => ({ address: addressOf(bytes), name, class: 'handling' }));
  const answer = await office.visitor.post(`${of(id)}/acts`, { ...actForms.note(n), attachments });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body.act;
}

async function attachToCase(caseId, name, bytes) {
  const base = `/api/cases/${caseId}`;
  await upload(city.visitor, base, name, bytes);
  const attachments = [{ address: addressOf(bytes), name, class: 'contact' }];
  const answer = await city.visitor.post(`${base}/attachments`, { request_id: randomUUID(), attachments });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
}

const isExchange = (errand) => errand.url === '/sync/v1/exchange';

/// What nothing makes smaller on its way.
const randomText = (bytes) => randomBytes((bytes * 3) / 4).toString('base64');

/// The whole of every file is read.
const attachmentsAt = (office) => JSON.parse(must('fieldnode', ['verify', '--dir', office.dir, '--deep', '--json'])).attachments;

async function cutParts(meter, office) {
  for (let cut = 0; cut < kCuts; cut++) {
    await meter.cutPartAfter(1 + dice.below(64 * kKib));
    office.nudge();
  }
}

/// Each part begins where the receiver stopped, so what an interruption costs is what was on its way. One that broke off with its
/// last byte may have been taken. Returns the bill.
function reckon(parts, way, size) {
  let [held, maybe, lost, cuts] = [0, 0, 0, 0];
  for (const part of parts) {
    assert.ok(part.offset === held || part.offset === maybe, `a part began at ${part.offset}, the receiver held ${held}`);
    if (part.offset === held) lost += maybe - held;
    held = part.offset;
    maybe = held + part[way];
    cuts += part.isCut;
    if (!part.isCut) held = maybe;
  }
  assert.equal(held, size);
  assert.equal(cuts, kCuts);
  const moved = parts.reduce((sum, part) => sum + part[way], 0);
  assert.equal(moved, size + lost);
  return `${moved} bytes went for a file of ${size}: ${cuts} cuts in ${parts.length} parts cost ${lost}`;
}

/// Resolves in the middle of the file, once a part is as long as the line carries in a second or two.
function underWay(meter, method, bytes, known = 0) {
  return eventually('the file is under way', () => {
    const parts = meter.parts(method).slice(known).filter((part) => part.ended);
    const last = parts.at(-1);
    return last && last.offset > 0 && last.ended - last.begun < 3_000 && last.offset < (bytes.length * 2) / 3;
  }, { seconds: 90 });
}

test('attachments', async (t) => {
  try {
    await city.init();
    city.addUnit('BH', '滨河街道办事处');
    await city.startCentre();
    const office = await city.office('BH');
    const made = await city.takeIn('路灯不亮', { text: '连续三天', place: '幸福路 1 号' });
    const recording = Buffer.concat([Buffer.from('#!AMR\n'), photo(300_000)]);

    await t.test('what operators attach to a case goes to the unit with the dispatch', async () => {
      await attachToCase(made.id, '来电录音.amr', recording);
      await arrives(city.visitor, `/api/cases/${made.id}`, recording);
      await city.dispatch(made.id, 'BH');
    });

    let id;
    await t.test('and is whole at the office', async () => {
      id = (await eventually('the dispatch is there', async () => {
        await office.sync();
        return (await office.assignments())[0];
      }));
      const answer = await arrives(office.visitor, of(id), recording);
      assert.match(answer.headers['content-disposition'], /^attachment; filename\*=UTF-8''/);
      assert.equal(answer.headers['x-content-type-options'], 'nosniff');
      assert.match(answer.headers['content-security-policy'], /sandbox/);
      const part = await office.visitor.getFile(`${of(id)}/attachments/${addressOf(recording)}`, { range: 'bytes=65530-65541' });
      assert.equal(part.status, 206);
      assert.ok(part.bytes.equals(recording.subarray(65_530, 65_542)));
    });

    await t.test('an act names only what is here whole', async () => {
      const bytes = photo(kMib);
      await upload(office.visitor, of(id), '一半.jpg', bytes, { stopAfter: 1 });
      const attachments = [{ address: addressOf(bytes), name: '一半.jpg', class: 'handling' }];
      const answer = await office.visitor.post(`${of(id)}/acts`, { ...actForms.note(1), attachments });
      assert.equal(answer.body.error.code, 'attachment_not_here');
      const wrong = await upload(office.visitor, of(id), 'setup.jpg', Buffer.from('MZ\0\0'));
      assert.equal(wrong.error.code, 'attachment_kind');
    });

    const meter = await new PartMeter({ city, office }).listen();
    office.link.leadTo(meter.port);

    await t.test(`a file that goes up under ${kCuts} cuts: what the centre has taken is not sent again`, async () => {
      const bytes = photo(4 * kMib);
      await upload(office.visitor, of(id), '现场.jpg', bytes);
      await note(office, id, 2, [['现场.jpg', bytes]]);
      await cutParts(meter, office);
      await arrives(city.visitor, of(id), bytes, { seconds: 120 });
      t.diagnostic(reckon(meter.parts('POST'), 'up', bytes.length));
    });

    await t.test('and one that comes down', async () => {
      const bytes = photo(4 * kMib);
      await attachToCase(made.id, '航拍.jpg', bytes);
      const known = meter.parts('GET').length;
      await cutParts(meter, office);
      await arrives(office.visitor, of(id), bytes, { seconds: 120 });
      t.diagnostic(reckon(meter.parts('GET').slice(known), 'down', bytes.length));
    });

    await t.test('the same file attached again sends none of its bytes', async () => {
      const bytes = photo(2 * kMib);
      await upload(office.visitor, of(id), '再次.jpg', bytes);
      await note(office, id, 3, [['再次.jpg', bytes]]);
      await arrives(city.visitor, of(id), bytes, { seconds: 60 });
      const before = meter.parts('POST').length;
      await upload(office.visitor, of(id), '又一次.jpg', bytes);
      await note(office, id, 4, [['又一次.jpg', bytes]]);
      const other = photo(100);  // when this one is there, the file's turn has been
      await upload(office.visitor, of(id), '另一张.jpg', other);
      await note(office, id, 5, [['另一张.jpg', other]]);
      await arrives(city.visitor, of(id), other, { seconds: 60 });
      assert.deepEqual(meter.parts('POST').slice(before).map((part) => part.up), [other.length]);
    });

    await t.test('an act waits for no more than the part that is on its way', async () => {
      const bytes = photo(600 * kKib);
      meter.bytesPerSecond = 16 * kKib;
      await upload(office.visitor, of(id), '长视频.jpg', bytes);
      await note(office, id, 6, [['长视频.jpg', bytes]]);
      await underWay(meter, 'POST', bytes);
      const posted = performance.now();
      const long = { ...actForms.note(7), note: randomText(48 * kKib) };
      const act = (await office.visitor.post(`${of(id)}/acts`, long)).body.act;
      const carried = await eventually('the act is carried', () =>
        meter.book.find((errand) => isExchange(errand) && errand.begun > posted && errand.up > 30 * kKib && errand.ended));
      const between = meter.parts('POST').filter((part) => part.begun > posted && part.begun < carried.ended);
      t.diagnostic(`the act took ${Math.round(carried.ended - posted)} ms, ${between.length} parts began meanwhile`);
      assert.ok(between.length <= 1, `${between.length} parts began before the act was through`);
      await eventually('the act is in force', async () => {
        const item = (await office.timeline(id)).find((one) => one.list === 'act' && one.seq === act.seq);
        return item.truth === 'in_force';
      });
      const file = (await city.visitor.get(`${of(id)}/attachments`)).items.find((one) => one.address === addressOf(bytes));
      assert.equal(file.here, false, 'the file is still on its way');
      meter.bytesPerSecond = Infinity;
      await arrives(city.visitor, of(id), bytes, { seconds: 60 });
    });

    await t.test('nor does a dispatch', async () => {
      const bytes = photo(900 * kKib);
      meter.bytesPerSecond = 16 * kKib;
      await attachToCase(made.id, '长录音.jpg', bytes);
      const known = meter.parts('GET').length;
      await underWay(meter, 'GET', bytes, known);
      const posted = performance.now();
      await city.dispatchNew('BH', 2, { text: randomText(48 * kKib) });
      const carried = await eventually('the dispatch comes', () =>
        meter.book.find((errand) => isExchange(errand) && errand.ended > posted && errand.down > 30 * kKib));
      const between = meter.parts('GET').filter((part) => part.begun > carried.answered && part.begun < carried.ended);
      t.diagnostic(`the dispatch took ${Math.round(carried.ended - posted)} ms, ${between.length} parts began meanwhile`);
      assert.ok(between.length <= 1, `${between.length} parts began before the dispatch was there`);
      const file = (await office.visitor.get(`${of(id)}/attachments`)).items.find((one) => one.address === addressOf(bytes));
      assert.equal(file.here, false, 'the file is still on its way');
      meter.bytesPerSecond = Infinity;
      await arrives(office.visitor, of(id), bytes, { seconds: 60 });
    });

    office.link.leadTo(city.syncPort);
    await meter.close();

    await t.test('kills of both ends lose nothing that was taken', async () => {
      const bytes = photo(4 * kMib);
      const upId = 'upload-through-kills';
      await upload(office.visitor, of(id), '断电.jpg', bytes, { id: upId, stopAfter: kMib });
      await office.killAndRestart();
      const again = await office.visitor.post(`${of(id)}/uploads`, { upload: upId, name: '断电.jpg', size: bytes.length });
      assert.ok(again.body.held >= kMib, `${again.body.held} are held`);
      await upload(office.visitor, of(id), '断电.jpg', bytes, { id: upId });
      await note(office, id, 8, [['断电.jpg', bytes]]);
      office.nudge();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await city.killCentre();
      await city.startCentre();
      await office.killAndRestart();
      await arrives(city.visitor, of(id), bytes, { seconds: 120 });
    });

    await t.test('nothing lies on either disk in clear, and verify counts what is here', async () => {
      for (const home of [office.dir, city.centreDir]) {
        const folder = path.join(home, 'attachments');
        for (const name of readdirSync(folder)) assert.equal(readFileSync(path.join(folder, name)).indexOf('#!AMR'), -1);
      }
      const attachments = attachmentsAt(office);
      assert.equal(attachments.here, attachments.named);
      assert.ok(attachments.named >= 4);
      const centre = JSON.parse(must('fieldnode-central', ['verify', '--dir', city.centreDir, '--json']));
      assert.equal(centre.ok, true);
    });

    await t.test('a backup holds the files; after one without them an office fetches them again', async () => {
      const machine = new Machine('fieldnode', office.dir, office.recoveryKey);
      const [whole, bare] = [machine.backUp(), machine.backUp(['--without-attachments'])];
      await office.kill();
      machine.restore(whole);
      const { named, here } = attachmentsAt(office);
      assert.equal(here, named);
      machine.restore(bare);
      assert.deepEqual(attachmentsAt(office), { named, here: 0, checked: 0 });
      await office.start();
      await arrives(office.visitor, of(id), recording, { seconds: 60 });
    });

    await t.test('and a centre gets them back, those of cases too', async () => {
      const machine = new Machine('fieldnode-central', city.centreDir, city.recoveryKey);
      const bare = machine.backUp(['--without-attachments']);
      await city.killCentre();
      machine.restore(bare);
      await city.startCentre();
      const nudges = setInterval(() => office.nudge(), 2_000);
      try {
        await arrives(city.visitor, of(id), recording, { seconds: 120 });
        await arrives(city.visitor, `/api/cases/${made.id}`, recording);
      } finally {
        clearInterval(nudges);
      }
    });
  } catch (error) {
    console.error(city.logs());
    throw error;
  } finally {
    await city.stopAll();
    rmSync(dir, { recursive: true, force: true });
  }
});
