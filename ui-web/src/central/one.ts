import { signal } from '@preact/signals';

import type { Api } from '../shared/api';
import type { Id, Problem } from '../shared/api_types';
import { Turns } from '../shared/turns';

/** One thing of the server that is looked at: it stays in sight until another is asked for. */
export class One<Thing extends { id: Id }> {
  readonly value = signal<Thing | null>(null);
  readonly problem = signal<Problem | null>(null);
  private id: Id | null = null;
  private readonly turns = new Turns();

  /** `name` is the member of the answer that holds it. */
  constructor(
    private readonly path: string,
    private readonly name: string,
    private readonly api: Api,
  ) {}

  /** Reads it, unless it is in sight already. */
  async show(id: Id | null): Promise<void> {
    if (id === this.id) return;
    this.id = id;
    this.value.value = null;
    this.problem.value = null;
    await this.refresh();
  }

  /** `background`: the page by itself, which is no use of the session. */
  async refresh(background = false): Promise<void> {
    const id = this.id;
    if (id === null) return;
    const turn = this.turns.begin();
    const path = `${this.path}/${encodeURIComponent(id)}`;
    const answer = await (background ? this.api.getInBackground<Record<string, Thing>>(path) : this.api.get<Record<string, Thing>>(path));
    if (id !== this.id || !this.turns.mayShow(turn)) return;
    this.problem.value = answer.ok ? null : answer.problem;
    if (answer.ok) this.value.value = answer.value[this.name] ?? null;
  }

  /** What a request answered is newer than what was read. */
  take(thing: Thing): void {
    if (thing.id !== this.id) return;
    this.turns.outdate();
    this.value.value = { ...this.value.value, ...thing };
  }

  forget(): void {
    this.id = null;
    this.value.value = null;
    this.problem.value = null;
  }
}
