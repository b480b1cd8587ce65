// What the office's clocks did stands in its journal, and came to the centre with it.
import assert from 'node:assert/strict';
import path from 'node:path';

import { valueIn } from '../support/stored_rows.mjs';

const kinds = { wallStep: 1, reboot: 3 };

function packed(number) {
  const bytes = [];
  for (let rest = number; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest < 128 ? rest : (rest % 128) + 128);
    if (rest < 128) return bytes;
  }
}

/// The end of an anomaly's skeleton, which is its payload with the length before it. Source: PROTOCOL, "Payloads".
function anomaly(what, milliseconds) {
  const signed = milliseconds < 0 ? -2 * milliseconds - 1 : 2 * milliseconds;
  const payload = [...packed(what), ...packed(signed)];
  return Buffer.from([payload.length, ...payload]).toString('hex').toUpperCase();
}

const stated = [anomaly(kinds.wallStep, -3 * 3600_000), anomaly(kinds.reboot, 0), anomaly(kinds.reboot, 0)];

/// One wall clock set back by three hours, two boots, each once, in the order in which they happened.
export function assertAnomaliesJournaled(city, office) {
  for (const file of [path.join(office.dir, 'node.db'), path.join(city.centreDir, 'central.db')]) {
    const found = valueIn(file, 'SELECT hex(skeleton) FROM entry WHERE kind = 13 ORDER BY seq').split('\n');
    assert.equal(found.length, stated.length, `${file}: ${found}`);
    found.forEach((skeleton, i) => assert.ok(skeleton.endsWith(stated[i]), `${file}: ${skeleton} does not end with ${stated[i]}`));
  }
}
