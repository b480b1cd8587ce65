// An upgrade that fails: the program does not start and says why, and nothing on the disk is other than before.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import { must, run } from '../support/program.mjs';
import { assertTurnedAway } from '../support/refusals.mjs';
import { tamper, valueIn } from '../support/stored_rows.mjs';

const programs = [
  ['fieldnode', 'node.db', ['--page', '127.0.0.1:0']],
  ['fieldnode-central', 'central.db', ['--sync', '127.0.0.1:0', '--page', '127.0.0.1:0']],
];

/// Names and contents of all that a program has; a lock file may come and go.
function contentOf(dir) {
  const names = fs.readdirSync(dir).filter((name) => !name.endsWith('.lock') && !name.endsWith('.sock')).sort();
  const hash = (name) => crypto.createHash('sha256').update(fs.readFileSync(path.join(dir, name))).digest('hex');
  return names.map((name) => `${name} ${hash(name)}`);
}

/// Both programs are stopped, in good order. `dirs`: by program.
export async function tryFailedUpgrades(t, dirs) {
  for (const [program, file, listen] of programs) {
    await t.test(`${program}: an upgrade that fails leaves everything as it was`, () => {
      const copy = `${dirs[program]}-upgraded`;
      fs.cpSync(dirs[program], copy, { recursive: true });
      const db = path.join(copy, file);
      const version = Number(valueIn(db, 'PRAGMA user_version'));
      const hash = valueIn(db, `SELECT text_hash FROM schema_migrations WHERE number = ${version}`);
      const name = valueIn(db, `SELECT name FROM schema_migrations WHERE number = ${version}`);
      // As a release before the last step left it, but for a table of that step which is there already.
      tamper(db, `DELETE FROM schema_migrations WHERE number = ${version}; PRAGMA user_version = ${version - 1}`);
      const before = contentOf(copy);
      const done = run(program, ['serve', '--dir', copy, ...listen]);
      const says = [`from schema ${version - 1} to this release's ${version}`, 'It is as it was', 'report this'];
      assertTurnedAway(done, { exit: 1, code: 'migration_failed', says });
      assert.deepEqual(contentOf(copy), before);
      tamper(db, `INSERT INTO schema_migrations VALUES (${version}, '${name}', ${hash}); PRAGMA user_version = ${version}`);
      assert.equal(JSON.parse(must(program, ['verify', '--dir', copy, '--json'])).ok, true);
    });
  }
}
