// An office whose line is dead for weeks: its acts go to the centre on a stick, and the centre's word comes back on one.
// Sticks are lost, swapped, taken in twice, cut short, damaged, brought to the wrong end and to another office; new work
// comes unasked; then the cable is plugged in again and the exchange goes on without a hitch.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { reckonStates } from './outage/reckoning.mjs';
import { City } from './support/city.mjs';
import { addressOf, arrives, photo, upload } from './support/files.mjs';
import { PartMeter } from './support/part_meter.mjs';
import { eventually, run } from './support/program.mjs';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fieldnode-bundle-'));
const stick = path.join(dir, 'stick');
fs.mkdirSync(stick);
const kMib = 1024 * 1024;
const stage = (text) => console.log(`- ${text}`);
const city = new City(dir);

/// A command of `bundle`; gives exit code and what it answered.
function bundle(program, home, args) {
  const done = run(program, ['bundle', ...args, '--dir', home, '--json']);
  assert.ok(done.out, `${program} bundle ${args.join(' ')}: ${done.err}`);
  return { code: done.code, answer: JSON.parse(done.out) };
}

function must(program, home, args) {
  const { code, answer } = bundle(program, home, args);
  assert.equal(code, 0, JSON.stringify(answer));
  return answer;
}

/// Whatever is refused, says why, and the exit code says whether it was the file.
function refused(program, home, file, code) {
  const { code: exit, answer } = bundle(program, home, ['import', file]);
  assert.equal(answer.error?.code, code, JSON.stringify(answer));
  assert.ok(answer.error.sentence.zh && answer.error.sentence.en);
  assert.equal(exit, 2);
}

const ofOffice = (office, args) => must('fieldnode', office.dir, args);
const ofCentre = (args) => must('fieldnode-central', city.centreDir, args);
const exported = (office, options = []) => ofOffice(office, ['export', '-o', stick, ...options]);
const answered = (file, options = []) => ofCentre(['import', file, '-o', stick, ...options]);
const base = (id) => `/api/assignments/${id}`;

async function act(office, id, kind, fields = {}) {
  const made = await office.visitor.post(`/api/assignments/${id}/acts`, { act_id: crypto.randomUUID(), kind, ...fields });
  assert.equal(made.status, 201, JSON.stringify(made.body));
}

const note = (office, id, text, attachments = []) => act(office, id, 'note', { note: text, attachments });
const stateOf = async (office, id) => (await office.lastAct(id)).truth;
const onTheWay = async (office) => (await office.visitor.get('/api/status')).bundles.acts_on_the_way;

/// A copy of a file with something done to it.
function spoilt(file, name, change) {
  const copy = path.join(stick, name);
  fs.writeFileSync(copy, change(fs.readFileSync(file)));
  return copy;
}

async function firstTrip(office, id) {
  await act(office, id, 'acknowledgement');
  assert.equal(await stateOf(office, id), 'saved');
  const out = exported(office);
  assert.ok(out.acts > 0);
  assert.ok(fs.readdirSync(stick).every((name) => !name.endsWith('.part')), 'no unfinished file is left');
  assert.ok(fs.readdirSync(stick).every((name) => /^[a-z0-9.-]+$/.test(name)), 'names that FAT takes');
  assert.equal(await onTheWay(office), out.acts, 'exported, and not acknowledged');
  const back = answered(out.file);
  assert.equal(back.admitted, out.acts);
  assert.equal(await stateOf(office, id), 'saved', 'only the return bundle acknowledges');
  const taken = ofOffice(office, ['import', back.answer.file]);
  assert.equal(taken.answers, out.number);
  assert.equal(await stateOf(office, id), 'in_force');
  assert.equal(await onTheWay(office), 0);
  return { out, back };
}

/// What was taken in already changes nothing, at either end and in any order.
function repeats(office, { out, back }) {
  const again = answered(out.file);
  assert.deepEqual([again.admitted, again.repeated], [0, true]);
  for (const file of [back.answer.file, again.answer.file, back.answer.file]) {
    assert.equal(ofOffice(office, ['import', file]).entries, 0);
  }
}

