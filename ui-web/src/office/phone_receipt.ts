import { signal } from '@preact/signals';

import type { Instant, Problem, TimeReading } from '../shared/api_types';
import type { Session } from '../shared/session';

/** A call in which this node gives its journal's end a moment. */
export interface PhoneCall {
  challenge: string;
  code: string;
  /** The last act that the code covers. */
  upto: number;
  shown_at: Instant;
  tries_left: number;
  /** The centre's minute; nothing before the right answer. */
  minute: Instant | null;
}

export interface PhoneProof {
  upto: number;
  at: Instant;
  state: 'told' | 'waiting' | 'holds' | 'fails' | 'misheard' | 'disputed';
}

export interface PhoneView {
  now: TimeReading;
  journal_seq: number;
  call: PhoneCall | null;
  proofs: PhoneProof[];
}

export type Step = 'challenge' | 'answer';

/** A phone receipt as the page knows it: each step is answered with the whole. */
export class PhoneReceipt {
  readonly view = signal<PhoneView | null>(null);
  readonly busy = signal<Step | null>(null);
  readonly problem = signal<{ step: Step | null; problem: Problem } | null>(null);

  constructor(private readonly session: Session) {}

  async read(): Promise<void> {
    const answer = await this.session.api.getInBackground<PhoneView>('/api/phone-receipt');
    if (answer.ok) this.view.value = answer.value;
    else this.problem.value = { step: null, problem: answer.problem };
  }

  async take(step: Step, digits: string): Promise<void> {
    if (this.busy.value !== null) return;
    this.busy.value = step;
    this.problem.value = null;
    const answer = await this.session.api.post<PhoneView>(`/api/phone-receipt/${step}`, { [step]: digits });
    this.busy.value = null;
    if (answer.ok) this.view.value = answer.value;
    else this.problem.value = { step, problem: answer.problem };
    // A try less, or a challenge that is spent.
    if (!answer.ok && answer.problem.code.startsWith('phone_')) await this.read();
  }
}
