import { useSignal } from '@preact/signals';

import type { Api } from './api';
import { placeOf, type Problem, type TimelineItem } from './api_types';
import { Icon } from './icon';
import { ProblemText } from './problem_text';
import { Entry } from './timeline';
import { t } from './words';

/** What was noted of the office as a whole: its clocks, outages, rules, phone receipts, people. Read when opened. */
export function UnitLog({ path, api }: { path: string; api: Api }) {
  const items = useSignal<TimelineItem[] | null>(null);
  const problem = useSignal<Problem | null>(null);
  const read = async (isOpen: boolean) => {
    if (!isOpen) return;
    const answer = await api.get<{ items: TimelineItem[] }>(path);
    problem.value = answer.ok ? null : answer.problem;
    if (answer.ok) items.value = answer.value.items;
  };
  return (
    <details class="unit-log timeline" data-testid="unit-log" onToggle={(event) => void read(event.currentTarget.open)}>
      <summary>
        {t('unit_log.title')}
        <Icon name="chevron" />
      </summary>
      {problem.value ? <ProblemText problem={problem.value} /> : null}
      {items.value === null ? null : (
        <ol>
          {items.value.map((item) => (
            <Entry key={placeOf(item)} item={item} more={undefined} />
          ))}
        </ol>
      )}
      {items.value?.length === 0 ? <p class="empty">{t('unit_log.empty')}</p> : null}
    </details>
  );
}
