import { signal } from '@preact/signals';

import type { Api } from '../shared/api';
import type { ListView, Problem, Summary, TimeReading, View } from '../shared/api_types';
import type { Timing } from '../shared/api';

const kPage = 50;
const kPageMax = 200;

export type OnTime = (reading: TimeReading, timing: Timing) => void;

/** One view of the assignments, as far as it was read. */
export class Listing {
  readonly items = signal<Summary[] | null>(null);
  readonly total = signal(0);
  readonly next = signal<string | null>(null);
  readonly problem = signal<Problem | null>(null);
  readonly reading = signal(false);
  private turn = 0;

  constructor(
    readonly view: View,
    private readonly api: Api,
    private readonly onTime: OnTime,
  ) {}

  /** Reads anew as many as are shown. */
  async refresh(): Promise<void> {
    const turn = ++this.turn;
    const wanted = Math.max(kPage, this.items.value?.length ?? 0);
    const items: Summary[] = [];
    let after: string | null = null;
    do {
      const page: ListView | null = await this.read(after, Math.min(kPageMax, wanted - items.length), turn);
      if (!page) return;
      items.push(...page.items);
      after = page.next;
    } while (after !== null && items.length < wanted);
    this.items.value = items;
    this.next.value = after;
  }

  /** Reads the next page behind what is shown. */
  async more(): Promise<void> {
    if (this.next.value === null || this.reading.value) return;
    const page = await this.read(this.next.value, kPage, ++this.turn);
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

  /** Nothing on failure, and where a later reading has overtaken this one. */
  private async read(after: string | null, limit: number, turn: number): Promise<ListView | null> {
    this.reading.value = true;
    const cursor = after === null ? '' : `&after=${encodeURIComponent(after)}`;
    const answer = await this.api.get<ListView>(`/api/assignments?view=${this.view}&limit=${limit}${cursor}`);
    if (turn !== this.turn) return null;
    this.reading.value = false;
    this.problem.value = answer.ok ? null : answer.problem;
    if (!answer.ok) return null;
    this.total.value = answer.value.total;
    this.onTime(answer.value.now, answer.timing);
    return answer.value;
  }
}
