// Somebody signed in at a page, over kept-alive connections.
import http from 'node:http';

export class Page {
  #agent = new http.Agent({ keepAlive: true });
  cookie = '';
  token = '';

  constructor(address) {
    this.address = address;
  }

  /// `oneTime`: given once by `user add`; it is changed into `password`.
  async signIn(name, password, oneTime) {
    const first = await this.#session(name, oneTime ?? password);
    if (first.must_change) {
      await this.must('POST', '/api/session/password', { password: oneTime, new_password: password });
      await this.#session(name, password);
    }
    return this;
  }

  async #session(name, password) {
    const { headers, body } = await this.must('POST', '/api/session', { name, password });
    this.cookie = headers['set-cookie'][0].split(';')[0];
    this.token = body.token;
    return body;
  }

  /// As a line of the load generator's file of visitors.
  get visitor() {
    return `${this.cookie}\t${this.token}`;
  }

  get port() {
    return new URL(this.address).port;
  }

  call(method, path, form) {
    const sent = form === undefined ? undefined : JSON.stringify(form);
    const headers = { origin: this.address, 'sec-fetch-site': 'same-origin', cookie: this.cookie };
    if (sent) Object.assign(headers, { 'x-fieldnode-token': this.token, 'content-type': 'application/json' });
    if (sent) headers['content-length'] = Buffer.byteLength(sent);
    return new Promise((resolve, reject) => {
      const request = http.request(this.address + path, { method, headers, agent: this.#agent }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          resolve({ status: response.statusCode, headers: response.headers, text });
        });
      });
      request.on('error', reject);
      request.end(sent);
    });
  }

  async must(method, path, form) {
    const answer = await this.call(method, path, form);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return { ...answer, body: answer.text ? JSON.parse(answer.text) : null };
  }

  async get(path) {
    return (await this.must('GET', path)).body;
  }

  async post(path, form) {
    return (await this.must('POST', path, form)).body;
  }

  /// Ids of every assignment in a view, by deadline.
  async assignmentIds(view = 'all') {
    const ids = [];
    let next = null;
    do {
      const place = next ? `&after=${encodeURIComponent(next)}` : '';
      const page = await this.get(`/api/assignments?view=${view}&limit=200${place}`);
      ids.push(...page.items.map((item) => item.id));
      next = page.next;
    } while (next);
    return ids;
  }

  close() {
    this.#agent.destroy();
  }
}
