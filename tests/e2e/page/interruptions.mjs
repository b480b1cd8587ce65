// A second tab, and a program that dies beneath an open page.
import assert from 'node:assert/strict';

import { Desk } from './desk.mjs';

/// Two tabs on one assignment: what one does the other sees, and both resolving at once is one resolution.
export async function workInTwoTabs(context, desk, office, id) {
  await desk.openAssignment(id);
  const other = await Desk.open(context, desk.page.url(), desk);
  await other.id('assignment').waitFor();
  await other.acknowledge();
  await other.shows('acknowledgement', 'in_force');
  await desk.page.bringToFront();
  await desk.shows('acknowledgement', 'in_force');
  await desk.contact();
  await desk.shows('contact', 'in_force');
  await other.page.bringToFront();
  await other.shows('contact', 'in_force');

  await other.fillResolution('第二个页面的答复。');
  await desk.page.bringToFront();
  await desk.fillResolution('第一个页面的答复。');
  await Promise.all([desk.submit(), other.submit()]);
  await desk.shows('resolution', 'in_force');
  await other.page.bringToFront();
  await other.shows('resolution', 'in_force');
  const made = (await office.timeline(id)).filter((item) => item.kind === 'resolution');
  assert.equal(made.length, 1, 'one resolution, whoever was quicker');
  await other.shoot('two-tabs');
  await other.page.close();
}

/// kill -9 while a form is half filled: said plainly, nothing lost, and the work goes on when the program is back.
export async function surviveKill(desk, office, id) {
  const { page } = desk;
  await desk.openAssignment(id);
  await desk.id('action-note').click();
  await desk.id('field-note').fill('写到一半');
  await office.kill();
  await desk.tells('page-link', 'gone');
  await desk.id('field-note').fill('写到一半,断电了');
  await desk.submit();
  await desk.id('form-unsure').waitFor();
  await desk.shoot('program-gone');
  await office.start();
  await desk.tells('page-link', 'live');
  assert.equal(await desk.id('field-note').inputValue(), '写到一半,断电了', 'the draft is kept');
  await page.reload();
  assert.equal(await desk.id('field-note').inputValue(), '写到一半,断电了', 'and outlives a reload');
  await desk.submit();
  const line = await desk.shows('note', 'in_force');
  assert.match(await line.innerText(), /写到一半,断电了/);
  const notes = (await office.timeline(id)).filter((item) => item.kind === 'note');
  assert.equal(notes.length, 1, 'sent twice, recorded once');
  await desk.shoot('program-back');
}
