import type { ClockName, Id, Instant, TimeReading } from '../shared/api_types';

/** In the order in which they press, as the server gives them. */
export type WarningState = 'overdue' | 'perhaps_overdue' | 'late_on_arrival' | 'due_soon';

export interface WarningLine {
  id: Id;
  number: string;
  title: string;
  due: Instant;
  /** An application made in time is undecided. */
  held: boolean;
  delivered_at: Instant | null;
  assigned_to: { id: Id; name: string } | null;
}

/** Limits of one kind that stand alike: how many, and the first few of them; none for a page that is locked. */
export interface WarningGroup {
  state: WarningState;
  clock: ClockName;
  count: number;
  count_is_least: boolean;
  first: WarningLine[];
}

export interface WarningsView {
  now: TimeReading;
  by_estimate: boolean;
  /** The last telling; `news`: how many came up since this person last heard of one, on whatever screen. */
  telling: number;
  news: number;
  news_is_least: boolean;
  own: WarningGroup[];
  /** For supervisors: what went up from others. */
  escalated: WarningGroup[] | null;
}
