// Before the outage: a city that has imported its requests, and two offices that hold what is theirs.
import assert from 'node:assert/strict';
import path from 'node:path';

import { eventually } from '../support/program.mjs';
import { writeRequests } from '../support/requests_311.mjs';

const rowCount = 5600;

/// Returns which requests they are.
export async function importRequests(city, root) {
  const csv = path.join(city.dir, 'requests.csv');
  const input = writeRequests(root, csv, rowCount);
  assert.ok(input.rows >= 5000, `only ${input.rows} rows to import`);
  await city.init();
  city.import(csv, path.join(root, 'schema/mappings/boston311.toml'), ['--as-open']);
  return `${input.rows} ${input.set}`;
}

/// An office holds the assignments of its unit and no other's.
export async function assertHoldsItsOwn(city, office) {
  const expected = await city.assignmentsOf(office.code);
  const held = await eventually(
    `${office.code} holds its ${expected.length} assignments`,
    async () => {
      const ids = await office.assignments();
      return ids.length >= expected.length && ids;
    },
    { seconds: 120, everyMs: 500 },
  );
  assert.equal(held.length, expected.length);
  assert.deepEqual(new Set(held), new Set(expected), `${office.code} holds its assignments and no other's`);
  return held.length;
}

/// The two units with the most work, each with its office.
export async function openOffices(city) {
  const offices = [];
  for (const code of await city.largestUnits(2)) {
    const office = await city.office(code);
    assert.ok((await assertHoldsItsOwn(city, office)) > 200);
    offices.push(office);
  }
  return offices;
}
