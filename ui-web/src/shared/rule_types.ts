import type { Sentence } from './api_types';

/** What both programs say of the rules that they count by. */

export type RuleKind = 'policy' | 'calendar';

export interface RuleBook {
  policy: { version: string; limits: Record<string, string> };
  calendar: { notices: string[]; first_day: string; last_day: string; provisional_from: string };
}

/** A version that the feed has brought to an office. */
export interface BroughtRule {
  kind: RuleKind;
  version: string;
  published_at: string;
  /** Why this program cannot read it; it counts by the older rules meanwhile. */
  unreadable: Sentence | null;
}

export interface OfficeRules {
  in_force: RuleBook;
  brought: BroughtRule[];
  /** False while due instants are being counted anew. */
  followed: boolean;
}
