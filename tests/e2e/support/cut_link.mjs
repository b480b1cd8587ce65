// A TCP link between an office and the centre that the test controls: it can refuse, swallow, cut and delay.
import net from 'node:net';

/// Modes: 'pass', 'refuse' (connections are reset at once), 'black-hole' (accepted, then silence).
export class CutLink {
  #target;
  #server;
  #pairs = new Set();
  #cutReplyAfter = null;
  #onReply = null;
  mode = 'pass';
  delayMs = 0;
  counters = { connections: 0, upBytes: 0, downBytes: 0, cuts: 0 };

  constructor(targetPort) {
    this.#target = targetPort;
    this.#server = net.createServer((client) => this.#accept(client));
  }

  async listen() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.port = this.#server.address().port;
    return this;
  }

  /// Cuts every connection that is open now and applies `mode` to what comes.
  set(mode) {
    this.mode = mode;
    if (mode !== 'pass') this.cutAll();
    return this;
  }

  retarget(port) {
    this.#target = port;
  }

  cutAll() {
    for (const pair of this.#pairs) this.#cut(pair);
  }

  /// The next reply is cut after `bytes` of it have come from the centre (TLS bytes).
  cutReplyAfter(bytes) {
    this.#cutReplyAfter = bytes;
  }

  /// Calls `action` when the centre begins to answer a request (so it has committed), before a byte of it goes on;
  /// then the connection is cut. Resolves when it happened.
  async beforeNextReply(action) {
    await new Promise((resolve) => {
      this.#onReply = async () => {
        await action();
        resolve();
      };
    });
  }

  async close() {
    this.cutAll();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(client) {
    this.counters.connections += 1;
    client.on('error', () => {});
    if (this.mode === 'refuse') {
      client.resetAndDestroy();
      return;
    }
    const pair = { client, server: null, upSinceReply: 0, downSinceRequest: 0 };
    this.#pairs.add(pair);
    client.on('close', () => this.#drop(pair));
    if (this.mode === 'black-hole') {
      client.on('data', () => {});
      return;
    }
    pair.server = net.connect(this.#target, '127.0.0.1');
    pair.server.on('error', () => client.destroy());
    pair.server.on('close', () => client.destroy());
    client.on('data', (data) => this.#up(pair, data));
    pair.server.on('data', (data) => this.#down(pair, data));
  }

  #up(pair, data) {
    if (this.mode === 'black-hole') return;
    this.counters.upBytes += data.length;
    pair.upSinceReply += data.length;
    pair.downSinceRequest = 0;
    this.#later(() => pair.server.write(data));
  }

  #down(pair, data) {
    if (this.mode === 'black-hole') return;
    // A handshake goes up in small pieces; an exchange's request carries more than that before its reply starts.
    const isReply = pair.upSinceReply > 0 && pair.handshakeDone;
    if (!pair.handshakeDone) pair.handshakeDone = pair.upSinceReply > 800;
    if (isReply && this.#onReply) {
      const action = this.#onReply;
      this.#onReply = null;
      this.counters.cuts += 1;
      pair.client.pause();
      action().finally(() => this.#cut(pair));
      return;
    }
    pair.downSinceRequest += data.length;
    if (this.#cutReplyAfter !== null && isReply && pair.downSinceRequest >= this.#cutReplyAfter) {
      this.#cutReplyAfter = null;
      this.counters.cuts += 1;
      this.#cut(pair);
      return;
    }
    this.counters.downBytes += data.length;
    this.#later(() => pair.client.write(data));
  }

  #later(action) {
    if (this.delayMs > 0) setTimeout(action, this.delayMs);
    else action();
  }

  #cut(pair) {
    pair.client.destroy();
    pair.server?.destroy();
    this.#drop(pair);
  }

  #drop(pair) {
    pair.server?.destroy();
    this.#pairs.delete(pair);
  }
}
