// Files as a page sends them, and what becomes of them at both ends.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';

import { eventually } from './program.mjs';

export const addressOf = (bytes) => crypto.createHash('sha256').update(bytes).digest('hex');

/// Looks like a JPEG and does not compress.
export function photo(size) {
  const bytes = crypto.randomBytes(size);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  return bytes;
}

/// Sends `bytes` to `base` ('/api/assignments/12') in pieces, from where the program is. Returns the last answer's body.
export async function upload(visitor, base, name, bytes, { id = crypto.randomUUID(), piece = 256 * 1024, stopAfter = Infinity } = {}) {
  const begun = await visitor.post(`${base}/uploads`, { upload: id, name, size: bytes.length });
  assert.equal(begun.status, 201, JSON.stringify(begun.body));
  let state = begun.body;
  while (state.address === null && state.held < stopAfter) {
    const answer = await visitor.putPiece(`${base}/uploads/${id}?offset=${state.held}`, bytes.subarray(state.held, state.held + piece));
    if (answer.status !== 200) return answer.body;
    state = answer.body;
  }
  return state;
}

/// When the file can be fetched whole there, its bytes are compared.
export async function arrives(visitor, base, bytes, options) {
  const url = `${base}/attachments/${addressOf(bytes)}`;
  const answer = await eventually(`${url} is whole at ${visitor.page}`, async () => {
    const got = await visitor.getFile(url);
    return got.status === 200 && got;
  }, options);
  assert.ok(answer.bytes.equals(bytes), 'the same bytes');
  return answer;
}
