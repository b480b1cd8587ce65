// A TCP link between an office and the centre that the test controls: it refuses, swallows, cuts and delays.
import net from 'node:net';

import { TlsPassage } from './tls_passage.mjs';

/// A request without acts takes 350 bytes, and 1,600 with the client's part of the handshake before it.
const bringsActs = (passage) => passage.requestBytes >= (passage.isFirstRequest ? 1_700 : 450);

/// Modes:
/// 'pass'        what comes goes on, after `delayMs`
/// 'refuse'      connections are reset at once
/// 'black-hole'  connections are taken, then silence
/// 'delay'       what comes goes on, but so late that nobody waits for it
/// 'truncate'    requests go on, each reply ends in its middle
/// 'cut-request' of a request on a connection that is open half goes on, then both ends are reset
/// 'forget'      connections that are open fall silent, as when a NAT forgets them, and nobody is told; new ones pass
export class CutLink {
  #target;
  #server;
  #passages = new Set();
  #timers = new Set();
  #cutReplyAfter = null;
  #onReply = null;
  #held = null;
  port = 0;
  mode = 'pass';
  delayMs = 0;
  /// How often each mode was met, and what went through.
  counters = { connections: 0, upBytes: 0, downBytes: 0, cuts: 0, met: { pass: 0, refuse: 0, 'black-hole': 0, delay: 0, truncate: 0, 'cut-request': 0, forget: 0 } };

  constructor(targetPort) {
    this.#target = targetPort;
    this.#server = net.createServer((client) => this.#accept(client));
  }

  async listen() {
    await new Promise((resolve) => this.#server.listen(this.port, '127.0.0.1', resolve));
    this.port = this.#server.address().port;
    return this;
  }

  /// Nobody listens any more, until `listen`.
  async unplug() {
    this.cutAll();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /// Connections lead there from now on.
  leadTo(port) {
    this.#target = port;
    this.cutAll();
  }

  /// Cuts every connection that is open now, unless the link is whole again or the mode is about them, and applies `mode`
  /// to what comes.
  set(mode) {
    this.mode = mode;
    if (mode === 'forget') this.#forgetAll();
    else if (!['pass', 'cut-request'].includes(mode)) this.cutAll();
    return this;
  }

  #forgetAll() {
    for (const passage of this.#passages) passage.isForgotten = true;
  }

  /// Nothing goes on, in either direction, and nothing breaks: it waits for `release`.
  hold() {
    this.#held ??= [];
  }

  release() {
    const held = this.#held ?? [];
    this.#held = null;
    for (const action of held) action();
  }

  cutAll() {
    for (const passage of this.#passages) this.#cut(passage);
  }

  /// Of the next reply `bytes` go on, then the connection is cut. Resolves when it happened.
  cutReplyAfter(bytes) {
    return new Promise((resolve) => (this.#cutReplyAfter = { bytes, resolve }));
  }

  /// Calls `action` when the centre begins to answer a request that brings acts (so it has committed), before a byte of it
  /// goes on; then the connection is cut. What it says on other connections meanwhile does not go on, either (it may tell
  /// of these acts), and new ones are refused from then on. Resolves when it happened.
  beforeReplyToActs(action) {
    return new Promise((resolve, reject) => {
      this.#onReply = { strike: () => action().then(resolve, reject) };
    });
  }

  async close() {
    for (const timer of this.#timers) clearTimeout(timer);
    this.cutAll();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(client) {
    this.counters.connections += 1;
    if (!['truncate', 'cut-request', 'forget'].includes(this.mode)) this.counters.met[this.mode] += 1;
    client.on('error', () => {});
    if (this.mode === 'refuse') {
      client.resetAndDestroy();
      return;
    }
    const passage = new TlsPassage(client);
    this.#passages.add(passage);
    client.on('close', () => this.#cut(passage));
    client.on('data', (data) => this.#up(passage, data));
    if (this.mode === 'black-hole') return;
    passage.server = net.connect(this.#target, '127.0.0.1');
    passage.server.on('error', () => client.destroy());
    passage.server.on('close', () => client.destroy());
    passage.server.on('data', (data) => this.#down(passage, data));
  }

  #up(passage, data) {
    // What began in a black hole has nobody at its other end, whatever the line does now.
    if (this.mode === 'black-hole' || passage.server === null) return;
    if (passage.isForgotten) {
      this.counters.met.forget += 1;
      return;
    }
    if (this.mode === 'cut-request' && passage.isAgreed) {
      this.#cutRequest(passage, data);
      return;
    }
    this.counters.upBytes += data.length;
    passage.sent(data.length);
    this.#later(() => passage.server.write(data));
  }

  #cutRequest(passage, data) {
    this.counters.cuts += 1;
    this.counters.met['cut-request'] += 1;
    passage.server.write(data.subarray(0, data.length >> 1), () => passage.reset());
    this.#passages.delete(passage);
  }

  #down(passage, data) {
    if (this.mode === 'black-hole' || passage.isForgotten) return;
    for (const record of passage.received(data)) this.#downRecord(passage, record);
  }

  #downRecord(passage, { bytes, isReply }) {
    if (passage.isHeldBack) return;
    if (isReply && this.#onReply && this.#actsAreOnTheWay()) {
      this.#holdBack(passage);
      return;
    }
    const most = isReply ? this.#replyBytesMost(bytes) : Infinity;
    if (passage.replyBytes + bytes.length > most) {
      this.#cutInside(passage, bytes.subarray(0, most - passage.replyBytes));
      return;
    }
    if (isReply) passage.replyBytes += bytes.length;
    this.counters.downBytes += bytes.length;
    this.#later(() => passage.client.write(bytes));
  }

  /// How much of this reply goes on. In mode 'truncate' half of its first record.
  #replyBytesMost(record) {
    if (this.#cutReplyAfter) return this.#cutReplyAfter.bytes;
    return this.mode === 'truncate' ? record.length >> 1 : Infinity;
  }

  /// Acts are on their way to the centre, on this connection or another.
  #actsAreOnTheWay() {
    return [...this.#passages].some(bringsActs);
  }

  #holdBack(passage) {
    this.counters.cuts += 1;
    passage.isHeldBack = true;
    if (!bringsActs(passage)) {
      this.#cut(passage);
      return;
    }
    this.mode = 'refuse';
    for (const other of this.#passages) if (other !== passage) this.#cut(other);
    const { strike } = this.#onReply;
    this.#onReply = null;
    strike().finally(() => this.#cut(passage));
  }

  #cutInside(passage, head) {
    this.counters.cuts += 1;
    this.counters.downBytes += head.length;
    if (this.mode === 'truncate') this.counters.met.truncate += 1;
    passage.isHeldBack = true;
    const asked = this.#cutReplyAfter;
    this.#cutReplyAfter = null;
    passage.client.write(head, () => {
      this.#cut(passage);
      asked?.resolve();
    });
  }

  #later(action) {
    if (this.#held) {
      this.#held.push(action);
      return;
    }
    const delayMs = this.mode === 'delay' ? 60_000 : this.delayMs;
    if (delayMs === 0) {
      action();
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, delayMs);
    this.#timers.add(timer);
  }

  #cut(passage) {
    passage.close();
    this.#passages.delete(passage);
  }
}
