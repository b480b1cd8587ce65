// Two people who send at the same instant, each over a connection of their own.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';

import { assertRefused } from '../support/refusals.mjs';

/// A change at the centre's page that `who` will ask for, under an id of its own.
export function sendAs(who, url, form) {
  return () => who.post(url, { request_id: crypto.randomUUID(), ...form });
}

/// Sends all at once. Returns {won, lost}: the answers that were 201, and the others.
export async function atOnce(...sends) {
  const answers = await Promise.all(sends.map((send) => send()));
  return { won: answers.filter(({ status }) => status === 201), lost: answers.filter(({ status }) => status !== 201) };
}

/// One of them was taken, the other is told why not, as `expected`.
export async function onlyOne(sends, expected) {
  const { won, lost } = await atOnce(...sends);
  assert.equal(won.length, 1, JSON.stringify([...won, ...lost].map(({ status, body }) => [status, body])));
  for (const answer of lost) assertRefused(answer, expected);
  return won[0];
}
