// Data directories that cannot be served, and a disk that runs full beneath a clerk's hands.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import { eventually, must, run } from '../support/program.mjs';
import { assertRefused, assertTurnedAway } from '../support/refusals.mjs';
import { mountsMissing, SmallDisk, whileReadOnly } from '../support/small_disk.mjs';
import { bytesOf, rowsIn, tamper, valueIn } from '../support/stored_rows.mjs';

const serving = {
  fieldnode: ['--page', '127.0.0.1:0'],
  'fieldnode-central': ['--sync', '127.0.0.1:0', '--page', '127.0.0.1:0'],
};
const database = { fieldnode: 'node.db', 'fieldnode-central': 'central.db' };
const command = (program, dir, ...words) =>
  run(program, [...words, '--dir', dir, ...(words[0] === 'serve' ? serving[program] : [])]);
const verify = (program, dir) => JSON.parse(must(program, ['verify', '--dir', dir, '--json']));

/// A copy of a stopped program's directory, so that each case spoils its own.
function copyOf(dir, name) {
  const copy = `${dir}-${name}`;
  fs.cpSync(dir, copy, { recursive: true });
  return copy;
}

async function tryFiles(t, program, dir) {
  const file = database[program];
  for (const words of [['serve'], ['status'], ['verify'], ['user', 'list']]) {
    await t.test(`${program} ${words.join(' ')}: a database of a newer release stays as it is`, () => {
      const copy = copyOf(dir, 'newer');
      const db = path.join(copy, file);
      const version = valueIn(db, 'PRAGMA user_version');
      tamper(db, 'PRAGMA user_version = 999');
      const before = bytesOf(db);
      const says = ['schema 999', `knows ${version}`, 'install that release', 'backup'];
      assertTurnedAway(command(program, copy, ...words), { code: 'newer_database', says });
      assert.equal(bytesOf(db), before);
      tamper(db, `PRAGMA user_version = ${version}`);
      assert.equal(verify(program, copy).ok, true, 'the right version is served');
      fs.rmSync(copy, { recursive: true });
    });
  }
  await t.test(`${program}: a file that is no database stays as it is`, () => {
    const copy = copyOf(dir, 'foreign');
    const db = path.join(copy, file);
    fs.writeFileSync(db, 'Dear centre, here is my report of the year.\n'.repeat(500));
    const before = bytesOf(db);
    assertTurnedAway(command(program, copy, 'serve'), { code: 'not_this_database', says: [db, 'data directory', 'backup'] });
    assert.equal(bytesOf(db), before);
    fs.rmSync(copy, { recursive: true });
  });
  await t.test(`${program}: a directory that is not there is not made`, () => {
    const nowhere = `${dir}-nowhere`;
    const code = program === 'fieldnode' ? 'not_enrolled' : 'no_city';
    assertTurnedAway(command(program, nowhere, 'serve'), { code, says: [nowhere, 'run `fieldnode'] });
    assert.ok(!fs.existsSync(nowhere));
  });
  await t.test(`${program}: an address that is none, or open to the street`, () => {
    const serve = (address) => run(program, ['serve', '--dir', dir, '--page', address]);
    assertTurnedAway(serve('here'), { code: 'bad_address', says: ['here', 'write it like 127.0.0.1:'] });
    assertTurnedAway(serve('0.0.0.0:0'), { code: 'plain_not_loopback', says: ['0.0.0.0:0', 'use 127.0.0.1'] });
  });
  await t.test(`${program}: an unknown command and no command`, () => {
    const unknown = run(program, ['fly', '--dir', dir]);
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, new RegExp(`no command "fly"; ${program} --help`));
    assert.equal(run(program, []).code, 2);
  });
}

async function tryReadOnly(t, program, dir) {
  const skip = mountsMissing() ?? false;
  await t.test(`${program}: a directory that cannot be written`, { skip }, async () => {
    const before = rowsIn(path.join(dir, database[program]));
    await whileReadOnly(dir, () => {
      const says = [dir, 'Read-only', 'write permission', 'remount'];
      assertTurnedAway(command(program, dir, 'serve'), { code: 'storage_read_only', says });
      if (program === 'fieldnode') assert.equal(verify(program, dir).ok, true, 'reading goes on');
    });
    assert.equal(rowsIn(path.join(dir, database[program])), before);
    assert.equal(verify(program, dir).ok, true);
  });
}

/// Both programs are stopped.
export async function tryStoppedStorage(t, city, office) {
  for (const [program, dir] of [['fieldnode-central', city.centreDir], ['fieldnode', office.dir]]) {
    await tryFiles(t, program, dir);
    await tryReadOnly(t, program, dir);
  }
  await t.test('fieldnode-central init: a city is not made twice', () => {
    const before = rowsIn(path.join(city.centreDir, 'central.db'));
    const done = run('fieldnode-central', ['init', '--dir', city.centreDir, '--name', '别的市']);
    assertTurnedAway(done, { code: 'city_exists', says: [city.centreDir, 'choose another directory'] });
    assert.equal(rowsIn(path.join(city.centreDir, 'central.db')), before);
  });
  await t.test('fieldnode-central init: no directory to make it in, no name', () => {
    const lost = path.join(city.dir, 'no', 'such', 'place');
    const init = (...args) => run('fieldnode-central', ['init', ...args]);
    assertTurnedAway(init('--dir', lost, '--name', '市'), { code: 'no_data_directory', says: [lost, 'Make its parent'] });
    assert.ok(!fs.existsSync(path.join(city.dir, 'no')));
    assertTurnedAway(init('--dir', `${city.dir}/unnamed`), { code: 'bad_usage', says: ['--name', '--help'] });
    assertTurnedAway(init('--dir', `${city.dir}/unnamed`, '--name', ''), { code: 'bad_city_name', says: ['--name'] });
    assert.ok(!fs.existsSync(`${city.dir}/unnamed`));
  });
}

