// One signed-in person at a page, as a browser would speak for them.

const says = (answer) => answer.body?.error?.sentence?.en ?? answer.body?.error?.sentence ?? `answer ${answer.status}`;

/// A page refused, with its code.
export class Refused extends Error {
  constructor(what, answer) {
    super(`${what}: ${says(answer)}`);
    this.code = answer.body?.error?.code ?? '';
  }
}

export class Visitor {
  #page;
  #headers;

  constructor(page) {
    this.#page = page;
    this.#headers = { origin: page, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
  }

  /// A session that is still open goes on. A one-time password is changed into one that follows from it, so that a
  /// later run knows it too.
  static async enter(page, name, oneTime, cookie) {
    const visitor = new Visitor(page);
    if (cookie && (await visitor.#resume(cookie))) return visitor;
    const lasting = `${oneTime} ${name}`;
    const first = await visitor.#signIn(name, oneTime);
    if (first.status !== 200) {
      const later = await visitor.#signIn(name, lasting);
      if (later.status !== 200) throw new Refused(`${name} signs in`, later);
    }
    if (visitor.mustChange) await visitor.post('/api/session/password', { password: oneTime, new_password: lasting });
    return visitor;
  }

  /// The cookie of this session.
  get cookie() {
    return this.#headers.cookie;
  }

  async #resume(cookie) {
    this.#headers.cookie = cookie;
    const answer = await this.#send('GET', '/api/session');
    if (answer.status === 200) this.#keep(answer);
    return answer.status === 200;
  }

  async #signIn(name, password) {
    delete this.#headers.cookie;
    const answer = await this.#send('POST', '/api/session', { name, password });
    if (answer.status !== 200) return answer;
    this.#headers.cookie = answer.cookie;
    this.#keep(answer);
    return answer;
  }

  #keep(answer) {
    this.staff = answer.body.staff;
    this.#headers['x-fieldnode-token'] = answer.body.token;
    this.mustChange = answer.body.must_change;
  }

  async #send(method, path, form) {
    const response = await fetch(this.#page + path, {
      method, headers: this.#headers, body: form === undefined ? undefined : JSON.stringify(form),
    });
    const text = await response.text();
    return {
      status: response.status,
      cookie: response.headers.get('set-cookie')?.split(';')[0],
      body: text === '' ? null : JSON.parse(text),
    };
  }

  async #must(method, path, form) {
    const answer = await this.#send(method, path, form);
    if (answer.status >= 300) throw new Refused(`${method} ${path}`, answer);
    return answer.body;
  }

  get(path) {
    return this.#must('GET', path);
  }

  post(path, form) {
    return this.#must('POST', path, form);
  }

  leave() {
    return this.#must('DELETE', '/api/session');
  }

  /// Every page of a list.
  async all(path) {
    const items = [];
    let after = '';
    do {
      const page = await this.get(`${path}${path.includes('?') ? '&' : '?'}limit=200&after=${after}`);
      items.push(...page.items);
      after = page.next ? encodeURIComponent(page.next) : '';
    } while (after !== '');
    return items;
  }
}
