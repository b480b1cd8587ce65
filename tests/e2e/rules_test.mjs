// Policies and calendars on their way from the city to an office: published at the command line while the centre serves,
// at the page while the office is cut off, by two persons where past days change; what is open moves, what has ended
// stays, both ends say so, and in the end both replicas are the same.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { reckonStates } from './outage/reckoning.mjs';
import { dayOf, fileOf, laxer, notice, pastDay, stricter } from './rules/press.mjs';
import { City } from './support/city.mjs';
import { eventually, run } from './support/program.mjs';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fieldnode-rules-'));
const stage = (text) => console.log(`- ${text}`);

class Rules {
  constructor(city, office) {
    this.city = city;
    this.office = office;
  }

  /// A command of the centre's own; gives {code, answer}.
  publish(kind, text, options = []) {
    const file = fileOf(dir, text);
    const done = run('fieldnode-central', [kind, 'publish', '--dir', this.city.centreDir, '--json', ...options, file]);
    return { code: done.code, answer: JSON.parse(done.out || done.err) };
  }

  post(visitor, url, form) {
    return visitor.post(`/api/rules${url}`, form);
  }

  press(visitor, kind, text, url = '') {
    return this.post(visitor, url, { kind, document: JSON.stringify(text) });
  }

  async due(id, clock) {
    const { assignment } = await this.office.visitor.get(`/api/assignments/${id}`);
    return assignment.clocks.find((one) => one.clock === clock)?.due;
  }

  async dueAtCentre(id, clock) {
    const { assignment } = await this.city.visitor.get(`/api/assignments/${id}`);
    return assignment.clocks.find((one) => one.clock === clock)?.due;
  }

  /// What the office's journal says of changes, the oldest first.
  async told() {
    const { items } = await this.office.visitor.get('/api/unit-log');
    return items.filter((item) => item.kind === 'rules_applied').map((item) => item.fields).reverse();
  }

  /// What the centre has read of them.
  async appliedAtCentre() {
    const { units } = await this.city.visitor.get('/api/rules');
    return units.find(({ unit }) => unit.code === this.office.code).applied;
  }

  /// The office has followed, the centre knows it, and both count alike.
  async settled(policy, assignments) {
    await eventually('the office has followed', async () => {
      const rules = await this.office.visitor.get('/api/rules');
      return rules.followed && rules.in_force.policy.version === policy;
    });
    await eventually('the centre has read it', async () => (await this.appliedAtCentre())?.policy_after === policy);
    for (const id of assignments) {
      for (const clock of ['contact', 'resolve']) {
        assert.equal(await this.due(id, clock), await this.dueAtCentre(id, clock), `${clock} of ${id} at both ends`);
      }
    }
  }
}

async function byCommandWhileServing(rules, open) {
  const before = await rules.due(open[0], 'contact');
  const trial = rules.publish('policy', stricter, ['--preview']);
  assert.equal(trial.code, 0, JSON.stringify(trial.answer));
  assert.deepEqual([trial.answer.open, trial.answer.earlier, trial.answer.later], [open.length, open.length, 0]);
  assert.equal(await rules.due(open[0], 'contact'), before, 'a preview moves nothing');
  const published = rules.publish('policy', stricter);
  assert.equal(published.code, 0, JSON.stringify(published.answer));
  await rules.settled('measures-v2', open);
  assert.ok(Date.parse(await rules.due(open[0], 'contact')) < Date.parse(before), 'a day less to call the citizen');
  const [told] = await rules.told();
  assert.equal(told.policy_before, 'measures-v1');
  assert.deepEqual([told.earlier, told.later], [open.length, 0], 'what the preview said is what happened');
  assert.equal(rules.publish('policy', stricter).code, 0, 'the same file again is the same publication');
  const other = rules.publish('policy', { ...stricter, drift_ppm: 300 });
  assert.deepEqual([other.code, other.answer.error.code], [2, 'version_taken']);
  const broken = rules.publish('policy', { version: 'x', mood: 'strict' });
  assert.deepEqual([broken.code, broken.answer.error.code], [2, 'bad_policy']);
}

