// An application that certainly comes after the due instant. No limit is shorter than an hour, so the centre dispatches
// two hours ago: its wall clock is shifted while it does.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';

import { assertRefused } from '../support/refusals.mjs';

const shift = process.env.FIELDNODE_CLOCK_SHIFT_LIBRARY;
const twoHoursAgo = { FIELDNODE_CLOCK_SHIFT: '-7200', LD_PRELOAD: shift, ASAN_OPTIONS: 'verify_asan_link_order=0' };

/// The centre is stopped, and runs afterwards. Returns the assignment, which was due an hour ago.
export async function dispatchLate(city, unit) {
  if (!shift || !fs.existsSync(shift)) return null;
  await city.startCentre(twoHoursAgo);
  const hour = (clock) => ({ clock, limit: '1h', statute: '' });
  const made = await city.dispatchNew(unit, 77, { limits: ['resolve', 'return'].map(hour) });
  await city.centre.stop();
  await city.startCentre();
  return made.assignment.id;
}

/// `late`: what `dispatchLate` gave.
export async function tryLate(t, office, late) {
  const skip = late ? false : 'the clock library is not built';
  const forms = [
    { kind: 'extension_application', ground: 'site_work', days: 1, text: '需现场施工' },
    { kind: 'return_application', reason: 'not_ours', basis: '非本单位职责' },
  ];
  for (const form of forms) {
    await t.test(`act: ${form.kind} after the due instant`, { skip }, async () => {
      const acts = async () => (await office.timeline(late)).filter((item) => item.list === 'act');
      const before = await acts();
      const answer = await office.visitor.post(`/api/assignments/${late}/acts`, { act_id: crypto.randomUUID(), ...form });
      assertRefused(answer, { status: 409, code: 'application_late', says: ['after its limit', 'due 20', 'write to the centre'] });
      assert.deepEqual(await acts(), before);
    });
  }
}
