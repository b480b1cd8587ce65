// An enrolment that is killed, at any moment, as often as you like: the same command with the same code goes on, and in the
// end there is one node.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';

import { Daemon, eventually, must, run } from '../support/program.mjs';
import { valueIn } from '../support/stored_rows.mjs';

const killsOfOne = 4;

/// How long an enrolment takes here that nobody kills, in milliseconds.
async function untouched(city, enrol) {
  const began = performance.now();
  const done = run('fieldnode', enrol('E0'));
  assert.equal(done.code, 0, done.err);
  return performance.now() - began;
}

function killedAfter(args, milliseconds) {
  const child = spawn(path.join(process.env.FIELDNODE_BIN, 'fieldnode'), args, { stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL');
    });
  });
}

async function assertOneNode(city, unit, dir) {
  const nodes = `SELECT count(*) FROM node JOIN unit ON unit.id = node.unit WHERE unit.code = '${unit}'`;
  assert.equal(valueIn(path.join(city.centreDir, 'central.db'), nodes), '1', `${unit} has one node`);
  const daemon = await new Daemon('fieldnode', ['serve', '--dir', dir, '--page', '127.0.0.1:0']).start();
  try {
    await eventually(`${unit} speaks to the centre`,
      () => JSON.parse(must('fieldnode', ['status', '--dir', dir, '--json'])).link.state === 'online');
  } finally {
    await daemon.stop();
  }
}

/// Returns how many enrolments were killed.
export async function killEnrolments({ city, dice, units }) {
  const dirOf = (unit) => path.join(city.dir, `enrolled-${unit}`);
  const codes = new Map();
  const enrol = (unit) => {
    if (!codes.has(unit)) {
      city.addUnit(unit, `单位 ${unit}`);
      codes.set(unit, JSON.parse(must('fieldnode-central', ['enrol-code', '--dir', city.centreDir, '--unit', unit, '--json'])).code);
    }
    return ['enrol', '--dir', dirOf(unit), '--centre', `https://127.0.0.1:${city.syncPort}`, '--code', codes.get(unit)];
  };
  const takes = await untouched(city, enrol);
  let kills = 0;
  for (let n = 1; n <= units; n += 1) {
    const unit = `E${n}`;
    for (let blow = 0; blow < killsOfOne; blow += 1) {
      if (!(await killedAfter(enrol(unit), dice.below(takes * 0.7)))) break;
      kills += 1;
    }
    const done = run('fieldnode', enrol(unit));
    // It had just come to its end when the last blow fell.
    const isThere = done.code === 2 && done.err.includes('(already_enrolled)');
    assert.ok(done.code === 0 || isThere, done.err);
    city.confirm(JSON.parse(must('fieldnode', ['status', '--dir', dirOf(unit), '--json'])).fingerprint);
    await assertOneNode(city, unit, dirOf(unit));
  }
  return kills;
}
