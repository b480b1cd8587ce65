// One TLS connection as somebody on the way sees it: records, and from their order what is a reply.

const applicationData = 23;
const headerBytes = 5;
const majorVersion = 3;

/// What comes from the centre in one connection, cut into whole records.
export class TlsPassage {
  #pending = Buffer.alloc(0);
  /// 'hello' -> 'greeted' (the server's flight) -> 'finished' (the client's second flight) -> 'open' (the ticket came)
  #phase = 'hello';
  /// Of the request that was sent last, as far as it has been; the client's part of the handshake is in the first.
  requestBytes = 0;
  isFirstRequest = true;
  replyBytes = 0;
  isHeldBack = false;
  isForgotten = false;

  constructor(client) {
    this.client = client;
    this.server = null;
  }

  /// What the client sends from now on are requests.
  get isAgreed() {
    return this.#phase === 'finished' || this.#phase === 'open';
  }

  sent(bytes) {
    if (this.replyBytes > 0) [this.requestBytes, this.isFirstRequest] = [0, false];
    this.requestBytes += bytes;
    this.replyBytes = 0;
    if (this.#phase === 'greeted') this.#phase = 'finished';
  }

  /// The whole records that `data` from the centre completes: {bytes, isReply}.
  received(data) {
    this.#pending = Buffer.concat([this.#pending, data]);
    const records = [];
    for (let record = this.#next(); record; record = this.#next()) {
      records.push({ bytes: record, isReply: this.#isReply(record) });
    }
    return records;
  }

  #next() {
    if (this.#pending.length < headerBytes) return null;
    const isTls = this.#pending[1] === majorVersion;  // else it goes on as it comes
    const end = isTls ? headerBytes + this.#pending.readUInt16BE(3) : this.#pending.length;
    if (this.#pending.length < end) return null;
    const record = this.#pending.subarray(0, end);
    this.#pending = this.#pending.subarray(end);
    return record;
  }

  /// The centre sends one ticket when the handshake is over; all that follows answers requests.
  #isReply(record) {
    if (this.#phase === 'open') return true;
    if (this.#phase === 'hello') this.#phase = 'greeted';
    else if (this.#phase === 'finished' && record[0] === applicationData) this.#phase = 'open';
    return false;
  }

  close() {
    this.client.destroy();
    this.server?.destroy();
  }

  reset() {
    this.client.resetAndDestroy();
    this.server?.resetAndDestroy();
  }
}