async function lostAndSwapped(office, id) {
  await note(office, id, '第一次');
  const lost = exported(office);
  await note(office, id, '第二次');
  const second = exported(office);
  await note(office, id, '第三次');
  const third = exported(office);
  assert.ok(third.acts > second.acts, 'the next bundle carries what no receipt covers yet');
  const thirdBack = answered(third.file);
  const secondBack = answered(second.file);
  assert.equal(secondBack.admitted, 0, 'the older one has nothing new to say');
  ofOffice(office, ['import', secondBack.answer.file]);
  ofOffice(office, ['import', thirdBack.answer.file]);
  assert.equal(await stateOf(office, id), 'in_force');
  assert.equal(answered(lost.file).admitted, 0, 'found again behind a cupboard');
}

function hostile(office, other, { out, back }) {
  for (const [home, program, file] of [
    [city.centreDir, 'fieldnode-central', out.file],
    [office.dir, 'fieldnode', back.answer.file],
  ]) {
    refused(program, home, spoilt(file, 'cut.fnb', (bytes) => bytes.subarray(0, bytes.length - 1)), 'bundle_unfinished');
    refused(program, home, spoilt(file, 'empty.fnb', () => Buffer.alloc(0)), 'bundle_unfinished');
    const flip = (bytes) => ((bytes[bytes.length >> 1] ^= 1), bytes);
    refused(program, home, spoilt(file, 'flipped.fnb', flip), 'bundle_damaged');
    refused(program, home, spoilt(file, 'longer.fnb', (bytes) => Buffer.concat([bytes, bytes])), 'bundle_damaged');
    refused(program, home, spoilt(file, 'other.fnb', () => Buffer.from('PK\x03\x04 no bundle')), 'not_a_bundle');
  }
  refused('fieldnode', office.dir, out.file, 'bundle_wrong_way');
  refused('fieldnode-central', city.centreDir, back.answer.file, 'bundle_wrong_way');
  refused('fieldnode', other.dir, back.answer.file, 'bundle_not_ours');
  refused('fieldnode', office.dir, path.join(stick, 'none.fnb'), 'no_bundle_file');
}

async function unasked(office) {
  const { id } = (await city.dispatchNew('XF', 2)).assignment;
  const sent = ofCentre(['export', '--unit', 'XF', '-o', stick]);
  assert.equal(sent.more, false);
  assert.ok(ofOffice(office, ['import', sent.file]).entries > 0);
  assert.ok((await office.assignments()).includes(id), 'new work came on a stick');
  const whole = ofCentre(['export', '--unit', 'XF', '--whole', '-o', stick]);
  assert.equal(ofOffice(office, ['import', whole.file]).entries, 0, 'all of it is held');
  return id;
}

/// An answer that is too small for the whole feed comes in pieces, each of which may be lost.
async function inPieces(office) {
  for (let number = 3; number < 33; number += 1) await city.dispatchNew('XF', number);
  const out = exported(office);
  const piece = ofCentre(['import', out.file, '-o', stick, '--bytes', '1024']);
  assert.equal(piece.answer.more, true, 'the user chose how large it may be');
  ofOffice(office, ['import', piece.answer.file]);
  const rest = answered(exported(office).file);
  const held = (await office.assignments()).length;
  ofOffice(office, ['import', rest.answer.file]);
  assert.equal((await office.assignments()).length, 32);
  assert.ok(held < 32);
}