async function byPageWhileCutOff(rules, open) {
  rules.office.link.set('refuse');
  const before = await rules.due(open[0], 'resolve');
  const dayOff = notice('改日', { off: [dayOf(before)] });
  const trial = await rules.press(rules.city.visitor, 'calendar', dayOff, '/preview');
  assert.equal(trial.status, 200, JSON.stringify(trial.body));
  assert.equal(trial.body.later, open.length);
  assert.equal(trial.body.needs_second, false);
  assert.equal((await rules.press(rules.city.visitor, 'calendar', dayOff)).status, 201);
  assert.equal((await rules.press(rules.city.visitor, 'policy', laxer)).status, 201);
  const act = { act_id: 'offline-contact-1', kind: 'contact', channel: 'telephone', outcome: 'reached', note: '已联系' };
  assert.equal((await rules.office.visitor.post(`/api/assignments/${open[0]}/acts`, act)).status, 201);
  assert.equal(await rules.due(open[0], 'resolve'), before, 'who is cut off counts by what it knows');
  rules.office.link.set('pass');
  rules.office.nudge();
  await rules.settled('measures-v3', open);
  const after = await rules.due(open[0], 'resolve');
  assert.ok(Date.parse(after) > Date.parse(before), `${before} -> ${after}`);
  const told = (await rules.told()).at(-1);
  assert.deepEqual([told.policy_before, told.policy_after], ['measures-v2', 'measures-v3']);
  assert.ok(told.calendar_after.includes('改日') && !told.calendar_before.includes('改日'), 'both calendars are named');
  assert.equal(told.later, open.length);
}

/// Whether yesterday worked is not this test's business: one of both changes it.
async function changeOfPastDay(rules) {
  for (const days of [{ off: [pastDay()] }, { work: [pastDay()] }]) {
    const text = notice('过去', days);
    const trial = await rules.press(rules.city.visitor, 'calendar', text, '/preview');
    if (trial.body.first_changed_day) return text;
  }
  throw new Error('yesterday neither worked nor rested');
}

async function byTwoPersons(rules, open) {
  const text = await changeOfPastDay(rules);
  const refused = rules.publish('calendar', text);
  assert.deepEqual([refused.code, refused.answer.error.code], [2, 'needs_second_person']);
  const proposed = await rules.press(rules.city.visitor, 'calendar', text);
  assert.equal(proposed.status, 202);
  const { id } = proposed.body.proposal;
  const own = await rules.post(rules.city.visitor, `/proposals/${id}/ruling`, { confirmed: true });
  assert.equal(own.body.error.code, 'proposed_by_same_person');
  const before = (await rules.told()).length;
  const colleague = await rules.city.visit('钱进');
  assert.equal((await rules.post(colleague, `/proposals/${id}/ruling`, { confirmed: true })).status, 200);
  await eventually('the office has followed', async () => (await rules.told()).length > before);
  await rules.settled('measures-v3', open);
  const { published } = await rules.city.visitor.get('/api/rules');
  assert.equal(published.at(-1).second.name, '钱进');
}

async function live(city) {
  await city.init();
  city.addUnit('BH', '滨河街道办事处');
  await city.startCentre();
  const office = await city.office('BH');
  const made = [];
  for (let i = 1; i <= 4; ++i) made.push((await city.dispatchNew('BH', i)).assignment.id);
  const [ended, ...open] = made;
  await eventually('the office holds them', async () => (await office.assignments()).length === made.length);
  const rules = new Rules(city, office);
  await city.decide(ended, { kind: 'take_back', reason: '改派' });
  await eventually('one was taken back', async () => (await office.visitor.get(`/api/assignments/${ended}`)).assignment.stage === 'taken_back');
  const kept = await rules.due(ended, 'resolve');

  stage('a policy by command, while the centre serves');
  await byCommandWhileServing(rules, open);
  stage('a calendar and a policy at the page, while the office is cut off');
  await byPageWhileCutOff(rules, open);
  stage('past days, by two persons');
  await byTwoPersons(rules, open);

  assert.equal(await rules.due(ended, 'resolve'), kept, 'what has ended keeps the rules under which it ended');
  assert.equal(await rules.dueAtCentre(ended, 'resolve'), kept);

  stage('an office of a unit that came later begins with all of it');
  city.addUnit('QS', '青山街道办事处');
  const later = await city.office('QS');
  await eventually('it has followed', async () => {
    const held = await later.visitor.get('/api/rules');
    return held.followed && held.brought.length === 4 && held.in_force.policy.version === 'measures-v3';
  });
  await office.restart();
  assert.equal((await office.visitor.get('/api/rules')).in_force.policy.version, 'measures-v3', 'after a restart, too');
  await eventually('all is delivered', async () => {
    const [one, two] = await Promise.all([office, later].map((each) => each.visitor.get('/api/status')));
    return one.undelivered.count === 0 && two.undelivered.count === 0;
  });
  await city.stopAll();
  reckonStates(city, [office, later]);
}

const city = new City(dir);
try {
  await live(city);
  console.log('ok: rules');
} catch (error) {
  console.error(city.logs());
  throw error;
} finally {
  await city.stopAll();
  fs.rmSync(dir, { recursive: true, force: true });
}
