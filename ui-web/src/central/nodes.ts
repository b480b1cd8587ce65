import { signal } from '@preact/signals';

import type { Id, Instant, Problem } from '../shared/api_types';
import type { Session } from '../shared/session';
import type { Person, UnitName } from './central_types';

/** A program that serves a unit, or asks to. */
export interface UnitNode {
  id: Id;
  unit: UnitName;
  state: 'waiting' | 'enrolled' | 'refused' | 'revoked';
  fingerprint: string;
  asked_at: Instant;
  confirmed_at: Instant | null;
  confirmed_by: Person | null;
  revoked_at: Instant | null;
  revoked_by: Person | null;
  revoked_why: string;
  last_exchange_at: Instant | null;
}

export interface NodeList {
  city_fingerprint: string;
  nodes: UnitNode[];
}

/** A one-time code as the office types or scans it. */
export interface IssuedCode {
  unit: string;
  code: string;
  city_fingerprint: string;
  expires_at: Instant;
  scan: string;
  /** Of the QR code, row by row: 1 is dark. */
  qr: string[];
}

type Step = 'read' | 'code' | 'compare' | 'revoke';

/** Who is taken in and turned out. */
export class Nodes {
  readonly list = signal<NodeList | null>(null);
  readonly issued = signal<IssuedCode | null>(null);
  readonly busy = signal(false);
  readonly problem = signal<{ step: Step; problem: Problem } | null>(null);

  constructor(private readonly session: Session) {}

  async read(): Promise<void> {
    const answer = await this.session.api.getInBackground<NodeList>('/api/nodes');
    if (answer.ok) this.list.value = answer.value;
    else this.problem.value = { step: 'read', problem: answer.problem };
  }

  async issue(unit: Id): Promise<void> {
    const made = await this.send<{ code: IssuedCode }>('code', `/api/units/${encodeURIComponent(unit)}/enrolment-codes`, {});
    if (made) this.issued.value = made.code;
  }

  /** What the person heard from the office; true once the node is in charge. */
  async confirm(fingerprint: string): Promise<boolean> {
    return (await this.send('compare', '/api/nodes/confirmations', { fingerprint })) !== null;
  }

  async refuse(fingerprint: string): Promise<boolean> {
    return (await this.send('compare', '/api/nodes/refusals', { fingerprint })) !== null;
  }

  async revoke(node: Id, unit: string, why: string): Promise<boolean> {
    return (await this.send('revoke', `/api/nodes/${encodeURIComponent(node)}/revocation`, { unit, why })) !== null;
  }

  private async send<Answer>(step: Step, path: string, body: object): Promise<Answer | null> {
    if (this.busy.value) return null;
    this.busy.value = true;
    this.problem.value = null;
    const answer = await this.session.api.post<Answer>(path, body);
    this.busy.value = false;
    if (!answer.ok) this.problem.value = { step, problem: answer.problem };
    await this.read();
    return answer.ok ? answer.value : null;
  }
}
