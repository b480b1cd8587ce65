import type { Id, Instant, TimeReading, ClockVerdict } from './api_types';

/** What both ends' doors of assessments answer. */
export const kClockKinds = ['acknowledge', 'contact', 'return', 'resolve'] as const;
export type ClockKind = (typeof kClockKinds)[number];

/** In the order in which they are read: what was kept, what nobody knows, what was broken, what is open. */
export const kCells = [
  'in_time_proven',
  'in_time_by_clock',
  'ruled_in_time',
  'undetermined',
  'ruled_late',
  'late_by_clock',
  'late_proven',
  'overdue',
  'outage',
  'on_delivery',
  'on_delivery_outage',
  'held',
  'running',
  'paused',
  'not_owed',
  'unused',
] as const;
export type Cell = (typeof kCells)[number];

export interface Place {
  epoch: Id;
  seq: Id;
}

export interface Person {
  id: Id;
  name: string;
}

export interface ClockFigures {
  cells: Record<Cell, number>;
  total: number;
  judged: number;
  in_time: number;
  undetermined: number;
  late: number;
  excused: number;
}

export interface ApplicationFigures {
  asked: number;
  granted: number;
  denied: number;
  pending: number;
  withdrawn: number;
  void_by_end: number;
}

export type DegreeFigures = Record<'yes' | 'partly' | 'no' | 'unsaid', number>;

export interface Figures {
  dispatched: number;
  outside_calendar: number;
  outage_excuses: boolean;
  clocks: Record<ClockKind, ClockFigures>;
  extensions: ApplicationFigures;
  specials: ApplicationFigures;
  returns: ApplicationFigures;
  satisfaction: { satisfied: DegreeFigures; solved: DegreeFigures; not_reached: number };
  supervision: { assignments: Record<string, number>; unit: Record<string, number> };
  vetoed: boolean;
  outages: { from: Instant; until: Instant }[];
}

type Texts = Record<string, string>;

export interface VetoStep {
  at: Place;
  move: 'referred' | 'outcome' | 'rejected' | 'withdrawn';
  made_at: Instant;
  staff: Person;
  texts: Texts;
}

export interface Veto {
  at: Place;
  made_at: Instant;
  state: 'stands' | 'contested' | 'withdrawn';
  first: Person;
  second: Person;
  texts: Texts;
  cause: { at: Place; ground: string; texts: Texts };
  steps: VetoStep[];
  contests: { at: Place; time: TimeReading; staff: Person; texts: Texts }[];
}

export interface SupervisionNote {
  at: Place;
  made_at: Instant;
  assignment: Id | null;
  ground: string;
  staff: Person;
  texts: Texts;
}

export interface Breach {
  assignment: Id;
  clock: ClockKind;
  cell: Cell;
}

export interface Changes {
  figures: { path: string; before: number | boolean | null; after: number | boolean }[];
  withdrawn: Breach[];
  added: Breach[];
}

export interface Publication {
  at: Place;
  made_at: Instant;
  staff: Person;
  corrects: Place | null;
  reason: string;
  breach_count: number;
  since_before: Changes | null;
  until_now: Changes | null;
}

export interface Proposal {
  id: Id;
  cause: Place;
  reason: string;
  staff: Person;
  at: Instant;
  standing: 'pending' | 'confirmed' | 'denied';
  ruled_by: Person | null;
  ruled_at: Instant | null;
}

export interface UnitAssessment {
  unit: { id?: Id; code: string; name: string };
  figures: Figures;
  vetoes: Veto[];
  notes: SupervisionNote[];
  publications: Publication[];
  /** The last publication says otherwise. */
  changed: boolean;
  proposals?: Proposal[];
  undelivered?: number;
  oldest_undelivered_at?: Instant | null;
}

/** The clock of an assignment in the cell that was asked for. */
export interface ClockLine {
  assignment: Id;
  clock: ClockKind;
  cell: Cell;
  due: Instant | null;
  due_without_outages: Instant | null;
  act_at: TimeReading | null;
  verdict: ClockVerdict | null;
  case: { id?: Id; number: string; title: string } | null;
}

export interface ClockPage {
  items: ClockLine[];
  total: number;
}
