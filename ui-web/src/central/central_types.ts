import type { ClockName, DeadlineClock, Id, Instant, MaskedContact, NextDue, Sentence, TimelineItem, TimeReading } from '../shared/api_types';

/** The JSON of the centre's API (schema/openapi/central.yaml). */
export interface CentralStatus {
  city: string;
  version: string;
  now: TimeReading;
  units: number;
  cases: Record<CaseState, number>;
  assignments: { open: number; awaiting: number };
  refusals: Record<string, number>;
  /** N2: the lines that the city's policy names. */
  emergency_lines: string[];
  storage: { safe_mode: boolean; reason: Sentence | string | null };
  /** Whether receipts carry times, and who answers for the clock. */
  clock: { kept: 'synchronised' | 'watched'; signs: boolean; doubt: { code: string; sentence: Sentence } | null };
}

export type CaseState = 'new' | 'incomplete' | 'dispatched' | 'closed' | 'refused' | 'merged';

export interface UnitName {
  id: Id;
  code: string;
  name: string;
}

export interface CaseName {
  id: Id;
  number: string;
  title: string;
}

export interface Person {
  id: Id;
  name: string;
}

/** Why the centre did not take a case on (N1 to N9). Pending: a second person has not confirmed it yet. */
export interface CaseRefusal {
  code: string;
  text: string;
  referred_to: string;
  earlier_case: CaseName | null;
  at: Instant;
  by: Person | null;
  pending: boolean;
  confirmed_by: Person | null;
}

/** One of those that the case ever had. */
export interface PastRefusal extends Omit<CaseRefusal, 'earlier_case'> {
  standing: 'pending' | 'stands' | 'denied' | 'ended';
  ruled_by: Person | null;
}

/** Who saw the contact data in clear, when and why. */
export interface Unmasking {
  by: Person | null;
  at: Instant;
  reason: string;
}

export interface CaseSummary extends CaseName {
  text: string;
  place: string;
  category: string;
  kind: string;
  urgent: boolean;
  confidential: boolean;
  created_at: Instant;
  state: CaseState;
  unit: UnitName | null;
  /** Its last assignment and that one's stage. */
  assignment: Id | null;
  stage: string | null;
  awaits: boolean;
  refusal: CaseRefusal | null;
  merged_into: CaseName | null;
}

export interface AssignmentRow {
  id: Id;
  unit: UnitName;
  cycle: number;
  stage: string;
  dispatched_at: Instant;
  awaits: boolean;
}

export interface SimilarCase extends CaseName {
  place: string;
  state: CaseState;
  created_at: Instant;
  why: 'telephone' | 'place' | 'words';
}

/** Why something is not possible now, by its name. */
export type Refused = Record<string, { code: string; sentence: Sentence }>;

export interface CaseView extends CaseSummary {
  contact?: MaskedContact;
  source: { facts: Record<string, unknown> } | null;
  assignments: AssignmentRow[];
  merged: (CaseName & { text: string; created_at: Instant })[];
  similar: SimilarCase[];
  refusals: PastRefusal[];
  unmaskings: Unmasking[];
  allowed: string[];
  refused: Refused;
}

export interface ActPlace {
  epoch: string;
  seq: string;
}

/** Something of a unit's that an operator has to decide on. */
export interface Waiting {
  kind: 'extension_application' | 'special_application' | 'return_application' | 'unreachable' | 'conflict' | 'time';
  act: ActPlace;
  /** The limit that nobody can tell about. */
  clock?: ClockName;
  /** What it says; nothing where the act itself is not held. */
  item: TimelineItem | null;
}

export interface AwaitingItem {
  assignment: Id;
  case: CaseName & { place: string; category: string; kind: string; urgent: boolean };
  unit: UnitName;
  stage: string;
  dispatched_at: Instant;
  due: NextDue | null;
  waiting: Waiting[];
}

export interface Dossier extends AssignmentRow {
  case: CaseName & { text: string; place: string; category: string; kind: string; urgent: boolean; confidential: boolean };
  clocks: DeadlineClock[];
  waiting: Waiting[];
  allowed: string[];
  refused: Refused;
  timeline: TimelineItem[];
}

export interface UnitOverview extends UnitName {
  assignments: number;
  open: number;
  awaiting: number;
  node: {
    state: 'none' | 'enrolled' | 'revoked';
    last_exchange_at: Instant | null;
    undelivered: number;
    program?: string;
    disk_free_bytes?: number;
  };
}
