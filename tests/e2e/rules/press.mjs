// What a city publishes in this test: texts that move due instants whatever day it is.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const dayMs = 24 * 3600 * 1000;

export const stricter = { version: 'measures-v2', limits: { contact: '2wd' } };
export const laxer = { version: 'measures-v3', limits: { contact: '2wd', resolve: '9wd' } };

/// The civil day of an instant of the server, or of a moment in milliseconds, in +08:00.
export function dayOf(moment) {
  const ms = typeof moment === 'number' ? moment : Date.parse(moment);
  return new Date(ms + 8 * 3600 * 1000).toISOString().slice(0, 10);
}

/// A notice of the city's own: days off and working days of one year.
export function notice(name, { off = [], work = [] }) {
  const year = Number([...off, ...work][0].slice(0, 4));
  return { year, version: dayOf(Date.now()), region: `测试市-${name}`, off, work };
}

/// Yesterday, turned into what it was not: `isOff` says which of both is a change.
export function pastDay(now = Date.now()) {
  return dayOf(now - dayMs);
}

/// Writes what an author would have written; gives the file's name.
export function fileOf(dir, text) {
  const file = path.join(dir, `${crypto.randomUUID()}.json`);
  fs.writeFileSync(file, JSON.stringify(text));
  return file;
}
