// A proxy with the centre's own certificate, and the office's towards the centre. It lets bytes through as they come, no faster than it is
// told, breaks off parts of files where it is told, and keeps a book of every request.
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';

const read = (dir, name) => fs.readFileSync(path.join(dir, name));
const pieceBytes = 2048;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/// One direction of a thin line: what waits goes in turn.
class Lane {
  #last = Promise.resolve();
  #owedMs = 0;
  bytesPerSecond = Infinity;

  /// Resolves when so many bytes have passed.
  pass(bytes) {
    this.#last = this.#last.then(async () => {
      this.#owedMs += (1000 * bytes) / this.bytesPerSecond;
      if (this.#owedMs < 5) return;
      const began = performance.now();
      await pause(this.#owedMs);
      this.#owedMs -= performance.now() - began;  // a timer is late by as much as the machine is busy
    });
    return this.#last;
  }
}

export class PartMeter {
  #towardsCentre;
  #agent;
  #server;
  #sockets = new Set();
  #cut = null;
  #up = new Lane();
  #down = new Lane();
  /// In the order in which they began: {method, url, part, offset, up, down, begun, answered, ended, status, isCut}; bytes are those of bodies.
  book = [];

  constructor({ city, office }) {
    const ca = read(office.dir, 'ca.pem');
    const shown = { ca, cert: read(office.dir, 'tls.pem'), key: read(office.dir, 'tls.key') };
    this.#agent = new https.Agent({ keepAlive: true });
    this.#towardsCentre = { host: '127.0.0.1', port: city.syncPort, checkServerIdentity: () => undefined, agent: this.#agent, ...shown };
    const cert = Buffer.concat([read(city.centreDir, 'server.pem'), ca]);
    this.#server = https.createServer({ cert, key: read(city.centreDir, 'server.key'), minVersion: 'TLSv1.3' }, (request, response) =>
      this.#take(request, response).catch(() => request.socket.destroy()));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#server.keepAliveTimeout = 120_000;
  }

  async listen() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.port = this.#server.address().port;
    return this;
  }

  async close() {
    for (const socket of this.#sockets) socket.destroy();
    this.#agent.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  set bytesPerSecond(rate) {
    this.#up.bytesPerSecond = this.#down.bytesPerSecond = rate;
  }

  /// Of the parts of files so many bytes more go on, then the connection that carries the last one breaks. Resolves when it has.
  cutPartAfter(bytes) {
    return new Promise((resolve) => (this.#cut = { bytes, resolve }));
  }

  parts(method) {
    return this.book.filter((errand) => errand.part && errand.method === method);
  }

  async #take(request, response) {
    const url = new URL(request.url, 'https://centre');
    const errand = {
      method: request.method, url: request.url, part: url.searchParams.has('offset'), offset: Number(url.searchParams.get('offset')),
      up: 0, down: 0, begun: performance.now(), answered: null, ended: null, status: null, isCut: false,
    };
    this.book.push(errand);
    const { host, connection, ...headers } = request.headers;
    const asked = https.request({ ...this.#towardsCentre, path: request.url, method: request.method, headers });
    const answered = new Promise((resolve, reject) => asked.on('response', resolve).on('error', reject));
    answered.catch(() => {});
    response.once('close', () => asked.destroy());
    const breakOff = () => {
      errand.isCut = true;
      asked.destroy();
      request.socket.destroy();
    };
    if (!(await this.#carry(request, asked, this.#up, (bytes) => (errand.up += bytes), errand, breakOff))) return;
    const answer = await answered;
    Object.assign(errand, { status: answer.statusCode, answered: performance.now() });
    response.writeHead(answer.statusCode, Object.fromEntries(Object.entries(answer.headers).filter(([name]) => name !== 'connection')));
    await this.#carry(answer, response, this.#down, (bytes) => (errand.down += bytes), errand, breakOff);
    errand.ended = performance.now();
  }

  /// False if it broke off on the way.
  async #carry(from, to, lane, count, errand, breakOff) {
    for await (const data of from) {
      for (let at = 0; at < data.length; at += pieceBytes) {
        const piece = data.subarray(at, at + pieceBytes);
        await lane.pass(piece.length);
        count(piece.length);
        to.write(piece);
        if (errand.part && this.#breaks(piece.length)) {
          breakOff();
          return false;
        }
      }
    }
    to.end();
    return true;
  }

  #breaks(bytes) {
    if (this.#cut === null || (this.#cut.bytes -= bytes) > 0) return false;
    const { resolve } = this.#cut;
    this.#cut = null;
    resolve();
    return true;
  }
}
