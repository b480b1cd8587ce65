// A proxy with the centre's own certificate, and the office's towards the centre: it reads along and can do with a
// request or a reply whatever a broken or wilful network could.
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import tls from 'node:tls';

export const exchangeType = 'application/x-fieldnode-exchange';

const pollPatience = 300;

const read = (dir, name) => fs.readFileSync(path.join(dir, name));

async function bodyOf(message) {
  const parts = [];
  for await (const part of message) parts.push(part);
  return Buffer.concat(parts);
}

/// One request on its way. `body` is what the office sent; nothing has gone on yet.
export class Errand {
  #between;

  constructor(between, request, response, body) {
    Object.assign(this, { path: request.url, body, response });
    this.#between = between;
    this.socket = request.socket;
    this.isOver = new Promise((resolve) => response.once('close', resolve));
  }

  /// The centre's answer to these bytes: {status, headers, body}.
  ask(body = this.body) {
    return this.#between.ask(this.path, body, this.isOver);
  }

  /// As `ask`, for bytes that are not this office's business now; a poll among them is not waited for.
  askAlone(body) {
    const enough = new Promise((resolve) => setTimeout(resolve, pollPatience));
    return this.#between.ask(this.path, body, enough).catch(() => null);
  }

  /// `length`: what the head says, where that is to be a lie.
  answer({ status = 200, headers = {}, body = '' }, length = Buffer.byteLength(body)) {
    this.response.writeHead(status, { 'content-type': exchangeType, ...headers, 'content-length': length });
    this.response.end(body);
  }

  /// The connection ends in mid-reply: so many bytes of the body come.
  async answerCut({ body }, bytes) {
    this.response.writeHead(200, { 'content-type': exchangeType, 'content-length': body.length });
    if (bytes > 0) await new Promise((resolve) => this.response.write(body.subarray(0, bytes), resolve));
    else this.response.flushHeaders();
    this.cut();
  }

  cut() {
    this.socket.destroy();
  }
}

export async function passOn(errand) {
  errand.answer(await errand.ask());
}

export class GoBetween {
  #towardsCentre;
  #server;
  #sockets = new Set();
  treat = passOn;
  /// Exchanges that carried something both ways, oldest first: {path, body, reply}.
  history = [];

  constructor({ city, office }) {
    const ca = read(office.dir, 'ca.pem');
    this.#towardsCentre = {
      host: '127.0.0.1', port: city.syncPort, ca, checkServerIdentity: () => undefined,
      cert: read(office.dir, 'tls.pem'), key: read(office.dir, 'tls.key'),
    };
    const cert = Buffer.concat([read(city.centreDir, 'server.pem'), ca]);
    this.#server = https.createServer({ cert, key: read(city.centreDir, 'server.key'), minVersion: 'TLSv1.3' },
      (request, response) => void this.#take(request, response));
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
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request, response) {
    try {
      await this.treat(new Errand(this, request, response, await bodyOf(request)));
    } catch {
      request.socket.destroy();  // the other end has gone
    }
  }

  /// As the office: sends `body` to the centre. `given`: the office waits no longer when it resolves.
  ask(url, body, given) {
    return new Promise((resolve, reject) => {
      const options = {
        ...this.#towardsCentre, path: url, method: 'POST', agent: false,
        headers: { 'content-type': exchangeType, accept: exchangeType, 'content-length': body.length },
      };
      const asked = https.request(options, async (answer) => {
        const { connection, ...headers } = answer.headers;  // that is about this connection, the office's lives on
        const reply = { status: answer.statusCode, headers, body: await bodyOf(answer).catch(reject) };
        if (answer.statusCode === 200) this.history.push({ path: url, body, reply });
        resolve(reply);
      });
      asked.on('error', reject);
      given?.then(() => asked.destroy());
      asked.end(body);
    });
  }

  /// The first `bytes` of a request, then the line breaks. Resolves when the centre has seen the end of it: to how many
  /// bytes the whole has.
  sendPart({ path: url, body }, bytes) {
    const head = `POST ${url} HTTP/1.1\r\nHost: 127.0.0.1:${this.#towardsCentre.port}\r\nContent-Type: ${exchangeType}\r\nContent-Length: ${body.length}\r\n\r\n`;
    const whole = Buffer.concat([Buffer.from(head), body]);
    return new Promise((resolve, reject) => {
      const line = tls.connect(this.#towardsCentre, () => line.write(whole.subarray(0, bytes), () => line.end()));
      line.on('error', reject);
      line.on('data', () => {});
      line.on('close', () => resolve(whole.length));
    });
  }
}
