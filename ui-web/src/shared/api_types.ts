import type { Attachment } from './attachment_types';

/** The JSON of the web API, as both programs speak it. Instants are strings in +08:00, ids are strings. */
export type Instant = string;
export type Id = string;

export interface Sentence {
  zh: string;
  en: string;
}

/** Why something was not done. `field` names the form field at fault, where there is one. */
export interface Problem {
  status: number;
  code: string;
  sentence: Sentence;
  field?: string;
  /** With not_signed_in: how the session ended. */
  session?: string;
}

export type ClockClass = 'anchored' | 'carried' | 'floor' | 'central';

/** What is known of a moment: it lies between `earliest` and `latest`; no `latest`: nobody knows how late it is. */
export interface TimeReading {
  earliest: Instant;
  latest: Instant | null;
  estimate: Instant;
  class: ClockClass;
}

export interface Staff {
  id: Id;
  name: string;
  role: string;
}

export interface Unit {
  code: string;
  name: string;
}

export interface SessionView {
  staff: Staff;
  token: string;
  unit?: Unit;
  must_change: boolean;
}

export type LinkState = 'online' | 'offline' | 'never';

export interface StatusView {
  unit: Unit;
  /** What the office reads out so that the centre takes it in, and what the centre must say of itself. */
  fingerprint: string;
  city_fingerprint: string;
  version: string;
  now: TimeReading;
  link: {
    state: LinkState;
    last_exchange_at: Instant | null;
    last_error: { code: string; sentence: Sentence | string } | null;
    next_attempt_in_ms: number | null;
    /** A fault of the protocol: acts are kept here and not sent until somebody has looked. */
    alarm?: { code: string; sentence: Sentence | string } | null;
  };
  undelivered: { count: number; oldest_at: Instant | null };
  /** The centre serves this node no more: what it hands over is set aside there, and not in force. */
  revoked?: { told_at: Instant; handed_over: number; waiting: number } | null;
  awaiting: { count: number };
  storage: { safe_mode: boolean; reason: Sentence | string | null; disk_free_bytes?: number };
  assignments: { open: number; overdue: number; due_today: number };
}

export type Certainty = 'no' | 'maybe' | 'certainly';
export type ClockName = 'acknowledge' | 'contact' | 'return' | 'resolve';
export type ClockState = 'running' | 'paused' | 'met' | 'ended' | 'void';

export interface NextDue {
  clock: ClockName;
  due: Instant | null;
  state: ClockState;
  provisional: boolean;
  started_at: Instant;
  overdue: Certainty;
}

/** What has become of an act, as far as this node can prove it. */
export type Truth = 'saved' | 'delivered' | 'in_force' | 'refused' | 'awaiting_ruling' | 'handed_over';

export interface Summary {
  id: Id;
  number: string;
  title: string;
  place: string;
  category: string;
  kind: string;
  urgent: boolean;
  stage: string;
  dispatched_at: Instant;
  due: NextDue | null;
  truth: Truth | null;
  assigned_to: { id: Id; name: string } | null;
  /** Only supervisors are shown such an assignment at all. */
  confidential?: boolean;
}

export type View = 'open' | 'waiting' | 'closed' | 'all';

export interface Reason {
  code: string;
  date?: string;
  from?: string;
  to?: string;
  text: Sentence | string;
}

/** What stands about one limit once it was met or the assignment ended. */
export interface ClockVerdict {
  verdict: 'in_time_proven' | 'in_time_by_clock' | 'undetermined' | 'late_by_clock' | 'late_proven';
  due: Instant | null;
  /** Proven whatever the node says; null: nothing bounds it on that side. */
  bracket: { earliest: Instant | null; latest: Instant | null };
  trust: 'enough' | 'class_too_low' | 'anchor_too_old' | 'anomaly_since' | 'contradicts_proof' | null;
  /** Judged by the calendar that the office knew when it acted. */
  forgiven: boolean;
  ruled: { in_time: boolean } | null;
  act: { epoch: string; seq: string } | null;
}

export interface DeadlineClock {
  clock: ClockName;
  state: ClockState;
  started_at: Instant;
  due: Instant | null;
  /** The limit that prevails; none where the clock never ran. */
  limit?: string;
  source?: 'measures' | 'case' | 'statute';
  statute?: string;
  provisional?: boolean;
  last_day?: string | null;
  met_at: TimeReading | Instant | null;
  extension_pending: boolean;
  awaits_confirmation?: boolean;
  /** When the office got hold of it, where the limit had passed before. */
  arrived_late_at?: Instant | null;
  overdue: Certainty;
  reasons: Reason[];
  verdict?: ClockVerdict | null;
}

export interface TimelineItem {
  list: 'act' | 'entry';
  epoch?: string;
  seq: string | number;
  kind: string;
  staff: { id: Id; name: string } | null;
  time: TimeReading;
  fields: Record<string, unknown>;
  texts: Record<string, string>;
  attachments?: Attachment[];
  truth: Truth | null;
  receipt: string | null;
  refusal: { code: string; sentence: Sentence | string } | null;
  standing: string | null;
  /** An application of the unit's own that nobody has ruled on. */
  withdrawable?: boolean;
}

/** Two items are one if they stand at the same place of the same list. */
export function placeOf(item: TimelineItem): string {
  return `${item.list}/${item.epoch ?? ''}/${item.seq}`;
}

/** In clear: only in the answer to an unmasking. */
export interface ClearContact {
  name: string;
  telephone: string;
  address: string;
}

export interface MaskedContact {
  name_masked: string;
  telephone_masked: string;
  address_masked: string;
}

export interface AssignmentView extends Summary {
  text: string;
  source_facts: Record<string, unknown>;
  contact: MaskedContact | null;
  clocks: DeadlineClock[];
  allowed: string[];
  /** Why an act is not possible now: a code, or a code with its sentence. */
  refused: Record<string, string | { code: string; sentence: Sentence }>;
  timeline: TimelineItem[];
}
