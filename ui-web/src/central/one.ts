import { signal } from '@preact/signals';

import type { Api } from '../shared/api';
import type { Id, Problem } from '../shared/api_types';

/** One thing of the server that is looked at: it stays in sight until another is asked for. */
export class One<Thing extends { id: Id }> {
  readonly value = signal<Thing | null>(null);
  readonly problem = signal<Problem | null>(null);
  private id: Id | null = null;

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

  async refresh(): Promise<void> {
    const id = this.id;
    if (id === null) return;
    const answer = await this.api.get<Record<string, Thing>>(`${this.path}/${encodeURIComponent(id)}`);
    if (id !== this.id) return;
    this.problem.value = answer.ok ? null : answer.problem;
    if (answer.ok) this.value.value = answer.value[this.name] ?? null;
  }

  /** What a request answered is newer than what was read. */
  take(thing: Thing): void {
    if (thing.id === this.id) this.value.value = { ...this.value.value, ...thing };
  }

  forget(): void {
    this.id = null;
    this.value.value = null;
    this.problem.value = null;
  }
}
