import { signal } from '@preact/signals';

import type { Answer, Api, Timing } from './api';
import type { Problem, TimeReading } from './api_types';

const kPage = 50;
const kPageMax = 200;

export type OnTime = (reading: TimeReading, timing: Timing) => void;

/** One page of a list as both programs give it. */
export interface Page<Item> {
  now?: TimeReading;
  items: Item[];
  next: string | null;
  total: number;
}

/** A list of the server, as far as it was read. `query` says of what: view, filter, search. */
export class Listing<Item> {
  readonly items = signal<Item[] | null>(null);
  readonly total = signal(0);
  readonly next = signal<string | null>(null);
  readonly problem = signal<Problem | null>(null);
  readonly reading = signal(false);
  private turn = 0;

  constructor(
    private readonly path: string,
    private query: Record<string, string>,
    private readonly api: Api,
    private readonly onTime: OnTime,
    /** How many are read at first, and with each step further. */
    private readonly step = kPage,
  ) {}

  /** Asks for something else; what was read stays in sight until the answer is there. */
  async ask(query: Record<string, string>): Promise<void> {
    this.query = query;
    await this.readUpTo(this.step);
  }

  /** Reads anew as many as are shown; `background`: the page by itself. */
  async refresh(background = false): Promise<void> {
    await this.readUpTo(Math.max(this.step, this.items.value?.length ?? 0), background);
  }

  /** Reads the next page behind what is shown. */
  async more(): Promise<void> {
    if (this.next.value === null || this.reading.value) return;
    const page = await this.read(this.next.value, this.step, ++this.turn);
    if (!page) return;
    this.items.value = [...(this.items.value ?? []), ...page.items];
    this.next.value = page.next;
  }

  forget(): void {
    this.turn++;
    this.items.value = null;
    this.next.value = null;
    this.total.value = 0;
  }

  private async readUpTo(wanted: number, background = false): Promise<void> {
    const turn = ++this.turn;
    const items: Item[] = [];
    let after: string | null = null;
    do {
      const page: Page<Item> | null = await this.read(after, Math.min(kPageMax, wanted - items.length), turn, background);
      if (!page) return;
      items.push(...page.items);
      after = page.next;
    } while (after !== null && items.length < wanted);
    this.items.value = items;
    this.next.value = after;
  }

  /** Nothing on failure, and where a later reading has overtaken this one. */
  private async read(after: string | null, limit: number, turn: number, background = false): Promise<Page<Item> | null> {
    this.reading.value = true;
    const address = this.address(after, limit);
    const answer: Answer<Page<Item>> = background ? await this.api.getInBackground(address) : await this.api.get(address);
    if (turn !== this.turn) return null;
    this.reading.value = false;
    this.problem.value = answer.ok ? null : answer.problem;
    if (!answer.ok) return null;
    this.total.value = answer.value.total;
    if (answer.value.now) this.onTime(answer.value.now, answer.timing);
    return answer.value;
  }

  private address(after: string | null, limit: number): string {
    const search = new URLSearchParams(Object.entries(this.query).filter(([, value]) => value !== ''));
    search.set('limit', String(limit));
    if (after !== null) search.set('after', after);
    return `${this.path}?${search.toString()}`;
  }
}
