// The cable is pulled, in more ways than one, while a clerk works.
import assert from 'node:assert/strict';

import { actForms } from '../support/act_forms.mjs';
import { eventually } from '../support/program.mjs';

/// Acknowledge, contact, resolve without the centre; reload; in force with the receipt when it is back.
export async function workThroughOutage(desk, office, id) {
  const { page } = desk;
  office.link.set('refuse');
  await desk.tells('band-link', 'offline');
  await desk.openAssignment(id);
  await desk.acknowledge();
  await desk.shows('acknowledgement', 'saved');
  await page.reload();
  await desk.shows('acknowledgement', 'saved');
  await desk.shoot('saved-here');
  await desk.contact();
  await desk.shows('contact', 'saved');
  await desk.fillResolution('您反映的路灯已修复。');
  await desk.shoot('resolution-form');
  await desk.submit();
  await desk.shows('resolution', 'saved');
  await page.reload();
  await desk.shows('resolution', 'saved');
  assert.equal(await page.locator('[data-truth=in_force]').count(), 0, 'nothing is in force with the cable pulled');
  await desk.shoot('three-acts-offline');

  office.link.set('pass');
  for (const kind of ['acknowledgement', 'contact', 'resolution']) await desk.shows(kind, 'in_force');
  assert.match(await (await desk.shows('acknowledgement', 'in_force')).innerText(), /R-\d+/);
  await desk.tells('band-link', 'online');
  await desk.shoot('in-force');
}

/// A centre that takes connections and says nothing holds up nobody.
export async function workThroughSilence(desk, office, id) {
  office.link.set('black-hole');
  await desk.openAssignment(id);
  const began = performance.now();
  await desk.acknowledge();
  await desk.shows('acknowledgement', 'saved');
  assert.ok(performance.now() - began < 3000, 'the clerk does not wait for the centre');
  await desk.contact();
  await desk.shows('contact', 'saved');
  await desk.tells('band-link', 'offline');
  assert.equal(await desk.page.locator('[data-truth=in_force]').count(), 0);
  await desk.shoot('silence');
  office.link.set('pass');
  office.nudge();
  await desk.shows('contact', 'in_force');
  await desk.tells('band-link', 'online');
}

/// Two extensions are granted, the second one unknown to the office, which withdraws it and applies once more.
async function prepareRefusal({ city, office, id }) {
  const { visitor } = office;
  const apply = async (form) => {
    const answer = await visitor.post(`/api/assignments/${id}/acts`, form);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return { epoch: answer.body.act.epoch, seq: answer.body.act.seq };
  };
  const inForce = () => eventually('it is in force', async () => (await office.lastAct(id)).truth === 'in_force');
  const grant = (application) => city.decide(id, { kind: 'extension_decision', application, granted: true, days: 2 });
  const first = await apply(actForms.extension_application(1));
  await inForce();
  await grant(first);
  await eventually('the office knows', async () =>
    (await office.timeline(id)).some((item) => item.kind === 'extension_decision'));
  const second = await apply(actForms.extension_application(2));
  await inForce();
  office.link.set('refuse');
  await grant(second);
  await apply(actForms.withdrawal(second));
}

/// What the centre does not accept is shown as such with the reason, and was never shown in force.
export async function seeRefusal(desk, { city, office, id }) {
  await prepareRefusal({ city, office, id });
  await desk.openAssignment(id);
  await desk.id('action-extension_application').click();
  await desk.id('field-ground').selectOption('several_units');
  await desk.id('field-days').fill('3');
  await desk.id('field-text').fill('仍需多单位会商');
  await desk.submit();
  const saved = await desk.shows('extension_application', 'saved');
  const seq = await saved.getAttribute('data-seq');
  office.link.set('pass');
  const refused = await desk.shows('extension_application', 'refused');
  assert.equal(await refused.getAttribute('data-seq'), seq);
  assert.match(await refused.innerText(), /延期次数已用完/);
  await desk.shows('withdrawal', 'refused');
  const shown = await desk.shownOf(seq);
  assert.ok(shown.includes('saved') && shown.at(-1) === 'refused', shown.join(' '));
  assert.ok(!shown.includes('in_force'), `shown: ${shown.join(' ')}`);
  await desk.shoot('not-accepted');
}
