// tests/data/offline_days.tsv: what was stated before anything was run.
import fs from 'node:fs';

const year = '2026-09';

/// '18 11:29:58' as milliseconds since 1970; nothing for ? and -.
export function momentOf(text) {
  if (text === '?' || text === '-') return null;
  const [day, clock] = text.split(' ');
  const parts = clock.split(':');
  return Date.parse(`${year}-${day}T${parts[0]}:${parts[1]}:${(parts[2] ?? '00').padStart(2, '0')}+08:00`);
}

/// The other way round, to be compared and read: '18 11:29:58', with a fraction where there is one.
export function textOf(moment) {
  if (moment === null || moment === undefined) return '?';
  const civil = new Date(Date.parse(moment) + 8 * 3600_000).toISOString();
  const fraction = civil.slice(20, 23).replace(/0+$/, '');
  const month = civil.slice(0, 7) === year ? '' : `${civil.slice(0, 7)}-`;
  return `${month}${civil.slice(8, 10)} ${civil.slice(11, 19)}${fraction ? `.${fraction}` : ''}`;
}

/// Each line as an object by the names of the columns, in the order of the acts.
export function readTable(file) {
  const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\n').filter((line) => !line.startsWith('#'));
  const [names, ...rows] = lines.map((line) => line.split('\t'));
  const table = rows.map((row) => {
    if (row.length !== names.length) throw new Error(`${row[0]}, ${row[1]}: ${row.length} columns of ${names.length}`);
    return Object.fromEntries(names.map((name, i) => [name, row[i]]));
  });
  return table.sort((left, right) => momentOf(left.acted) - momentOf(right.acted));
}
