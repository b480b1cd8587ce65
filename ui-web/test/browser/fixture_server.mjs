// Stands in for a node while the page is worked on: serves dist/office and answers the API from memory. It knows none
// of the rules; the page against the real programs is tried in tests/e2e.
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { instant, kStart, makeAssignments } from './fixture_data.mjs';

const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../dist/office');
const kTypes = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const kPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

function error(status, code, zh, en, more = {}) {
  return { status, body: { error: { code, sentence: { zh, en }, ...more } } };
}

const kSignedOut = error(401, 'not_signed_in', '请先登录；未提交的内容仍保留在页面上。', 'Sign in first; what was not sent is still on the page.');

/** One office. `knobs` are turned by the test: link, clock, storage, swallow (answers that get lost), refuse. */
export class FixtureOffice {
  constructor() {
    this.assignments = makeAssignments();
    this.acts = new Map();
    this.streams = new Set();
    this.requests = [];
    this.sessions = 0;
    this.signedIn = false;
    this.mustChange = true;
    this.password = 'ONETIME-1234';
    this.began = performance.now();
    this.knobs = { link: 'online', clock: 'anchored', storage: false, swallow: 0, refuse: null };
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
    const radius = this.knobs.clock === 'anchored' ? 1500 : 3600e3;
    return {
      earliest: instant(Math.round(ms - radius)),
      latest: this.knobs.clock === 'floor' ? null : instant(Math.round(ms + radius)),
      estimate: instant(Math.round(ms)),
      class: this.knobs.clock,
    };
  }

  tell(type, data = {}) {
    for (const stream of this.streams) stream.write(`id: ${this.acts.size}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  async serve(request, response) {
    const url = new URL(request.url, this.url);
    if (!url.pathname.startsWith('/api/')) return this.file(url.pathname, response);
    let text = '';
    for await (const chunk of request) text += chunk;
    this.requests.push(`${request.method} ${url.pathname}`);
    if (url.pathname === '/api/events' && this.signedIn) return this.stream(response);
    const answer = this.answer(request, url, text === '' ? null : JSON.parse(text));
    if (request.method === 'POST' && url.pathname.endsWith('/acts') && this.knobs.swallow > 0) {
      this.knobs.swallow--;
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
      const content = await readFile(path.join(dist, file));
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

  answer(request, url, body) {
    const door = `${request.method} ${url.pathname}`;
    if (door === 'POST /api/session') return this.signIn(body);
    if (!this.signedIn) return kSignedOut;
    if (request.method !== 'GET' && request.headers['x-fieldnode-token'] !== this.token()) {
      return error(403, 'bad_token', '页面已过期。', 'The page is out of date.');
    }
    if (door === 'GET /api/session') return this.session();
    if (door === 'DELETE /api/session') return this.signOut();
    if (door === 'POST /api/session/password') return this.change(body);
    if (this.mustChange) return error(403, 'must_change_password', '请先设置新密码。', 'Choose a password first.');
    if (door === 'GET /api/status') return { status: 200, body: this.status() };
    if (door === 'GET /api/assignments') return this.list(url.searchParams);
    return this.one(url.pathname, body);
  }

  token() {
    return `token-${this.sessions}`;
  }

  session() {
    const staff = { id: '7', name: '王晓燕', role: 'clerk' };
    return { status: 200, body: { staff, token: this.token(), unit: { code: 'BH', name: '滨河街道办事处' }, must_change: this.mustChange } };
  }

  signIn({ name, password }) {
    if (name !== '王晓燕' || password !== this.password) {
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
      storage: { safe_mode: this.knobs.storage, reason: this.knobs.storage ? '磁盘已满。' : '' },
      assignments: { open: this.assignments.filter((one) => !one.waiting).length, overdue: 2, due_today: 3 },
    };
  }

  list(search) {
    const view = search.get('view') ?? 'open';
    const chosen = this.assignments.filter((one) => view === 'all' || (view !== 'closed' && one.waiting === (view === 'waiting')));
    const from = Number(search.get('after') ?? 0);
    const limit = Number(search.get('limit') ?? 50);
    const next = from + limit < chosen.length ? String(from + limit) : null;
    const items = chosen.slice(from, from + limit).map((one) => one.summary);
    return { status: 200, body: { now: this.now(), items, next, total: chosen.length } };
  }

  one(pathname, body) {
    const [, , , id, acts] = pathname.split('/');
    const found = this.assignments.find((one) => one.summary.id === id);
    if (!found) return error(404, 'not_found', '没有这件交办，可能已被收回。', 'There is no such assignment.');
    if (acts === 'acts') return this.act(found, body);
    return { status: 200, body: { now: this.now(), assignment: this.view(found) } };
  }

  view(found) {
    const contacted = found.clocks[1].state === 'met';
    const allowed = ['acknowledgement', 'contact', 'note', 'extension_application'];
    const refused = { return_application: 'application_late' };
    if (found.summary.due?.clock === 'acknowledge') {
      allowed.push('return_application');
      delete refused.return_application;
    }
    if (contacted) allowed.push('resolution');
    else refused.resolution = 'contact_missing';
    const { text, source_facts, contact, clocks, timeline } = found;
    return { ...found.summary, text, source_facts, contact, clocks, allowed, refused, timeline };
  }

  act(found, body) {
    const { act_id: id, ...content } = body;
    const known = this.acts.get(id);
    if (known && known.content !== JSON.stringify(content)) {
      return error(409, 'act_id_reused', '同一动作编号已用于另一内容，请核对办理记录。', 'This act id was used for another content.');
    }
    if (known) return { status: 200, body: { act: known.item } };
    if (this.knobs.refuse) return error(409, this.knobs.refuse, '申请已超过时限，不能再提出。', 'The application comes after its limit.');
    const item = this.record(found, content);
    this.acts.set(id, { content: JSON.stringify(content), item });
    return { status: 201, body: { act: item } };
  }

  record(found, { kind, note, public_answer, spoke_with, basis, text, ...fields }) {
    const texts = { note, public_answer, spoke_with, basis, ground_text: text };
    for (const name of Object.keys(texts)) if (!texts[name]) delete texts[name];
    const item = {
      list: 'act', seq: String(200 + this.acts.size), kind, staff: { id: '7', name: '王晓燕' }, time: this.now(), fields, texts,
      truth: 'saved', receipt: null, refusal: null, standing: 'unjudged',
    };
    found.timeline.push(item);
    found.summary.truth = 'saved';
    const met = { acknowledgement: 'acknowledge', contact: fields.outcome === 'reached' ? 'contact' : '', resolution: 'resolve' }[kind];
    const clock = found.clocks.find((one) => one.clock === met);
    if (clock) Object.assign(clock, { state: 'met', met_at: instant(Math.round(this.nowMs())) });
    if (kind === 'acknowledgement' && found.summary.due?.clock === 'acknowledge') {
      found.summary.due = { ...found.summary.due, clock: 'contact', due: '2026-10-10T17:00:00+08:00', overdue: 'no' };
    }
    return item;
  }

  /** The link is back: the centre takes everything. */
  settle() {
    this.knobs.link = 'online';
    for (const { item } of this.acts.values()) Object.assign(item, { truth: 'in_force', receipt: 'R-2026-004199', standing: 'effective' });
    for (const one of this.assignments) if (one.summary.truth === 'saved') one.summary.truth = 'in_force';
    this.tell('status');
  }
}
