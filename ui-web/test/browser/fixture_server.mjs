// Stands in for a node while the page is worked on: serves dist/office and answers the API from memory. It knows none
// of the rules; the page against the real programs is tried in tests/e2e.
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { instant, kStart } from './fixture_data.mjs';
import { FixtureAttachments } from './fixture_attachments.mjs';
import { error, FixtureDesk } from './fixture_desk.mjs';
import { FixtureWarnings } from './fixture_warnings.mjs';

const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../dist/office');
const kFreeFailures = 5;
const kTypes = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };
const kPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

const kSignInFirst = ['请先登录；未提交的内容仍保留在页面上。', 'Sign in first; what was not sent is still on the page.'];

/**
 * One office. `knobs` are turned by the test: link, clock, storage; role of who signs in; swallow (answers to acts that
 * get lost); slow (milliseconds before an act is answered); die (the program ends with the next act on disk); portal
 * (something else answers everything); refuse (code for the next acts); cut (pieces of files that break off); beforeStream (runs just before a stream opens).
 */
export class FixtureOffice {
  constructor() {
    this.attachments = new FixtureAttachments();
    this.desk = new FixtureDesk(() => this.now(), this.attachments);
    this.warnings = new FixtureWarnings(this.desk, () => this.now());
    this.streams = new Set();
    this.requests = [];
    this.asked = []; // what a person caused, not the page by itself
    this.searches = [];
    this.sessions = 0;
    this.failures = 0;
    this.failedAt = 0;
    this.signedIn = false;
    this.locked = false;
    this.mustChange = true;
    this.password = 'ONETIME-1234';
    this.began = performance.now();
    this.knobs = {
      link: 'online', clock: 'anchored', radius: 1500, storage: false, role: 'clerk', swallow: 0, slow: 0, die: false, portal: false, refuse: null,
      beforeStream: null, cut: 0,
    };
  }

  get acts() {
    return this.desk.acts;
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
    return kStart + performance.now() - this.began;
  }

  now() {
    const ms = this.nowMs();
    const { clock, radius } = this.knobs;
    const earliest = instant(Math.round(ms - radius));
    return {
      earliest,
      latest: clock === 'anchored' ? instant(Math.round(ms + radius)) : null,
      estimate: clock === 'floor' ? earliest : instant(Math.round(ms)),
      class: clock,
    };
  }

