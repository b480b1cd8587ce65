// Both ends of a call: the operator at the centre's page, and the office at its command line or page.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { spawn } from 'node:child_process';
import path from 'node:path';

import { run } from '../support/program.mjs';

export class Caller {
  constructor(city, office, unit) {
    this.city = city;
    this.office = office;
    this.door = `/api/units/${unit.id}`;
  }

  #post(what, form) {
    return this.city.visitor.post(`${this.door}/${what}`, { request_id: crypto.randomUUID(), ...form });
  }

  async draw() {
    const drawn = await this.#post('phone-challenges', {});
    assert.equal(drawn.status, 201, JSON.stringify(drawn.body));
    return drawn.body;
  }

  /// The operator types a code: {status, body}.
  type(challenge, code) {
    return this.#post('phone-receipts', { challenge: challenge.challenge, code });
  }

  async receipts() {
    return (await this.city.visitor.get(`${this.door}/phone-receipts`)).receipts;
  }

  async proofs() {
    return (await this.office.visitor.get('/api/phone-receipt')).proofs;
  }

  /// A step at the office's command line: {code, answer}.
  say(...args) {
    const done = run('fieldnode', ['phone-receipt', '--dir', this.office.dir, '--json', ...args]);
    return { code: done.code, answer: JSON.parse(done.out) };
  }

  /// The whole call at the keyboard; `operator` is given the code and gives the answer to be typed.
  async speak(challenge, operator) {
    const program = path.join(process.env.FIELDNODE_BIN, 'fieldnode');
    const child = spawn(program, ['phone-receipt', '--dir', this.office.dir], { stdio: ['pipe', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (data) => (said += data));
    const heard = async (pattern) => {
      while (!pattern.test(said)) await new Promise((resolve) => child.stdout.once('data', resolve));
      return said.match(pattern);
    };
    child.stdin.write(`${challenge.digits}\n`);
    const [, code] = await heard(/\n {4}([\d ]+)\n/);
    child.stdin.write(`${await operator(code)}\n`);
    await heard(/Right\./);
    const exit = await new Promise((resolve) => child.on('close', resolve));
    return { exit, said, code };
  }
}
