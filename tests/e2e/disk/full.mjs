// Disks that run full beneath the work of clerks and operators, at either end and at both: who works is told, reading goes
// on, and when there is room again so does the work, without a restart.
import assert from 'node:assert/strict';

import { eventually } from '../support/program.mjs';
import { Load } from '../support/load.mjs';
import { assertKept, assertNoFalseWord, gather, settled } from '../support/promise_reckoning.mjs';
import { Promises } from '../support/promises.mjs';
import { TruthWatch } from '../support/truth_watch.mjs';

const rounds = [['office'], ['centre'], ['office', 'centre'], ['centre'], ['office']];

class FullDisks {
  constructor({ city, office, disks }) {
    Object.assign(this, { city, office, disks });
  }

  #visitorOf(end) {
    return end === 'office' ? this.office.visitor : this.city.visitor;
  }

  async #storage(end) {
    return (await this.#visitorOf(end).get('/api/status')).storage;
  }

  async #isFull(end) {
    const storage = await eventually(`the disk of the ${end} is found full`, async () => {
      const now = await this.#storage(end);
      return now.safe_mode && now;
    }, { seconds: 90 });
    for (const words of ['disk is full', 'reading and printing still work', 'Free some space']) {
      assert.ok(storage.reason.en.includes(words), storage.reason.en);
    }
    assert.match(storage.reason.zh, /[\u4e00-\u9fff]{4}/);
    const list = end === 'office' ? 'view=all' : `unit=${this.office.code}`;
    assert.ok((await this.#visitorOf(end).get(`/api/assignments?${list}`)).items.length > 0, 'the list is read');
  }

  /// The office is told that not its own disk is meant.
  async #officeIsTold() {
    await eventually('the office is told that the centre cannot save', async () => {
      const { link, storage } = await this.office.visitor.get('/api/status');
      return link.last_error?.code === 'centre_cannot_save' && !storage.safe_mode;
    }, { seconds: 60 });
  }

  async round(ends) {
    for (const end of ends) this.disks[end].fill();
    for (const end of ends) await this.#isFull(end);
    if (!ends.includes('office')) await this.#officeIsTold();
    for (const end of ends) this.disks[end].free();
    for (const end of ends) {
      await eventually(`the ${end} goes on by itself`, async () => !(await this.#storage(end)).safe_mode, { seconds: 30 });
    }
  }
}

/// `disks`: the small disks beneath both directories. Returns what is printed.
export async function fillBeneathWork({ city, office, disks, dice }) {
  const promises = new Promises();
  const load = new Load({ city, office, promises, dice, outlasts: ['storage_failed'] });
  const watch = new TruthWatch(office, load.worked);
  await load.start();
  const full = new FullDisks({ city, office, disks });
  try {
    for (const ends of rounds) await full.round(ends);
  } catch (error) {
    load.abandon();
    throw error;
  }
  await load.stop();
  await settled(city, office, load);
  await watch.stop();

  const facts = await gather(city, office, load);
  assertKept(facts, promises);
  assertNoFalseWord(facts, watch);
  await promises.assertRepeated({
    office: (url, form) => office.visitor.post(url, form),
    centre: (url, form) => city.visitor.post(url, form),
  });
  assert.ok(load.putOff > 0, 'nobody met a full disk');
  return { promises: promises.size, put_off: load.putOff, looks: watch.looks };
}
