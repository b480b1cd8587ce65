import { signal } from '@preact/signals';

import { newActId } from '../shared/act_id';
import type { Id, Instant, Problem, TimeReading } from '../shared/api_types';
import type { Session } from '../shared/session';
import type { ActPlace, Person } from './central_types';

export interface OpenChallenge {
  challenge: string;
  digits: string;
  by: Person | null;
  expires_at: Instant;
}

export interface PhoneReceiptLine {
  entry: ActPlace;
  at: Instant;
  by: Person | null;
  upto: ActPlace;
  state: 'waiting' | 'holds' | 'fails';
}

export interface PhoneLog {
  now: TimeReading;
  receipts: PhoneReceiptLine[];
  challenges: OpenChallenge[];
}

export interface NotedCode {
  at: Instant;
  upto: number;
  answer: string;
  holds: boolean | null;
}

export type Step = 'draw' | 'code';

/** The operator's side of calls with one unit. */
export class PhoneCalls {
  readonly log = signal<PhoneLog | null>(null);
  /** The challenge of the call at work; nothing before it is drawn. */
  readonly challenge = signal<Pick<OpenChallenge, 'challenge' | 'digits' | 'expires_at'> | null>(null);
  readonly noted = signal<NotedCode | null>(null);
  readonly busy = signal<Step | null>(null);
  readonly problem = signal<{ step: Step | null; problem: Problem } | null>(null);
  /** Kept until it is answered, so that a second click draws no second challenge. */
  private requestId = newActId();

  constructor(
    private readonly session: Session,
    private readonly unit: Id,
  ) {}

  async read(): Promise<void> {
    const answer = await this.session.api.getInBackground<PhoneLog>(this.path('phone-receipts'));
    if (answer.ok) this.log.value = answer.value;
    else this.problem.value = { step: null, problem: answer.problem };
  }

  async draw(): Promise<void> {
    const drawn = await this.send<OpenChallenge>('draw', 'phone-challenges', { request_id: this.requestId });
    if (!drawn) return;
    this.requestId = newActId();
    this.noted.value = null;
    this.resume(drawn);
  }

  /** Goes on with a challenge that was drawn before, after a reload or by a colleague. */
  resume(open: Pick<OpenChallenge, 'challenge' | 'digits' | 'expires_at'>): void {
    this.challenge.value = open;
  }

  async take(code: string): Promise<void> {
    const challenge = this.challenge.value?.challenge;
    if (challenge === undefined) return;
    const noted = await this.send<NotedCode>('code', 'phone-receipts', { request_id: newActId(), challenge, code });
    if (!noted) return;
    this.noted.value = noted;
    await this.read();
  }

  private async send<T>(step: Step, door: string, body: Record<string, string>): Promise<T | null> {
    if (this.busy.value !== null) return null;
    this.busy.value = step;
    this.problem.value = null;
    const answer = await this.session.api.post<T>(this.path(door), body);
    this.busy.value = null;
    if (answer.ok) return answer.value;
    this.problem.value = { step, problem: answer.problem };
    return null;
  }

  private path(door: string): string {
    return `/api/units/${encodeURIComponent(this.unit)}/${door}`;
  }
}