/// Both programs run.
export async function tryRunningStorage(t, city, office) {
  const doors = [
    ['fieldnode', office.dir, office.daemon],
    ['fieldnode-central', city.centreDir, city.centre],
  ];
  for (const [program, dir, daemon] of doors) {
    await t.test(`${program}: a second one on the same directory`, () => {
      const done = command(program, dir, 'serve');
      const says = [`process ${daemon.process.pid}`, dir, 'stop it first'];
      assertTurnedAway(done, { code: 'database_in_use', says });
      assert.equal(daemon.process.exitCode, null, 'the first goes on');
    });
  }
}

/// `spare`: directories of stopped programs of each kind; the busy addresses are those of `city`.
export async function tryPorts(t, city, spare) {
  const busy = [new URL(city.centre.ready.page).host, new URL(city.centre.ready.sync).host];
  const attempts = [
    ['fieldnode', spare.office, ['--page', busy[0]], busy[0]],
    ['fieldnode-central', spare.centre, ['--sync', '127.0.0.1:0', '--page', busy[0]], busy[0]],
    ['fieldnode-central', spare.centre, ['--sync', busy[1], '--page', '127.0.0.1:0'], busy[1]],
  ];
  for (const [program, dir, options, address] of attempts) {
    await t.test(`${program} serve ${options.join(' ')}: the port is in use`, () => {
      const db = path.join(dir, database[program]);
      const before = rowsIn(db);
      const done = run(program, ['serve', '--dir', dir, ...options]);
      assertTurnedAway(done, { code: 'port_in_use', says: [address, 'stop that one or configure another'] });
      assert.equal(rowsIn(db), before);
    });
  }
}

const note = () => ({ act_id: crypto.randomUUID(), kind: 'note', note: '现场情况记录。'.repeat(40) });

/// Acts until one is refused. Returns those that were answered 201 and the refusal.
async function actUntilRefused(office, id) {
  const saved = [];
  for (let tries = 0; tries < 2000; tries += 1) {
    const form = note();
    const answer = await office.visitor.post(`/api/assignments/${id}/acts`, form);
    if (answer.status !== 201) return { saved, answer, form };
    saved.push(answer.body.act.seq);
  }
  throw new Error('a full disk took 2000 acts');
}

const seqsOf = async (office, id) =>
  (await office.timeline(id)).filter((item) => item.list === 'act').map((item) => item.seq);

/// `makeOffice(prepare)`: a new office with one assignment, whose directory `prepare` was given before it was enrolled.
export async function tryFullDisk(t, makeOffice) {
  const skip = mountsMissing() ?? false;
  await t.test('fieldnode: a disk that runs full beneath a clerk', { skip }, async () => {
    let disk;
    const office = await makeOffice((dir) => (disk = new SmallDisk(dir).mount(8192)));
    try {
      await fillBeneath(office, disk);
    } finally {
      await office.daemon.stop();
      disk.unmount();
    }
  });
}

/// A city on a small disk of its own beneath `dir`.
export async function tryFullCentre(t, dir) {
  const skip = mountsMissing() ?? false;
  await t.test('fieldnode-central: a unit is not added on a full disk', { skip }, () => {
    const disk = new SmallDisk(path.join(dir, 'full-centre')).mount(2048);
    try {
      const add = () => run('fieldnode-central', ['unit', 'add', '--dir', disk.dir, '--code', 'A', '--name', '甲']);
      must('fieldnode-central', ['init', '--dir', disk.dir, '--name', '小盘市']);
      disk.fill();
      // Exit 1: what was typed is right.
      assertTurnedAway(add(), { exit: 1, code: 'storage_failed', says: ['disk is full', 'Free some space'] });
      disk.free();
      assert.deepEqual(verify('fieldnode-central', disk.dir).units, [], 'nothing of the unit is there');
      assert.equal(add().code, 0);
    } finally {
      disk.unmount();
    }
  });
}

async function fillBeneath(office, disk) {
  const id = office.assignment;
  const act = () => office.visitor.post(`/api/assignments/${id}/acts`, note());
  assert.equal((await act()).status, 201);
  const before = await seqsOf(office, id);
  disk.fill();
  const { saved, answer, form } = await actUntilRefused(office, id);
  const refusal = { status: 503, code: 'storage_failed', says: ['disk is full', 'reading and printing still work', 'Free some space'] };
  assertRefused(answer, refusal);
  assertRefused(await act(), refusal);

  assert.deepEqual(await seqsOf(office, id), [...before, ...saved], 'what was answered 201 is there, the refused is not');
  assert.equal((await office.visitor.all('/api/assignments?view=all')).length, 1, 'the list is read');
  const { storage } = await office.visitor.get('/api/status');
  assert.equal(storage.safe_mode, true);
  assert.ok((storage.reason.en ?? storage.reason).includes('full'), JSON.stringify(storage));

  disk.free();
  await office.restart();
  assert.deepEqual(await seqsOf(office, id), [...before, ...saved], 'and after a restart');
  assert.equal((await office.visitor.get('/api/status')).storage.safe_mode, false);
  const again = await office.visitor.post(`/api/assignments/${id}/acts`, form);
  assert.equal(again.status, 201, 'the refused act can be made now, under its own id');
  await eventually('it is delivered', async () => (await office.visitor.get('/api/status')).undelivered.count === 0);
  await office.daemon.stop();
  assert.equal(verify('fieldnode', office.dir).ok, true);
}
