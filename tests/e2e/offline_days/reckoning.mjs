// What was found beside what was stated, line by line.
import assert from 'node:assert/strict';

import { momentOf, textOf } from './table.mjs';

const tenth = 150;  // the table states tenths of a second

const word = (clock) => clock?.verdict?.verdict ?? '-';

/// Only the worse of both is told: the end that does not say what is stated.
function wordOfBoth(stated, office, centre) {
  return word(office) === stated ? word(centre) : word(office);
}

function isNear(stated, found) {
  const [left, right] = [momentOf(stated), found ? Date.parse(found) : null];
  return left === right || (left !== null && right !== null && Math.abs(left - right) <= tenth);
}

/// A claimed moment as the table would state it, if it is as stated.
const claim = (stated, found) => (isNear(stated, found) ? stated : textOf(found));

/// One line as the programs have it.
function foundFor(row, { atOnce, offline, office, centre }) {
  const key = `${row.order} ${row.clock}`;
  const [here, there] = [office.get(key), centre.get(key)];
  const { met_at: met, verdict } = there;
  if (row.at_once === 'refused') return { due: textOf(there.due), at_once: 'refused', offline: word(offline.get(key)), delivered: word(there) };
  return {
    due: textOf(verdict?.due),
    class: met?.class,
    earliest: claim(row.earliest, met?.earliest),
    latest: claim(row.latest, met?.latest),
    after: textOf(verdict?.bracket.earliest),
    held: textOf(verdict?.bracket.latest),
    trust: verdict?.trust,
    at_once: word(atOnce.get(key)),
    offline: word(offline.get(key)),
    delivered: wordOfBoth(row.delivered, here, there),
  };
}

/// Every difference as a line for people. Empty: all is as it was stated.
export function differences(table, found) {
  const lines = [];
  for (const row of table) {
    for (const [column, value] of Object.entries(foundFor(row, found))) {
      if (value !== row[column]) {
        lines.push(`${row.order}, ${row.clock}: ${column} was stated as ${row[column]} and is ${value} (${row.why})`);
      }
    }
  }
  return lines;
}

/// Both ends say the same of every clock, and where the table has no line there is no verdict.
export function assertNothingElse(table, { office, centre }) {
  const stated = new Set(table.filter((row) => row.at_once !== 'refused').map((row) => `${row.order} ${row.clock}`));
  for (const [key, clock] of office) {
    assert.deepEqual(clock.verdict, centre.get(key).verdict, `${key}: both ends by the same function`);
    if (!stated.has(key)) assert.equal(clock.verdict, null, `${key} has a verdict that nobody stated`);
  }
}
