import { nameOf, t } from '../shared/words';
import type { WarningGroup, WarningState, WarningsView } from './warning_types';

const kStates: WarningState[] = ['overdue', 'perhaps_overdue', 'late_on_arrival', 'due_soon'];

interface Count {
  count: number;
  isLeast: boolean;
}

export function countOf(groups: WarningGroup[]): Count {
  return {
    count: groups.reduce((sum, group) => sum + group.count, 0),
    isLeast: groups.some((group) => group.count_is_least),
  };
}

/** Everything that stands for the person. */
export function standing(view: WarningsView): WarningGroup[] {
  return [...view.own, ...(view.escalated ?? [])];
}

/** "1000+" where the server stopped counting. */
export function spellCount({ count, isLeast }: Count): string {
  return isLeast ? `${count}+` : String(count);
}

/** "overdue 2 · due soon 5": how many and not which, fit for a screen that others see. */
export function spellStates(groups: WarningGroup[]): string {
  const told = kStates.map((state) => ({ state, ...countOf(groups.filter((group) => group.state === state)) }));
  return told
    .filter(({ count }) => count > 0)
    .map((one) => `${nameOf('warning_state', one.state)} ${spellCount(one)}`)
    .join(' · ');
}

export function spellNews(view: WarningsView): string {
  return spellCount({ count: view.news, isLeast: view.news_is_least });
}

/** A line each for the person's own and for what went up to them. */
export function spellDigest(view: WarningsView): string {
  const own = spellStates(view.own);
  const escalated = spellStates(view.escalated ?? []);
  return [own, escalated && t('warnings.escalated_are', { states: escalated })].filter(Boolean).join('\n');
}
