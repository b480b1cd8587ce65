// Stands in for a program while its page is worked on: serves dist/<page> and keeps sessions, in memory.
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { instant, kStart } from './fixture_data.mjs';
import { error } from './fixture_desk.mjs';

const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../dist');
const kTypes = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };
const kPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

const kSignedOut = error(401, 'not_signed_in', '请先登录；未提交的内容仍保留在页面上。', 'Sign in first; what was not sent is still on the page.');

export class FixtureProgram {
  /** `page` is the folder of dist; `swallow`: so many answers to requests that change something get lost. */
  constructor(page, staff) {
    this.page = page;
    this.staff = staff;
    this.streams = new Set();
    this.requests = [];
    this.sessions = 0;
    this.signedIn = false;
    this.password = 'ONETIME-1234';
    this.swallow = 0;
    this.began = performance.now();
  }

  async listen() {
    this.server = http.createServer((request, response) => void this.serve(request, response));
    await new Promise((resolve) => this.server.listen(this.port ?? 0, '127.0.0.1', resolve));
    this.port = this.server.address().port;
    this.url = `http://127.0.0.1:${this.port}/`;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  nowMs() {
    return Math.round(kStart + performance.now() - this.began);
  }

  tell(type, data = {}) {
    for (const stream of this.streams) stream.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  async serve(request, response) {
    const url = new URL(request.url, this.url);
    if (!url.pathname.startsWith('/api/')) return this.file(url.pathname, response);
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    this.requests.push(`${request.method} ${url.pathname}${url.search}`);
    if (url.pathname === '/api/events' && this.signedIn) return this.stream(response);
    const body = request.method === 'PUT' ? bytes : bytes.length === 0 ? null : JSON.parse(bytes.toString());
    const answer = this.admit(request, url, body);
    const changes = request.method === 'POST' && !url.pathname.startsWith('/api/session');
    if (changes && this.swallow > 0) {
      this.swallow--;
      return this.breakOff(answer, response);
    }
    response.writeHead(answer.status, { 'Content-Type': 'application/json' });
    response.end(answer.status === 204 ? undefined : JSON.stringify(answer.body));
  }

  /** The answer is lost on its way, after its first byte: a browser itself repeats what got no byte at all. */
  breakOff(answer, response) {
    response.writeHead(answer.status, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
    response.write('{', () => response.destroy());
  }

  async file(name, response) {
    const file = name === '/' ? 'index.html' : name.slice(1);
    try {
      const content = await readFile(path.join(dist, this.page, file));
      response.writeHead(200, { 'Content-Type': kTypes[path.extname(file)], 'Content-Security-Policy': kPolicy });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  }

  stream(response) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(': beat\n\n');
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
  }

  admit(request, url, body) {
    const door = `${request.method} ${url.pathname}`;
    if (door === 'POST /api/session') return this.signIn(body);
    if (!this.signedIn) return kSignedOut;
    if (request.method !== 'GET' && request.headers['x-fieldnode-token'] !== this.token()) {
      return error(403, 'bad_token', '页面已过期。', 'The page is out of date.');
    }
    if (door === 'GET /api/session') return this.session();
    if (door === 'DELETE /api/session') return this.signOut();
    return this.answer(door, url, body, request.method);
  }

  token() {
    return `token-${this.sessions}`;
  }

  session() {
    return { status: 200, body: { staff: this.staff, token: this.token(), must_change: false } };
  }

  signIn({ name, password }) {
    if (name !== this.staff.name || password !== this.password) {
      return error(401, 'wrong_login', '用户名或密码不正确，可请负责人重置。', 'Name or password is wrong; it can be reset.');
    }
    this.signedIn = true;
    this.sessions++;
    return this.session();
  }

  signOut() {
    this.signedIn = false;
    return { status: 204 };
  }
}

export function moment(ms) {
  return instant(Math.round(ms));
}
