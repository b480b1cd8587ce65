// A disk that the kernel has made read-only, or that answers with errors, beneath running programs: nothing more is
// written, not even when it seems well again, until somebody has looked and started the program anew.
import assert from 'node:assert/strict';

import { ActBook, keyOf } from '../support/act_book.mjs';
import { actForms } from '../support/act_forms.mjs';
import { inputOutput, readOnly } from '../support/failing_disk.mjs';
import { eventually } from '../support/program.mjs';
import { assertRefused } from '../support/refusals.mjs';

const faults = [
  ['made read-only by the kernel', readOnly],
  ['answering with errors', inputOutput],
];
const refusal = { status: 503, code: 'storage_failed', says: ['reading and printing still work', 'restart'] };

export class BrokenDisks {
  #city;
  #office;
  #disks;
  #assignment;
  #notes = 0;

  constructor({ city, office, disks, assignment }) {
    this.#city = city;
    this.#office = office;
    this.#disks = disks;
    this.#assignment = assignment;
    this.book = new ActBook(office);
  }

  #note() {
    this.#notes += 1;
    return actForms.note(this.#notes);
  }

  #act(form) {
    return this.#office.visitor.post(`/api/assignments/${this.#assignment}/acts`, form);
  }

  async #arrives(act) {
    await eventually('the act is in force', async () =>
      (await this.#office.timeline(this.#assignment)).some((item) => keyOf(item) === act.key && item.truth === 'in_force'));
  }

  async #storageOf(visitor) {
    return (await visitor.get('/api/status')).storage;
  }

  /// Beneath the office. What was dispatched meanwhile comes after the restart.
  async office(errno) {
    await this.#arrives(await this.book.record(this.#assignment, this.#note()));
    this.#disks.fail('fieldnode', errno);
    const form = this.#note();
    assertRefused(await this.#act(form), refusal);
    const { id } = (await this.#city.dispatchNew(this.#office.code, this.#notes)).assignment;
    const storage = await this.#storageOf(this.#office.visitor);
    assert.equal(storage.safe_mode, true);
    assert.ok(storage.reason.en.includes('restart'), storage.reason.en);
    const shown = (await this.#office.timeline(this.#assignment)).filter((item) => item.list === 'act');
    assert.equal(shown.length, this.book.size, 'what was saved is read, the refused act is not');

    this.#disks.mend('fieldnode');
    assertRefused(await this.#act(form), refusal);
    assert.ok(!(await this.#office.assignments()).includes(id), 'nothing was taken over from the centre either');
    await this.#office.restart();
    assert.equal((await this.#storageOf(this.#office.visitor)).safe_mode, false);
    await this.#repeatRefused(form);
    await eventually('what was dispatched meanwhile has come', async () => (await this.#office.assignments()).includes(id));
  }

  /// Whether a change that was refused at its commit reached the disk nobody knows; under its id it is made once.
  async #repeatRefused(form) {
    const again = await this.#act(form);
    assert.ok([200, 201].includes(again.status), JSON.stringify(again.body));
    await this.#arrives(this.book.note(this.#assignment, form, again));
  }

  /// Beneath the centre. The office works on and knows whose disk it is.
  async centre(errno) {
    this.#disks.fail('fieldnode-central', errno);
    const asked = await this.#city.visitor.post('/api/cases',
      { request_id: `broken-disk-${errno}`, title: '诉求', category: 'A2', kind: 'complaint' });
    assertRefused(asked, { ...refusal, says: ['restart'] });
    const act = await this.book.record(this.#assignment, this.#note());
    await eventually('the office is told', async () => {
      const { link, storage } = await this.#office.visitor.get('/api/status');
      return link.last_error?.code === 'centre_cannot_save' && !storage.safe_mode;
    });
    const last = await this.#office.lastAct(this.#assignment);
    assert.equal(last.truth, 'saved', 'nothing was delivered');
    this.#disks.mend('fieldnode-central');
    await this.#city.centre.stop();
    await this.#city.startCentre();
    this.#office.nudge();
    await this.#arrives(act);
  }

  /// Every act once at both ends.
  async reckon() {
    for (const end of [this.#office, this.#city]) {
      const held = (await end.timeline(this.#assignment)).filter((item) => item.list === 'act').map(keyOf);
      assert.deepEqual(held.sort(), this.book.acts.map((act) => act.key).sort());
    }
  }
}

export async function tryBrokenDisks(t, world) {
  const broken = new BrokenDisks(world);
  for (const [what, errno] of faults) {
    await t.test(`fieldnode: a disk ${what} beneath a clerk`, () => broken.office(errno));
    await t.test(`fieldnode-central: a disk ${what} beneath an operator and an exchange`, () => broken.centre(errno));
  }
  await broken.reckon();
}
