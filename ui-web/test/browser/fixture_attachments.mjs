// Files as an office keeps them, in memory: uploads by pieces, and what the acts name. `refuse` is a code for the next piece; `cut` loses
// the answer to so many pieces; `held` names contents of which only a part has come.
import { createHash } from 'node:crypto';

import { error } from './fixture_desk.mjs';

const kPieceMost = 128 * 1024;

export class FixtureAttachments {
  constructor() {
    this.uploads = new Map();
    this.contents = new Map();
    this.held = new Map();
    this.refuse = null;
    this.pieces = 0;
  }

  /** Nothing where the door is another one. */
  answer(found, method, [door, name], search, body) {
    if (door === 'uploads' && method === 'POST') return this.begin(body);
    if (door === 'uploads' && method === 'PUT') return this.take(name, Number(search.get('offset')), body);
    if (door === 'attachments' && method === 'GET' && name) return this.give(found, name);
    if (door === 'attachments' && method === 'GET') return this.list(found);
    return null;
  }

  begin({ upload, name, size }) {
    const known = this.uploads.get(upload) ?? { name, size, bytes: Buffer.alloc(0), address: null };
    this.uploads.set(upload, known);
    return { status: 201, body: this.state(known) };
  }

  take(id, offset, piece) {
    const upload = this.uploads.get(id);
    this.pieces++;
    if (this.refuse) return error(415, this.refuse, '这类文件不能作为附件。', 'This kind of file may not be attached.');
    if (offset !== upload.bytes.length) return error(409, 'wrong_offset', '位置不衔接。', 'It does not continue what is held.');
    upload.bytes = Buffer.concat([upload.bytes, piece]);
    if (upload.bytes.length === upload.size) {
      upload.address = createHash('sha256').update(upload.bytes).digest('hex');
      this.contents.set(upload.address, upload.bytes);
    }
    return { status: 200, body: this.state(upload) };
  }

  state({ bytes, size, address }) {
    return { held: bytes.length, size, piece_max_bytes: kPieceMost, address };
  }

  named(found) {
    return found.timeline.flatMap((item) => item.attachments ?? []);
  }

  list(found) {
    const items = this.named(found).map((file) => {
      const here = this.contents.has(file.address);
      return { ...file, here, held: here ? file.size : (this.held.get(file.address) ?? 0) };
    });
    return { status: 200, body: { items, hidden: false } };
  }

  give(found, address) {
    const file = this.named(found).find((one) => one.address === address);
    return { status: 200, file: { name: file.name, content: this.contents.get(address) } };
  }

  /** The sizes that the server fills in. */
  sized(attachments) {
    return attachments.map((file) => ({ ...file, size: this.contents.get(file.address).length }));
  }
}
