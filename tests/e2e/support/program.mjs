// Starts, stops and kills the real programs, and speaks to their pages as a browser would.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import http from 'node:http';
import path from 'node:path';

const agent = new http.Agent({ keepAlive: false });
const bin = process.env.FIELDNODE_BIN;
if (!bin) throw new Error('FIELDNODE_BIN must name the folder with fieldnode and fieldnode-central');

/// Runs a command to its end. Returns {code, out, err}; never throws for a non-zero exit.
export function run(program, args, options = {}) {
  const done = spawnSync(path.join(bin, program), args, {
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

/// As `run`, but anything but exit 0 is an error of the test.
export function must(program, args, options = {}) {
  const done = run(program, args, options);
  if (done.code !== 0) throw new Error(`${program} ${args.join(' ')}: exit ${done.code}\n${done.out}${done.err}`);
  return done.out;
}

/// As `run` for a command that talks through a link of this test: the test's own event loop must go on meanwhile.
export async function beside(program, args) {
  const child = spawn(path.join(bin, program), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (data) => (said += data));
  child.stderr.on('data', (data) => (said += data));
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, said };
}

/// As `beside`, but anything but exit 0 is an error of the test.
export async function mustBeside(program, args) {
  const { code, said } = await beside(program, args);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: exit ${code}\n${said}`);
  return said;
}

export async function eventually(what, probe, { seconds = 30, everyMs = 50 } = {}) {
  const end = performance.now() + seconds * 1000;
  let last;
  while (performance.now() < end) {
    try {
      last = await probe();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  throw new Error(`not within ${seconds} s: ${what} (last: ${last?.stack ?? JSON.stringify(last)})`);
}

/// A running `serve`. `ready` holds the addresses that it printed.
export class Daemon {
  /// `env`: set for it besides those of the test.
  constructor(program, args, env = {}) {
    this.program = program;
    this.args = args;
    this.env = env;
    this.log = '';
  }

  async start() {
    this.process = spawn(path.join(bin, this.program), this.args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...this.env },
    });
    this.exited = new Promise((resolve) => this.process.on('exit', (code, signal) => resolve({ code, signal })));
    let out = '';
    this.process.stderr.on('data', (data) => (this.log += data));
    this.ready = await new Promise((resolve, reject) => {
      this.process.stdout.on('data', (data) => {
        out += data;
        this.log += data;
        const line = out.split('\n').find((text) => text.startsWith('ready '));
        if (line) resolve(Object.fromEntries(line.slice(6).trim().split(' ').map((pair) => pair.split(/=(.*)/s))));
      });
      this.process.on('exit', (code) => reject(new Error(`${this.program} ended with ${code}:\n${this.log}`)));
    });
    return this;
  }

  async kill() {
    this.process.kill('SIGKILL');
    await this.exited;
  }

  async stop() {
    this.process.kill('SIGTERM');
    return this.exited;
  }
}

/// One HTTP request as a browser's page would send it. Returns {status, headers, bytes, text}.
function send(method, url, { headers = {}, body } = {}) {
  const origin = new URL(url).origin;
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      { method, agent, headers: { origin, 'sec-fetch-site': 'same-origin', ...headers } },
      (response) => {
        const parts = [];
        response.on('error', reject);  // the program was killed in mid-answer
        response.on('data', (part) => parts.push(part));
        response.on('end', () => {
          const bytes = Buffer.concat(parts);
          resolve({ status: response.statusCode, headers: response.headers, bytes, text: bytes.toString('utf8') });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/// One signed-in person at a page.
export class Visitor {
  #cookie = '';
  #token = '';

  constructor(page) {
    this.page = page;
  }

  async signIn(name, password, newPassword) {
    const answer = await this.post('/api/session', { name, password });
    if (answer.status !== 200) throw new Error(`sign-in: ${answer.status} ${JSON.stringify(answer.body)}`);
    this.#cookie = answer.headers['set-cookie'][0].split(';')[0];
    this.#token = answer.body.token;
    if (!answer.body.must_change || !newPassword) return this;
    const changed = await this.post('/api/session/password', { password, new_password: newPassword });
    if (changed.status >= 300) throw new Error(`password: ${changed.status} ${JSON.stringify(changed.body)}`);
    return this.signIn(name, newPassword);
  }

  async get(url) {
    const answer = await send('GET', this.page + url, { headers: { cookie: this.#cookie } });
    if (answer.status !== 200) throw new Error(`GET ${url}: ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text);
  }

  /// `form`: an object, or a text that is sent as it stands. `headers` outrank those of a page.
  async post(url, form, headers = {}) {
    const answer = await this.#send(url, form, headers);
    return { status: answer.status, headers: answer.headers, body: answer.text ? JSON.parse(answer.text) : null };
  }

  /// A request that is answered with a file; else an error of the test.
  async postForFile(url) {
    const answer = await this.#send(url, {}, {});
    if (answer.status !== 200) throw new Error(`POST ${url}: ${answer.status} ${answer.text}`);
    return { bytes: answer.bytes, headers: answer.headers };
  }

  /// A file that stands under a link. Returns {status, headers, bytes}.
  async getFile(url, headers = {}) {
    return send('GET', this.page + url, { headers: { cookie: this.#cookie, ...headers } });
  }

  /// As `getFile`, for a file that is too large to be kept. Returns {status, size, digest}, the SHA-256 in hexadecimal digits.
  async digestOf(url) {
    const sum = createHash('sha256');
    const headers = { cookie: this.#cookie, 'sec-fetch-site': 'same-origin' };
    const answer = await new Promise((resolve, reject) => http.get(this.page + url, { agent, headers }, resolve).on('error', reject));
    let size = 0;
    for await (const part of answer) {
      size += part.length;
      sum.update(part);
    }
    return { status: answer.statusCode, size, digest: sum.digest('hex') };
  }

  /// A piece of a file at its place. Returns {status, body}.
  async putPiece(url, bytes) {
    const headers = {
      cookie: this.#cookie,
      'x-fieldnode-token': this.#token,
      'content-type': 'application/octet-stream',
      'content-length': bytes.length,
    };
    const answer = await send('PUT', this.page + url, { headers, body: bytes });
    return { status: answer.status, body: JSON.parse(answer.text) };
  }

  #send(url, form, headers) {
    const body = typeof form === 'string' ? form : JSON.stringify(form);
    return send('POST', this.page + url, {
      headers: {
        cookie: this.#cookie,
        'x-fieldnode-token': this.#token,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...headers,
      },
      body,
    });
  }

  /// Every page of a list.
  async all(url, key = 'items') {
    const items = [];
    let next = null;
    do {
      const joint = url.includes('?') ? '&' : '?';
      const answer = await this.get(`${url}${joint}limit=200${next ? `&after=${encodeURIComponent(next)}` : ''}`);
      items.push(...answer[key]);
      next = answer.next;
    } while (next);
    return items;
  }
}
