// Looks into a program's database from outside, to see that what was refused left nothing behind.
import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';

function sqlite(args) {
  const done = spawnSync('sqlite3', args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  if (done.error) throw new Error(`the sqlite3 command line tool is needed: ${done.error.message}`);
  if (done.status !== 0) throw new Error(`sqlite3 ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

/// Every row of `tables` (none named: of the whole file) as one hash. The program may be running.
export function rowsIn(file, ...tables) {
  const dump = sqlite(['-readonly', file, `.timeout 5000`, `.dump ${tables.join(' ')}`]);
  if (tables.length > 0 && !dump.includes('CREATE TABLE')) throw new Error(`no such tables: ${tables}`);
  return crypto.createHash('sha256').update(dump).digest('hex');
}

/// One value out of a file.
export const valueIn = (file, sql) => sqlite(['-readonly', file, '.timeout 5000', sql]).trim();

/// Changes a file that no program has open.
export const tamper = (file, sql) => void sqlite([file, sql]);

export const bytesOf = (file) => crypto.createHash('sha256').update(fs.readFileSync(file)).digest('hex');
