// An office whose cable is pulled from Friday to Tuesday, over a make-up Saturday: who is warned of which limit and when, with
// the clocks of the real programs under the test's hand. Nobody is told at night or on the Sunday; what came too late is said so.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { actForms } from './support/act_forms.mjs';
import { City } from './support/city.mjs';
import { Visitor, eventually } from './support/program.mjs';
import { TestClocks } from './support/test_clocks.mjs';

const library = process.env.FIELDNODE_CLOCK_SHIFT_LIBRARY;
if (!library || !fs.existsSync(library)) {
  console.log('skipped: the clock library is not built');
  process.exit(77);
}
const password = '预警测试的长密码';
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fieldnode-warnings-'));
const momentOf = (text) => Date.parse(`2026-10-${text.replace(' ', 'T')}:00+08:00`);
const clocks = new TestClocks(path.join(dir, 'clocks'), library, momentOf('08 10:00'));
for (const program of ['fieldnode', 'fieldnode-central']) clocks.machineOf(program);
const city = new City(dir);

/** A clerk and a supervisor at one office, who look at their warnings now and then. */
class Watchers {
  constructor(office) {
    this.office = office;
    this.page = office.daemon.ready.page;
    this.oneTime = office.secondLogin;
  }

  /** Later: both sit down again, and somebody works, so that the program looks at its clocks at once. */
  async at(moment) {
    clocks.set(momentOf(moment));
    this.clerk = await new Visitor(this.page).signIn('李静', this.oneTime ?? password, password);
    this.oneTime = null;
    await this.office.signInAgain();
    await this.clerk.post(`/api/assignments/${this.first}/acts`, actForms.note(moment));
  }

  /** "contact due_soon 1", the groups in the order of the digest. */
  static told(groups) {
    return groups.map(({ clock, state, count }) => `${clock} ${state} ${count}`);
  }

  async own() {
    return Watchers.told((await this.clerk.get('/api/warnings')).own);
  }

  async escalated() {
    return Watchers.told((await this.office.visitor.get('/api/warnings')).escalated);
  }

  /** Waits for news, and hears it, on one screen only. */
  async hear(visitor, count) {
    await eventually(`${count} are told`, async () => (await visitor.get('/api/warnings')).news === count);
    const { telling } = await visitor.get('/api/warnings');
    const firsts = [];
    for (let screen = 0; screen < 2; screen += 1) firsts.push((await visitor.post('/api/warnings/heard', { telling })).body.first);
    assert.deepEqual(firsts, [true, false]);
    assert.equal((await visitor.get('/api/warnings')).news, 0);
  }

  async assertQuiet(moment) {
    await this.at(moment);
    assert.equal((await this.clerk.get('/api/warnings')).news, 0, moment);
    assert.equal((await this.office.visitor.get('/api/warnings')).news, 0, moment);
  }
}

async function live() {
  await city.init();
  city.addUnit('XF', '幸福街道办事处');
  await city.startCentre();
  const office = await city.office('XF', { secondUser: '李静' });
  const watchers = new Watchers(office);
  watchers.first = (await city.dispatchNew('XF', 1)).assignment.id;
  await eventually('it has arrived', async () => (await office.assignments()).length === 1);
  assert.equal((await office.visitor.post(`/api/assignments/${watchers.first}/acts`, actForms.acknowledgement())).status, 201);
  await office.sync();

  office.link.set('refuse');
  await city.signInAgain();
  clocks.set(momentOf('09 16:30'));
  await city.signInAgain();
  const second = (await city.dispatchNew('XF', 2)).assignment.id;
  for (const moment of ['09 23:59', '10 08:55']) {
    await watchers.assertQuiet(moment);
    assert.deepEqual(await watchers.own(), [], moment);
  }
  await watchers.at('10 09:05'); // a Saturday that works, the last working day before Monday the 12th
  await watchers.hear(watchers.clerk, 1);
  assert.deepEqual(await watchers.own(), ['contact due_soon 1']);
  assert.deepEqual(await watchers.escalated(), []);
  for (const moment of ['11 00:30', '11 14:00', '12 14:50']) await watchers.assertQuiet(moment);

  await watchers.at('12 15:10');
  await watchers.hear(office.visitor, 1);
  assert.deepEqual(await watchers.escalated(), ['contact due_soon 1']);
  await watchers.at('12 17:03');
  assert.deepEqual(await watchers.own(), ['contact perhaps_overdue 1'], 'four days after the last anchor nobody knows to the minute');
  await watchers.at('12 17:20');
  assert.deepEqual(await watchers.own(), ['contact overdue 1']);

  clocks.set(momentOf('13 02:00'));
  office.link.set('pass');
  await office.sync();
  await watchers.at('13 02:01');
  await watchers.hear(watchers.clerk, 1); // two hours run at night, and are told at night
  assert.deepEqual(await watchers.own(), ['contact overdue 1', 'acknowledge late_on_arrival 1']);
  const { clocks: its } = (await office.visitor.get(`/api/assignments/${second}`)).assignment;
  assert.deepEqual(its.map((clock) => [clock.clock, clock.arrived_late_at !== null]),
    [['acknowledge', true], ['contact', false], ['return', true], ['resolve', false]]);
  await watchers.at('13 09:05');
  await watchers.hear(watchers.clerk, 2);
  assert.deepEqual(await watchers.own(),
    ['contact overdue 1', 'acknowledge late_on_arrival 1', 'contact due_soon 1', 'resolve due_soon 1']);
}

try {
  await live();
  console.log('ok: warnings');
} catch (error) {
  console.error(city.logs());
  throw error;
} finally {
  await city.stopAll();
  fs.rmSync(dir, { recursive: true, force: true });
}