  tell(type, data = {}) {
    for (const stream of this.streams) stream.write(`id: ${this.acts.size}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  async serve(request, response) {
    const url = new URL(request.url, this.url);
    if (!url.pathname.startsWith('/api/')) return this.file(url.pathname, response);
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    this.requests.push(`${request.method} ${url.pathname}`);
    if (request.headers['x-fieldnode-background'] === undefined) this.asked.push(`${request.method} ${url.pathname}`);
    if (url.searchParams.has('q')) this.searches.push(url.searchParams.get('q'));
    if (this.knobs.portal) return this.foreign(response);
    if (url.pathname === '/api/events' && this.signedIn) return this.stream(response);
    if (this.knobs.cut > 0 && request.method === 'PUT' && this.knobs.cut-- > 0) return request.socket.destroy();
    const body = request.method === 'PUT' || bytes.length === 0 ? bytes : JSON.parse(bytes.toString());
    const answer = this.answer(request, url, body);
    if (request.method === 'POST' && url.pathname.endsWith('/acts') && (await this.losesAct(answer, response))) return;
    if (answer.file) return this.download(answer.file, response);
    response.writeHead(answer.status, { 'Content-Type': 'application/json' });
    response.end(answer.status === 204 ? undefined : JSON.stringify(answer.body));
  }

  /** A file for the disk, as the programs send one. */
  download({ name, content }, response) {
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
    response.writeHead(200, { 'Content-Type': 'application/x-fieldnode-evidence', 'Content-Disposition': disposition });
    response.end(content);
  }

  /** True if the answer to the act never arrives. */
  async losesAct(answer, response) {
    if (this.knobs.slow > 0) await new Promise((resolve) => setTimeout(resolve, this.knobs.slow));
    if (this.knobs.die) {
      this.knobs.die = false;
      void this.stop();
      return true;
    }
    if (this.knobs.swallow === 0) return false;
    this.knobs.swallow--;
    this.breakOff(answer, response);
    return true;
  }

  /** The sign-in page of some network in between. */
  foreign(response) {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><title>上网认证</title><form action="/login"></form>');
  }

  /** The answer is lost on its way, after its first byte: a browser itself repeats what got no byte at all. */
  breakOff(answer, response) {
    response.writeHead(answer.status, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
    response.write('{', () => response.destroy());
  }

  async file(name, response) {
    const file = name === '/' ? 'index.html' : name.slice(1);
    try {
      const content = await readFile(path.join(dist, file));
      response.writeHead(200, { 'Content-Type': kTypes[path.extname(file)], 'Content-Security-Policy': kPolicy });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  }

  stream(response) {
    this.knobs.beforeStream?.();
    this.knobs.beforeStream = null;
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(': beat\n\n');
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
  }

  answer(request, url, body) {
    const door = `${request.method} ${url.pathname}`;
    if (door === 'POST /api/session') return this.signIn(body);
    if (this.locked && url.pathname.startsWith('/api/warnings')) return this.warn(door, body);
    if (!this.signedIn) return error(401, 'not_signed_in', ...kSignInFirst, { session: this.locked ? 'session_locked' : 'session_over' });
    if (request.method !== 'GET' && request.headers['x-fieldnode-token'] !== this.token()) {
      return error(403, 'bad_token', '页面已过期。', 'The page is out of date.');
    }
    if (door === 'GET /api/session') return this.session();
    if (door === 'DELETE /api/session') return this.signOut();
    if (door === 'POST /api/session/password') return this.change(body);
    if (this.mustChange) return error(403, 'must_change_password', '请先设置新密码。', 'Choose a password first.');
    if (door === 'GET /api/status') return { status: 200, body: this.status() };
    if (url.pathname.startsWith('/api/warnings')) return this.warn(door, body);
    if (door === 'GET /api/assignments') return this.desk.list(this.knobs.role, url.searchParams);
    return this.one(request.method, url, body);
  }

  /** Numbers are told to a locked page, too. */
  warn(door, body) {
    return door === 'POST /api/warnings/heard' ? this.warnings.hear(body) : this.warnings.read(this.knobs.role, this.locked);
  }

  token() {
    return `token-${this.sessions}`;
  }

  session() {
    const staff = { id: '7', name: '王晓燕', role: this.knobs.role };
    return { status: 200, body: { staff, token: this.token(), unit: { code: 'BH', name: '滨河街道办事处' }, must_change: this.mustChange } };
  }

  /** As the real accounts: the first few failures are free, then each doubles the wait. */
  signIn({ name, password }) {
    const over = this.failures - kFreeFailures;
    const wait = over <= 0 ? 0 : this.failedAt + 1000 * 2 ** (over - 1) - performance.now();
    if (wait > 0) return error(429, 'wait', '密码错误次数过多,请稍候再试。', `Too many wrong passwords for this account. Try again in ${Math.ceil(wait / 1000)} seconds.`);
    if (name !== '王晓燕' || password !== this.password) {
      this.failures++;
      this.failedAt = performance.now();
      return error(401, 'wrong_login', '用户名或密码不正确，可请负责人重置。', 'Name or password is wrong; it can be reset.');
    }
    this.failures = 0;
    this.signedIn = true;
    this.sessions++;
    return this.session();
  }

  signOut() {
    this.signedIn = false;
    return { status: 204 };
  }

  change({ password, new_password: chosen }) {
    if (password !== this.password) return error(401, 'wrong_login', '密码不正确。', 'The password is wrong.');
    if (chosen.length < 8) return error(422, 'password_too_short', '新密码至少需要 8 个字符。', 'At least 8 characters.');
    this.password = chosen;
    this.mustChange = false;
    return { status: 204 };
  }

  status() {
    const offline = this.knobs.link !== 'online';
    return {
      unit: { code: 'BH', name: '滨河街道办事处' },
      version: '0.1.0',
      now: this.now(),
      link: {
        state: this.knobs.link,
        last_exchange_at: instant(Math.round(offline ? kStart - 47 * 60e3 : this.nowMs() - 8e3)),
        last_error: offline ? { code: 'link_refused', sentence: { zh: '中心拒绝连接', en: 'the centre refuses the connection' } } : null,
        next_attempt_in_ms: 12000,
      },
      undelivered: { count: offline ? 2 + this.acts.size : 0, oldest_at: offline ? instant(kStart - 40 * 60e3) : null },
      awaiting: { count: 1 },
      storage: {
        safe_mode: this.knobs.storage,
        reason: this.knobs.storage ? { zh: '磁盘已满。', en: 'The disk is full.' } : null,
        disk_free_bytes: this.knobs.storage ? 0 : 48 * 2 ** 30,
      },
      assignments: this.desk.counts(this.knobs.role),
    };
  }

  one(method, { pathname, searchParams }, body) {
    const [, , , id, acts, ...rest] = pathname.split('/');
    const found = this.desk.find(this.knobs.role, id);
    if (!found) return error(404, 'not_found', '没有这件交办，可能已被收回。', 'There is no such assignment.');
    const files = this.attachments.answer(found, method, [acts, ...rest], searchParams, body);
    if (files) return files;
    if (acts === 'evidence') {
      if (this.knobs.refuse) return error(409, ...this.knobs.refuse);
      return { status: 200, file: { name: `evidence-${found.summary.number}.fnev`, content: Buffer.from([0x46, 0x4e, 0x45, 0x56, 1, 0xff]) } };
    }
    if (acts !== 'acts') return { status: 200, body: { now: this.now(), assignment: this.desk.view(found) } };
    if (!['clerk', 'supervisor'].includes(this.knobs.role)) return error(403, 'not_allowed', '您的岗位没有此项权限。', 'Your role does not allow this.');
    return this.desk.act(found, body, this.knobs.refuse);
  }

  /** The link is back: the centre takes everything, and it is told unless nobody listens yet. */
  settle() {
    this.knobs.link = 'online';
    this.desk.settle();
    this.tell('status');
  }
}
