// Enrolment that must fail, each time followed by the one that works: a failure costs neither the directory nor the code.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';

import { mistyped, neverIssued } from '../support/enrolment_code.mjs';
import { must, run } from '../support/program.mjs';
import { assertTurnedAway } from '../support/refusals.mjs';
import { mountsMissing, SmallDisk, whileReadOnly } from '../support/small_disk.mjs';
import { rowsIn, tamper, valueIn } from '../support/stored_rows.mjs';

async function freePort() {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

class Enrolments {
  #units = 0;

  constructor(city, other) {
    this.city = city;
    this.other = other;
  }

  get centre() {
    return `https://127.0.0.1:${this.city.syncPort}`;
  }

  /// A directory to enrol in, and a code for a unit that no other case uses.
  next() {
    this.#units += 1;
    const unit = `E${this.#units}`;
    this.city.addUnit(unit, `单位 ${this.#units}`);
    return { unit, dir: path.join(this.city.dir, `enrol-${unit}`), code: this.code(unit) };
  }

  code(unit, city = this.city) {
    return JSON.parse(must('fieldnode-central', ['enrol-code', '--dir', city.centreDir, '--unit', unit, '--json'])).code;
  }

  try(dir, code, centre = this.centre) {
    return run('fieldnode', ['enrol', '--dir', dir, '--centre', centre, '--code', code]);
  }

  /// What the centre holds of units and their nodes; wrong guesses are counted on purpose.
  atCentre() {
    return rowsIn(path.join(this.city.centreDir, 'central.db'), 'unit', 'node', 'entry', 'list');
  }

  /// `attempt` must be turned away without a trace at both ends.
  fails(dir, attempt, expected) {
    const before = this.atCentre();
    assertTurnedAway(attempt(), expected);
    assert.equal(this.atCentre(), before, 'the centre is as before');
    assert.ok(!fs.existsSync(path.join(dir, 'node.db')), 'no half-made node');
    const served = run('fieldnode', ['serve', '--dir', dir, '--page', '127.0.0.1:0']);
    assertTurnedAway(served, { code: 'not_enrolled', says: [dir, 'fieldnode enrol'] });
  }

  works(dir, code, unit) {
    const done = this.try(dir, code);
    assert.equal(done.code, 0, done.err);
    const { unit: held } = JSON.parse(must('fieldnode', ['status', '--dir', dir, '--json']));
    assert.equal(held.code, unit);
  }
}

/// Each row: what, how it is attempted, what it says.
function wrongWays(enrolments, closedPort) {
  const { city, other } = enrolments;
  const page = city.centre.ready.page;
  return [
    ['a code with a typing error', ({ dir, code }) => enrolments.try(dir, mistyped(code)),
      { code: 'bad_code', says: ['code', 'type it again'] }],
    ['half a code', ({ dir, code }) => enrolments.try(dir, code.slice(0, 14)), { code: 'bad_code', says: ['type it'] }],
    ['a code that was never issued', ({ dir, code }) => enrolments.try(dir, neverIssued(code)),
      { code: 'wrong_code', says: ['not known', 'ask the centre for a new one'] }],
    ['the code of another city', ({ dir }) => enrolments.try(dir, enrolments.code('QT', other)),
      { exit: 1, code: 'wrong_ca', says: [`127.0.0.1:${city.syncPort}`, 'made this code', 'Check the address'] }],
    ['a centre that is not there', ({ dir, code }) => enrolments.try(dir, code, `https://127.0.0.1:${closedPort}`),
      { exit: 1, code: 'unreachable', says: [`127.0.0.1:${closedPort}`, 'check'] }],
    ['the address of the page instead of the sync port',
      ({ dir, code }) => enrolments.try(dir, code, page.replace('http:', 'https:')),
      { exit: 1, code: 'tls_failed', says: [new URL(page).host, 'check', 'sync port'] }],
    ['an address without https', ({ dir, code }) => enrolments.try(dir, code, enrolments.centre.replace('https', 'http')),
      { code: 'bad_url', says: ['http://', 'write https://'] }],
  ];
}

async function tryCodes(t, enrolments) {
  for (const [what, attempt, expected] of wrongWays(enrolments, await freePort())) {
    await t.test(`enrolment: ${what}, then the right one`, () => {
      const place = enrolments.next();
      enrolments.fails(place.dir, () => attempt(place), expected);
      enrolments.works(place.dir, place.code, place.unit);
    });
  }
  await t.test('enrolment: an expired code, then a new one', async () => {
    const place = enrolments.next();
    await enrolments.city.centre.stop();
    const sql = 'UPDATE enrolment_code SET expires_at = made_at - 1 WHERE used_key IS NULL';
    tamper(path.join(enrolments.city.centreDir, 'central.db'), sql);
    await enrolments.city.startCentre();
    enrolments.fails(place.dir, () => enrolments.try(place.dir, place.code),
      { code: 'code_expired', says: ['72 hours', 'ask the centre for a new one'] });
    enrolments.works(place.dir, enrolments.code(place.unit), place.unit);
  });
  await t.test('enrolment: a code that another machine has used', () => {
    const place = enrolments.next();
    enrolments.works(place.dir, place.code, place.unit);
    const second = `${place.dir}-second`;
    enrolments.fails(second, () => enrolments.try(second, place.code),
      { code: 'code_used', says: ['another machine', 'new one'] });
    enrolments.works(second, enrolments.code(place.unit), place.unit);
  });
  await t.test('enrolment: ten wrong guesses void a code', () => {
    const place = enrolments.next();
    for (let guess = 0; guess < 10; guess += 1) {
      const done = enrolments.try(place.dir, neverIssued(place.code));
      assertTurnedAway(done, { code: 'wrong_code', says: ['type it again'] });
    }
    enrolments.fails(place.dir, () => enrolments.try(place.dir, place.code),
      { code: 'too_many_tries', says: ['void', 'new one'] });
    enrolments.works(place.dir, enrolments.code(place.unit), place.unit);
  });
}

async function tryPlaces(t, enrolments) {
  await t.test('enrolment: a directory that has its node keeps it, and the code stays good', () => {
    const first = enrolments.next();
    const second = enrolments.next();
    enrolments.works(first.dir, first.code, first.unit);
    const before = rowsIn(path.join(first.dir, 'node.db'));
    const done = enrolments.try(first.dir, second.code);
    assertTurnedAway(done, { code: 'already_enrolled', says: [first.dir, first.unit, 'empty one'] });
    assert.equal(rowsIn(path.join(first.dir, 'node.db')), before);
    enrolments.works(second.dir, second.code, second.unit);
  });
  await t.test('enrolment: no code for a unit that is not there', () => {
    const done = run('fieldnode-central', ['enrol-code', '--dir', enrolments.city.centreDir, '--unit', 'NOPE']);
    assertTurnedAway(done, { code: 'unknown_unit', says: ['NOPE'] });
  });
  const skip = mountsMissing() ?? false;
  await t.test('enrolment: where nothing can be written the code is not spent', { skip }, async () => {
    const place = enrolments.next();
    fs.mkdirSync(place.dir);
    await whileReadOnly(place.dir, () =>
      enrolments.fails(place.dir, () => enrolments.try(place.dir, place.code),
        { code: 'file_not_written', says: [place.dir, 'Read-only', 'Check'] }));
    enrolments.works(place.dir, place.code, place.unit);
  });
  await t.test('enrolment: a disk without room for the database, then with it, by the same code', { skip }, () => {
    const place = enrolments.next();
    const disk = new SmallDisk(place.dir).mount(48);
    try {
      assertTurnedAway(enrolments.try(place.dir, place.code), { exit: 1, code: 'storage_failed', says: ['full', 'space'] });
      disk.resize(4096);
      enrolments.works(place.dir, place.code, place.unit);
      const nodes = `SELECT count(*) FROM node JOIN unit ON unit.id = node.unit WHERE unit.code = '${place.unit}'`;
      const count = valueIn(path.join(enrolments.city.centreDir, 'central.db'), nodes);
      assert.equal(count, '1', 'the repeat is the same node');
    } finally {
      disk.unmount();
    }
  });
}

/// `city` runs and has no offices at work; `other` is another city that was made and does not run.
export async function tryEnrolment(t, city, other) {
  other.addUnit('QT', '别市单位');
  const enrolments = new Enrolments(city, other);
  await tryCodes(t, enrolments);
  await tryPlaces(t, enrolments);
}
