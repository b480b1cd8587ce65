import { signal } from '@preact/signals';

import type { Id, Instant, Problem } from '../shared/api_types';
import type { Session } from '../shared/session';
import type { Person, UnitName } from './central_types';

/** Times that the centre signed wrongly, on their way through two pairs of hands. */
export interface TimeCorrection {
  id: Id;
  /** Null: every unit. */
  unit: UnitName | null;
  from: Instant;
  until: Instant;
  reason: string;
  by: Person | null;
  at: Instant;
  standing: 'waits' | 'confirmed' | 'declined';
  ruled_by: Person | null;
  ruled_at: Instant | null;
  /** Still to be taken back. */
  anchors: number;
  units: number;
  done: boolean;
}

export interface SpanForm {
  unit: Id;
  from: string;
  until: string;
  reason: string;
}

export class TimeCorrections {
  readonly items = signal<TimeCorrection[] | null>(null);
  readonly busy = signal(false);
  /** Of the form (null) or of one of the proposals. */
  readonly problem = signal<{ id: Id | null; problem: Problem } | null>(null);

  constructor(private readonly session: Session) {}

  async read(): Promise<void> {
    const answer = await this.session.api.getInBackground<{ items: TimeCorrection[] }>('/api/time-corrections');
    if (answer.ok) this.items.value = answer.value.items;
    else this.problem.value = { id: null, problem: answer.problem };
  }

  /** True once it stands there for another person. */
  propose({ unit, ...span }: SpanForm): Promise<boolean> {
    return this.send(null, '/api/time-corrections', unit === '' ? span : { ...span, unit });
  }

  rule(id: Id, confirmed: boolean): Promise<boolean> {
    return this.send(id, `/api/time-corrections/${encodeURIComponent(id)}/ruling`, { confirmed });
  }

  private async send(id: Id | null, path: string, body: object): Promise<boolean> {
    if (this.busy.value) return false;
    this.busy.value = true;
    this.problem.value = null;
    const answer = await this.session.api.post<unknown>(path, body);
    this.busy.value = false;
    if (!answer.ok) this.problem.value = { id, problem: answer.problem };
    await this.read();
    return answer.ok;
  }
}
