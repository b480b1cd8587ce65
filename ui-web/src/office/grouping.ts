import type { Summary } from '../shared/api_types';
import { countDown, isLikelyOver } from '../shared/countdown';
import { dayNumber, lastDayOfWeek, msOf } from '../shared/instant';
import { knowledgeOf, type Moment } from '../shared/server_clock';

/** The sections of the home list, in the order in which they press. */
export const kGroups = ['overdue', 'by_due', 'today', 'week', 'later', 'waiting'] as const;
export type Group = (typeof kGroups)[number];

/** Where an assignment stands in the home list: by its next due, or with the centre where nothing of ours runs. */
export function groupOf(summary: Summary, now: Moment): Group {
  const due = summary.due;
  if (!due || due.due === null || due.state !== 'running') return 'waiting';
  if (due.overdue === 'certainly' || isLikelyOver(countDown(due.due, now))) return 'overdue';
  if (knowledgeOf(now) === 'floor') return 'by_due'; // nobody here knows which day it is
  const day = dayNumber(msOf(due.due));
  if (day <= dayNumber(now.estimate)) return 'today';
  return day <= lastDayOfWeek(now.estimate) ? 'week' : 'later';
}

/** The items by group, each group in the server's order; empty groups are left out. */
export function inGroups(open: Summary[], waiting: Summary[], now: Moment): [Group, Summary[]][] {
  const groups = new Map<Group, Summary[]>(kGroups.map((group) => [group, []]));
  const seen = new Set<string>();
  const put = (group: Group, summary: Summary) => {
    if (seen.has(summary.id)) return;
    seen.add(summary.id);
    groups.get(group)?.push(summary);
  };
  for (const summary of open) put(groupOf(summary, now), summary);
  for (const summary of waiting) put('waiting', summary);
  return Array.from(groups).filter(([, items]) => items.length > 0);
}
