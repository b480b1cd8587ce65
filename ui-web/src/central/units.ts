import { kHour, msOf } from '../shared/instant';
import type { Moment } from '../shared/server_clock';
import type { UnitOverview } from './central_types';

/** What the page makes of the units: who is silent, whom a search finds, in which order they stand. */

/** A unit with a node of which nothing was heard for more than an hour, or never. */
export function isSilent({ node }: UnitOverview, now: Moment): boolean {
  if (node.state !== 'enrolled') return false;
  return node.last_exchange_at === null || now.estimate - msOf(node.last_exchange_at) > kHour;
}

/** Units whose name or code holds the text. */
export function findUnits(units: UnitOverview[], text: string): UnitOverview[] {
  const wanted = text.trim().toLowerCase();
  return units.filter(({ name, code }) => name.toLowerCase().includes(wanted) || code.toLowerCase().includes(wanted));
}

export const kColumns = ['name', 'node', 'contact', 'open', 'awaiting', 'undelivered', 'disk'] as const;
export type Column = (typeof kColumns)[number];

/** What a column is ordered by; nothing where there is nothing to show, which always comes last. */
function keyOf(unit: UnitOverview, column: Column): string | number | null {
  const { node } = unit;
  switch (column) {
    case 'name':
      return unit.name;
    case 'node':
      return node.state;
    case 'contact':
      return node.last_exchange_at === null ? null : msOf(node.last_exchange_at);
    case 'open':
      return unit.open;
    case 'awaiting':
      return unit.awaiting;
    case 'undelivered':
      return node.undelivered;
    case 'disk':
      return node.disk_free_bytes ?? null;
  }
}

export function sortUnits(units: UnitOverview[], column: Column, descending: boolean): UnitOverview[] {
  return [...units].sort((a, b) => {
    const [left, right] = [keyOf(a, column), keyOf(b, column)];
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    const order = typeof left === 'string' ? left.localeCompare(String(right), 'zh-CN') : left - Number(right);
    return descending ? -order : order;
  });
}