/// One file each way, a third that is larger than what goes at once; what came on sticks no line brings again.
async function withFiles(office, id, caseId) {
  const [scene, film, plan] = [photo(300_000), photo(3 * kMib), photo(500_000)];
  for (const [name, bytes] of [['现场.jpg', scene], ['全景.jpg', film]]) {
    await upload(office.visitor, base(id), name, bytes);
    await note(office, id, name, [{ address: addressOf(bytes), name, class: 'handling' }]);
  }
  await upload(city.visitor, `/api/cases/${caseId}`, '图纸.jpg', plan);
  const attachments = [{ address: addressOf(plan), name: '图纸.jpg', class: 'contact' }];
  const attached = await city.visitor.post(`/api/cases/${caseId}/attachments`, { request_id: crypto.randomUUID(), attachments });
  assert.equal(attached.status, 200, JSON.stringify(attached.body));

  const tooLarge = run('fieldnode', ['bundle', 'export', '--dir', office.dir, '-o', stick, '--attachments-mib', '4096']);
  assert.equal(tooLarge.code, 2, 'no stick takes a file of 4 GiB');
  assert.match(run('fieldnode', ['bundle', 'export', '--help']).out, /--attachments-mib.*16 if left out/s);
  const out = exported(office, ['--attachments-mib', '2']);
  assert.deepEqual(out.attachments, { files: 2, bytes: 2 * kMib, left: 1 });
  const back = answered(out.file);
  assert.deepEqual(back.attachments, { arrived: 1, bytes: 2 * kMib, delivered: 0, refused: [] });
  await arrives(city.visitor, base(id), scene);
  const taken = ofOffice(office, ['import', back.answer.file]);
  assert.deepEqual(taken.attachments, { arrived: 1, bytes: plan.length, delivered: 1, refused: [] });
  await arrives(office.visitor, base(id), plan);

  const rest = exported(office);
  assert.deepEqual(rest.attachments, { files: 1, bytes: film.length + scene.length - 2 * kMib, left: 0 });
  const last = answered(rest.file);
  assert.equal(last.answer.attachments.files, 0, 'the office has said that it has the plan');
  await arrives(city.visitor, base(id), film);
  assert.equal(answered(rest.file).attachments.bytes, 0, 'taken in again it changes nothing');
  assert.equal(ofOffice(office, ['import', last.answer.file]).attachments.delivered, 1);
}

/// Neither program runs: the same commands work on the directories.
async function atRest(office, id) {
  await note(office, id, '关机前');
  await office.stop();
  await city.centre.stop();
  const out = exported(office);
  const back = ofCentre(['import', out.file, '-o', stick, '--clock', 'watched']);
  assert.equal(back.admitted, out.acts);
  ofOffice(office, ['import', back.answer.file]);
  await city.startCentre();
  await office.start();
  assert.equal(await stateOf(office, id), 'in_force');
}

try {
  await city.init();
  city.addUnit('XF', '幸福街道办事处');
  city.addUnit('BH', '滨湖街道办事处');
  await city.startCentre();
  const office = await city.office('XF');
  const other = await city.office('BH');
  const made = await city.takeIn('路灯不亮', { text: '连续三天', place: '幸福路 1 号' });
  const { id } = (await city.dispatch(made.id, 'XF')).assignment;
  await eventually('the office holds it', async () => (await office.assignments()).length === 1);
  office.link.set('refuse');
  await eventually('the line is dead', async () => (await office.visitor.get('/api/status')).link.state === 'offline');

  stage('there and back');
  const trip = await firstTrip(office, id);
  stage('taken in again');
  repeats(office, trip);
  stage('lost, swapped, found again');
  await lostAndSwapped(office, id);
  stage('cut, flipped, for somebody else');
  hostile(office, other, trip);
  stage('new work that nobody asked for');
  const second = await unasked(office);
  await act(office, second, 'acknowledgement');
  stage('an answer in pieces');
  await inPieces(office);
  stage('with attachments');
  await withFiles(office, id, made.id);
  stage('while neither program runs');
  office.link.set('refuse');
  await atRest(office, id);

  stage('the cable is back');
  await note(office, second, '电缆接回之后');
  const late = exported(office);
  const meter = await new PartMeter({ city, office }).listen();
  office.link.leadTo(meter.port);
  office.link.set('pass');
  office.nudge();
  await eventually('all acts are in force', async () => (await stateOf(office, second)) === 'in_force');
  assert.equal(answered(late.file).admitted, 0, 'the exchange was faster than the stick');
  assert.equal(await onTheWay(office), 0);
  await note(office, second, '照常');
  await eventually('the exchange goes on', async () => (await stateOf(office, second)) === 'in_force');
  const asked = meter.book.filter((errand) => errand.url.startsWith('/sync/v1/blobs/'));
  assert.deepEqual(asked, [], 'no line carries what came on a stick');
  await meter.close();
  await city.stopAll();
  reckonStates(city, [office, other]);
  console.log('ok: bundle');
} catch (error) {
  console.error(city.logs());
  throw error;
} finally {
  await city.stopAll();
  fs.rmSync(dir, { recursive: true, force: true });
}
