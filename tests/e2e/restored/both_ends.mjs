// What was done is at both ends, once, and both tell the same of it.
import assert from 'node:assert/strict';

import { actForms } from '../support/act_forms.mjs';
import { ActBook } from '../support/act_book.mjs';
import { eventually } from '../support/program.mjs';

const told = ({ list, epoch, seq, kind, standing, texts }) => [list, epoch, seq, kind, standing, texts?.note];
const notesOf = (timeline) => timeline.filter((item) => item.kind === 'note').map((item) => item.texts.note);

/// A clerk's note, which the page is told is saved.
export async function note(office, assignment, words) {
  await new ActBook(office).record(assignment, actForms.note(words));
}

/// As `note`, until the centre holds it.
export async function noteInForce(office, assignment, words) {
  await note(office, assignment, words);
  office.nudge();
  await eventually(`${words} is in force`, async () => (await office.lastAct(assignment)).truth === 'in_force');
}

export async function agree(city, office, assignment) {
  await eventually('nothing is on its way', async () => {
    office.nudge();
    return (await office.visitor.get('/api/status')).undelivered.count === 0;
  }, { everyMs: 300 });
  await eventually(`both ends tell the same of ${assignment}`, async () => {
    const [here, there] = await Promise.all([office.timeline(assignment), city.timeline(assignment)]);
    return JSON.stringify(here.map(told)) === JSON.stringify(there.map(told));
  });
}

/// In this order, each once, at either end.
export async function assertNotes(city, office, assignment, words) {
  await agree(city, office, assignment);
  const expected = words.map((word) => `值班记录 ${word}`);
  for (const [end, place] of [['centre', city], ['office', office]]) {
    assert.deepEqual(notesOf(await place.timeline(assignment)), expected, end);
  }
}

export async function alarmOf(office) {
  return (await office.visitor.get('/api/status')).link.alarm;
}
