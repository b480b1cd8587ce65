import { signal } from '@preact/signals';

import { EventText, type ServerEvent } from './event_text';

/** live: events arrive; polling: no events, but the server answers; gone: no answer at all. */
export type FeedState = 'starting' | 'live' | 'polling' | 'gone';

export interface FeedListener {
  onEvent(event: ServerEvent): void;
  /** Reads everything anew, because events may have been missed. False: the server gave no answer. */
  refresh(): Promise<boolean>;
  /** The server does not know the session any more; the feed stops until `start`. */
  onSignedOut(): void;
}

const kBeatMs = 15_000;
const kSilenceMs = 3 * kBeatMs;
const kWaitsMs = [1_000, 2_000, 3_000, 5_000];

/**
 * Keeps the page up to date. A tab that is not looked at holds no connection: a browser grants one server only six, and
 * tabs that each hold one would lock each other out. Coming back into view, it reads everything anew.
 */
export class LiveFeed {
  readonly state = signal<FeedState>('starting');
  private running = false;
  private generation = 0;
  private abort: AbortController | null = null;
  private wake: (() => void) | null = null;
  private lastId: string | null = null;
  private heard = 0;

  constructor(
    private readonly path: string,
    private readonly listener: FeedListener,
  ) {
    document.addEventListener('visibilitychange', () => this.follow());
    window.addEventListener('online', () => this.wake?.());
  }

  start(): void {
    this.running = true;
    this.follow();
  }

  stop(): void {
    this.running = false;
    this.follow();
  }

  /** Tries at once instead of at the next turn. */
  retry(): void {
    this.wake?.();
  }

  private follow(): void {
    this.generation++;
    this.abort?.abort();
    this.wake?.();
    if (this.running && !document.hidden) void this.run(this.generation);
  }

  private async run(generation: number): Promise<void> {
    for (let failures = 0; generation === this.generation; failures++) {
      const answered = await this.listener.refresh();
      if (generation !== this.generation) return;
      if (!answered) this.state.value = 'gone';
      else if (await this.hearOut(generation)) failures = 0;
      if (generation === this.generation) await this.pause(kWaitsMs[Math.min(failures, kWaitsMs.length - 1)] ?? 5_000);
    }
  }

  private hearOut(generation: number): Promise<boolean> {
    if (this.state.value === 'gone') this.state.value = 'polling';
    return this.listen(generation);
  }

  /** True if a stream was open; it is over now. */
  private async listen(generation: number): Promise<boolean> {
    const abort = new AbortController();
    this.abort = abort;
    const watchdog = setInterval(() => this.cutIfSilent(), kBeatMs);
    this.heard = performance.now();
    let opened = false;
    try {
      const response = await fetch(this.path, { headers: this.headers(), signal: abort.signal, cache: 'no-store' });
      if (response.status === 401) return this.signedOut();
      if (!isStream(response) || !response.body) throw new Error('no stream');
      opened = true;
      await Promise.all([this.catchUp(abort, generation), this.read(response.body.getReader())]);
    } catch {
      // Cut off, refused or silent: the next turn reads everything anew and says what it finds.
    } finally {
      clearInterval(watchdog);
      abort.abort();
    }
    if (generation === this.generation) this.state.value = 'polling';
    return opened;
  }

  /** What changed between the last reading and the opening of the stream was told to nobody: only now is nothing missed. */
  private async catchUp(connection: AbortController, generation: number): Promise<void> {
    const answered = await this.listener.refresh();
    if (!answered) connection.abort();
    else if (!connection.signal.aborted && generation === this.generation) this.state.value = 'live';
  }

  private signedOut(): boolean {
    this.running = false;
    this.generation++;
    this.listener.onSignedOut();
    return false;
  }

  private cutIfSilent(): void {
    if (performance.now() - this.heard > kSilenceMs) this.abort?.abort();
  }

  private headers(): Record<string, string> {
    const headers: Record<string, string> = { Accept: 'text/event-stream' };
    if (this.lastId !== null) headers['Last-Event-ID'] = this.lastId;
    return headers;
  }

  private async read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    const text = new EventText();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.heard = performance.now();
      for (const event of text.take(decoder.decode(value, { stream: true }))) {
        if (event.id !== null) this.lastId = event.id;
        this.listener.onEvent(event);
      }
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.wake = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.wake = done;
    });
  }
}

/** A sign-in page of the network's own answers everything with 200, too. */
function isStream(response: Response): boolean {
  return response.ok && (response.headers.get('Content-Type') ?? '').startsWith('text/event-stream');
}
