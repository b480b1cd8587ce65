// A data directory that was copied, and both copies run: the centre takes the acts of one line only, the other is told and
// shows an alarm, and nothing that a clerk did under either is lost or counts twice without a word.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { ActBook, keyOf } from './support/act_book.mjs';
import { actForms } from './support/act_forms.mjs';
import { City, password } from './support/city.mjs';
import { beside, Daemon, eventually, Visitor } from './support/program.mjs';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fieldnode-clone-'));
const alarms = ['journal_fork'];

/// The copy, under the same clerk. It has the same keys and certificate, so to the centre it is the same node.
class Clone {
  constructor(office) {
    this.dir = `${office.dir}-clone`;
    fs.cpSync(office.dir, this.dir, { recursive: true, filter: (file) => !file.endsWith('.sock') && !file.endsWith('.lock') });
  }

  async start() {
    this.daemon = await new Daemon('fieldnode', ['serve', '--dir', this.dir, '--page', '127.0.0.1:0']).start();
    this.visitor = await new Visitor(this.daemon.ready.page).signIn('王芳', password);
    return this;
  }

  nudge() {
    return beside('fieldnode', ['sync', '--dir', this.dir]);
  }

  async timeline(id) {
    return (await this.visitor.get(`/api/assignments/${id}`)).assignment.timeline;
  }
}

const actsOf = async (place, id) => (await place.timeline(id)).filter((item) => item.list === 'act');
const wordsOf = (item) => item.texts.note;

async function told(one) {
  return eventually('whoever lost is told, and shows an alarm', async () => {
    const { link } = await one.visitor.get('/api/status');
    return link.alarm && link;
  });
}

async function live(city) {
  await city.init();
  city.addUnit('XF', '幸福街道办事处');
  await city.startCentre();
  const office = await city.office('XF');
  const { id } = (await city.dispatchNew('XF', 1)).assignment;
  await eventually('the office holds it', async () => (await office.assignments()).length === 1);
  const book = new ActBook(office);
  await book.record(id, actForms.note('共同'));
  await eventually('it is in force', async () => (await office.lastAct(id)).truth === 'in_force');

  await office.stop();
  const clone = await new Clone(office).start();
  await office.start();
  const cloned = new ActBook(clone);
  await book.record(id, actForms.note('原件'));
  await eventually('the original is heard first', async () => (await office.lastAct(id)).truth === 'in_force');
  await cloned.record(id, actForms.note('副本'));
  const link = await told(clone);
  assert.ok(alarms.includes(link.alarm.code), JSON.stringify(link.alarm));
  assert.match(link.alarm.sentence.zh, /[\u4e00-\u9fff]{4}/);
  assert.ok(link.alarm.sentence.en.includes('operator'), link.alarm.sentence.en);

  const said = await actsOf(clone, id);
  assert.equal(said.at(-1).truth, 'saved', 'the clone keeps what was done there and calls it no more than saved');
  assert.equal(wordsOf(said.at(-1)), '值班记录 副本');
  for (const place of [city, office]) {
    const words = (await actsOf(place, id)).map(wordsOf);
    assert.deepEqual(words, ['值班记录 共同', '值班记录 原件'], 'one line of acts, each once');
  }
  const again = await cloned.record(id, actForms.note('副本之二'));
  await clone.nudge();
  await told(clone);
  const last = (await actsOf(clone, id)).find((item) => keyOf(item) === again.key);
  assert.equal(last.truth, 'saved', 'work goes on beneath the alarm, and nothing of it is called delivered');
  await book.record(id, actForms.note('原件之二'));
  await eventually('the original works on', async () => (await office.lastAct(id)).truth === 'in_force');
  await clone.daemon.stop();
  console.log('ok: clone');
}

const city = new City(dir);
try {
  await live(city);
} catch (error) {
  console.error(city.logs());
  throw error;
} finally {
  await city.stopAll();
  fs.rmSync(dir, { recursive: true, force: true });
}
