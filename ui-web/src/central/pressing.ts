import { msOf } from '../shared/instant';
import type { AwaitingItem } from './central_types';

/** What waits for a ruling, the most pressing due first; what is paused or has no clock comes last, the oldest first. */
export function byPressure(items: AwaitingItem[]): AwaitingItem[] {
  return [...items].sort((a, b) => dueOf(a) - dueOf(b) || msOf(a.dispatched_at) - msOf(b.dispatched_at));
}

/** A number beyond all instants, so that two without one compare as equal. */
const kNever = Number.MAX_SAFE_INTEGER;

function dueOf({ due }: AwaitingItem): number {
  return due?.due ? msOf(due.due) : kNever;
}
