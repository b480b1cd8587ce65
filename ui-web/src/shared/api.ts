import type { Problem, Sentence, SessionView } from './api_types';

/** The way to the server: JSON both ways, one kind of failure, never an exception. */
export interface Timing {
  /** Values of performance.now() around the exchange. */
  sentAt: number;
  receivedAt: number;
}

export type Answer<T> = { ok: true; value: T; status: number; timing: Timing } | { ok: false; problem: Problem };
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

const kTimeoutMs = 20_000;

/** No answer came: the program is gone or the way to it is. Whether a request was carried out is not known. */
export const kNoAnswer = 'no_answer';

const kForeign = 'http_';

/** False where our server said nothing: no answer came, or one of somebody else's, such as a sign-in page of the network. */
export function isAnswered(problem: Problem): boolean {
  return problem.code !== kNoAnswer && !isForeign(problem);
}

/** An answer came that is not our server's. */
export function isForeign(problem: Problem): boolean {
  return problem.code.startsWith(kForeign);
}

export class Api {
  private token = '';

  /** `onSignedOut` is told when the server no longer knows the session. */
  constructor(private readonly onSignedOut: (problem: Problem) => void) {}

  useToken(token: string): void {
    this.token = token;
  }

  get<T>(path: string): Promise<Answer<T>> {
    return this.call<T>('GET', path);
  }

  /** What nobody asked for but the page itself: it does not keep an abandoned session from being locked. */
  getInBackground<T>(path: string): Promise<Answer<T>> {
    return this.call<T>('GET', path, undefined, true);
  }

  post<T>(path: string, body: unknown): Promise<Answer<T>> {
    return this.call<T>('POST', path, body);
  }

  /** As `getInBackground`: the page itself has something to say. */
  postInBackground<T>(path: string, body: unknown): Promise<Answer<T>> {
    return this.call<T>('POST', path, body, true);
  }

  delete(path: string): Promise<Answer<null>> {
    return this.call<null>('DELETE', path);
  }

  /** A piece of a file. The page sends it by itself, once the file was chosen. */
  putPiece<T>(path: string, piece: Blob): Promise<Answer<T>> {
    return this.call<T>('PUT', path, piece, true);
  }

  /** A request that is answered with a file for the disk. */
  postForFile(path: string): Promise<Answer<NamedFile>> {
    return this.call<NamedFile>('POST', path, {}, false, readFile);
  }

  private async call<T>(method: Method, path: string, body?: unknown, background = false, read: Read<T> = readText): Promise<Answer<T>> {
    const answer = await this.exchange<T>(method, path, body, background, read);
    if (answer.ok) return answer;
    if (answer.problem.code === 'bad_token' && (await this.renewToken())) return this.exchange<T>(method, path, body, false, read);
    if (answer.problem.code === 'not_signed_in') this.onSignedOut(answer.problem);
    return answer;
  }

  /** Another tab has signed in again: the cookie is shared, the token has to be asked for. */
  private async renewToken(): Promise<boolean> {
    const session = await this.exchange<SessionView>('GET', '/api/session', undefined, false, readText);
    if (session.ok) this.token = session.value.token;
    return session.ok;
  }

  private async exchange<T>(method: Method, path: string, body: unknown, background: boolean, read: Read<T>): Promise<Answer<T>> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), kTimeoutMs);
    const sentAt = performance.now();
    try {
      const response = await fetch(path, this.request(method, body, background, abort.signal));
      return await read(response, sentAt);
    } catch {
      return { ok: false, problem: { status: 0, code: kNoAnswer, sentence: { zh: '', en: '' } } };
    } finally {
      clearTimeout(timer);
    }
  }

  private request(method: Method, body: unknown, background: boolean, signal: AbortSignal): RequestInit {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (background) headers['X-Fieldnode-Background'] = '1';
    if (method !== 'GET' && this.token !== '') headers['X-Fieldnode-Token'] = this.token;
    const init: RequestInit = { method, headers, signal, credentials: 'same-origin', cache: 'no-store' };
    if (body === undefined) return init;
    if (body instanceof Blob) {
      headers['Content-Type'] = 'application/octet-stream';
      return { ...init, body };
    }
    headers['Content-Type'] = 'application/json';
    return { ...init, body: JSON.stringify(body) };
  }
}

/** A file with the name that the server gives it. */
export interface NamedFile {
  name: string;
  content: Blob;
}

type Read<T> = (response: Response, sentAt: number) => Promise<Answer<T>>;

async function readText<T>(response: Response, sentAt: number): Promise<Answer<T>> {
  const text = await response.text();
  return readAnswer<T>(response.status, text, { sentAt, receivedAt: performance.now() });
}

async function readFile(response: Response, sentAt: number): Promise<Answer<NamedFile>> {
  const disposition = response.headers.get('Content-Disposition');
  if (!response.ok || disposition === null) return readText<NamedFile>(response, sentAt);
  const content = await response.blob();
  const name = decodeURIComponent(disposition.split("filename*=UTF-8''")[1] ?? 'file');
  return { ok: true, value: { name, content }, status: response.status, timing: { sentAt, receivedAt: performance.now() } };
}

/** What an answer says. An answer that is no JSON comes from something else than our server: a problem, too. */
export function readAnswer<T>(status: number, text: string, timing: Timing): Answer<T> {
  if (status === 204) return { ok: true, value: null as T, status, timing };
  const value = parse(text);
  if (status >= 200 && status < 300 && value !== undefined) return { ok: true, value: value as T, status, timing };
  return { ok: false, problem: readProblem(status, value) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

interface ErrorBody {
  error?: { code?: unknown; sentence?: unknown; field?: unknown; session?: unknown };
}

function readProblem(status: number, value: unknown): Problem {
  const error = (value as ErrorBody | null | undefined)?.error;
  const code = typeof error?.code === 'string' ? error.code : `${kForeign}${status}`;
  const problem: Problem = { status, code, sentence: readSentence(error?.sentence) };
  if (typeof error?.field === 'string') problem.field = error.field;
  if (typeof error?.session === 'string') problem.session = error.session;
  return problem;
}

/** Most sentences come in both languages; a few low-level ones are one plain text. */
function readSentence(sentence: unknown): Sentence {
  if (typeof sentence === 'string') return { zh: sentence, en: sentence };
  const both = sentence as Partial<Sentence> | null | undefined;
  return { zh: both?.zh ?? both?.en ?? '', en: both?.en ?? both?.zh ?? '' };
}
