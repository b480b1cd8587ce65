import { signal } from '@preact/signals';

import type { Answer, Api } from '../shared/api';
import type { Instant, Problem } from '../shared/api_types';
import type { RuleBook, RuleKind } from '../shared/rule_types';

interface Person {
  id: string;
  name: string;
}

interface Unit {
  id: string;
  code: string;
  name: string;
}

export interface Publication {
  number: number;
  kind: RuleKind;
  version: string;
  document: string;
  staff: Person | null;
  second: Person | null;
  published_at: Instant;
}

export interface Proposal {
  id: string;
  kind: RuleKind;
  version: string;
  document: string;
  staff: Person | null;
  proposed_at: Instant;
}

interface Counts {
  earlier: number;
  later: number;
  overdue: number;
}

/** What a node says that it has done with the rules it was told. */
export interface Applied extends Counts {
  policy_after: string;
  notices_added: string[];
  at: { estimate: Instant };
}

export interface UnitRules {
  unit: Unit;
  told: boolean;
  applied: Applied | null;
}

export interface CityRules {
  in_force: RuleBook;
  published: Publication[];
  proposals: Proposal[];
  units: UnitRules[];
}

export interface MovedAssignment {
  assignment: string;
  unit: string;
  case_number: string;
  title: string;
  clock: string;
  before: Instant | null;
  after: Instant | null;
  overdue: boolean;
}

/** What would come of publishing a text now. */
export interface Trial extends Counts {
  kind: RuleKind;
  version: string;
  published: boolean;
  first_changed_day: string | null;
  needs_second: boolean;
  open: number;
  units: ({ unit: Unit } & Counts)[];
  moved: MovedAssignment[];
}

/** A text with what it was found to move; another text has to be looked at anew. */
export interface Looked {
  kind: RuleKind;
  document: string;
  trial: Trial;
}

interface Published {
  published: Publication | null;
  proposal: Proposal | null;
}

/** All that the place of the rules knows and sends. */
export class Rules {
  readonly view = signal<CityRules | null>(null);
  readonly problem = signal<Problem | null>(null);
  readonly looked = signal<Looked | null>(null);
  readonly sent = signal<Published | null>(null);
  readonly busy = signal(false);

  constructor(private readonly api: Api) {}

  async read(inBackground = false): Promise<void> {
    const answer = await (inBackground ? this.api.getInBackground<CityRules>('/api/rules') : this.api.get<CityRules>('/api/rules'));
    if (answer.ok) this.view.value = answer.value;
    else if (!inBackground) this.problem.value = answer.problem;
  }

  async preview(kind: RuleKind, document: string): Promise<void> {
    this.looked.value = null;
    this.sent.value = null;
    const trial = await this.ask<Trial>('/api/rules/preview', { kind, document });
    if (trial) this.looked.value = { kind, document, trial };
  }

  /** What was looked at, and nothing else. A repeat does nothing: a version stands for one text. */
  async publish({ kind, document }: Looked): Promise<void> {
    const done = await this.ask<Published>('/api/rules', { kind, document });
    if (!done) return;
    this.sent.value = done;
    this.looked.value = null;
    await this.read();
  }

  async rule(proposal: Proposal, confirmed: boolean): Promise<void> {
    await this.ask<unknown>(`/api/rules/proposals/${proposal.id}/ruling`, { confirmed });
    await this.read();
  }

  /** One at a time, so that a second click does nothing. */
  private async ask<T>(path: string, body: unknown): Promise<T | null> {
    if (this.busy.value) return null;
    this.busy.value = true;
    const answer: Answer<T> = await this.api.post<T>(path, body);
    this.busy.value = false;
    this.problem.value = answer.ok ? null : answer.problem;
    return answer.ok ? answer.value : null;
  }
}
