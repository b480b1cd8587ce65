// An office that cannot know the time must not say that it does.
import assert from 'node:assert/strict';

/// `clock` as the page gets it: what it says of now must be so, and where nothing bounds the time from above it must not
/// say that a limit is still kept.
function assertHonest(key, { state, due, overdue }, { now, latest }) {
  if (state !== 'running') return;
  const isLate = now >= Date.parse(due) + 1000;
  if (overdue === 'certainly') assert.ok(isLate, `${key} is said to be overdue, due ${due}`);
  if (overdue === 'no') assert.ok(!isLate, `${key} is said to be in time, due ${due}`);
  if (latest === null) assert.notEqual(overdue, 'no', `${key}: no clock here knows that ${due} is not over`);
}

/// Everything that the office tells of the time at this moment. `stated`: the class of its clock.
export async function assertNoFalseCertainty(days, stated) {
  const visitor = await days.clerk();
  const { now: told } = await visitor.get('/api/status');
  const { now } = days.clocks;
  assert.equal(told.class, stated);
  assert.ok(Date.parse(told.earliest) <= now, `it is said to be after ${told.earliest}`);
  assert.equal(told.latest === null, stated !== 'anchored', `latest: ${told.latest}`);
  if (told.latest) assert.ok(Date.parse(told.latest) >= now, `it is said to be before ${told.latest}`);
  const rows = await visitor.all('/api/assignments?view=all');
  assert.ok(rows.length >= 17);
  for (const { id, due } of rows) if (due) assertHonest(`${id} in the list`, due, { now, latest: told.latest });
  for (const [key, clock] of await days.allClocksAt(days.office)) assertHonest(key, clock, { now, latest: told.latest });
}
