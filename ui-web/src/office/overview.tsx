import type { Summary } from '../shared/api_types';
import { Figure } from '../shared/figure';
import { knowledgeOf, todayOf, type Knowledge } from '../shared/server_clock';
import { TruthLabel } from '../shared/truth_label';
import { UnitLog } from '../shared/unit_log';
import { nameOf, t } from '../shared/words';
import type { Desk } from './desk';
import { RulesCard } from './rules_card';
import { hashOf } from './route';

const kShown = 5;

/** Nothing chosen yet: how the day stands, what went wrong, and the way into the work. */
export function Overview({ desk }: { desk: Desk }) {
  const counts = desk.status.value?.assignments;
  const first = desk.open.items.value?.[0];
  const now = desk.now.value;
  if (!counts || !first || !now) return <p class="empty tall">{t('assignment.choose')}</p>;
  return (
    <section class="overview">
      <dl>
        <Figure name={nameOf('group', 'overdue')} value={spellOverdue(counts.overdue, knowledgeOf(now))} tone={counts.overdue > 0 ? 'over' : ''} />
        <Figure name={nameOf('group', 'today')} value={spellDueToday(counts.due_today, knowledgeOf(now))} tone={counts.due_today > 0 ? 'today' : ''} />
        <Figure name={nameOf('tab', 'work')} value={counts.open} tone="" />
      </dl>
      <a class="button primary" href={hashOf({ list: 'work', assignment: first.id, form: null })} data-testid="most-urgent">
        {t('assignment.most_urgent')}
      </a>
      <p class="hint">{t('assignment.choose')}</p>
      <Troubled items={[...(desk.open.items.value ?? []), ...(desk.waiting.items.value ?? [])]} />
      <RulesCard api={desk.session.api} today={todayOf(now)} />
      <UnitLog path="/api/unit-log" api={desk.session.api} />
    </section>
  );
}

/** What is overdue is counted by the earliest that now can be. */
function spellOverdue(count: number, known: Knowledge): string {
  return known === 'bounded' ? String(count) : t('figure.at_least', { count });
}

/** Which day it is, only a clock can say. */
function spellDueToday(count: number, known: Knowledge): string {
  if (known === 'floor') return t('figure.unknown');
  return known === 'estimated' ? t('figure.about', { count }) : String(count);
}

/** Assignments on which something of ours was not accepted: easily overlooked in a list by deadline. */
function Troubled({ items }: { items: Summary[] }) {
  const refused = items.filter((item) => item.truth === 'refused').slice(0, kShown);
  if (refused.length === 0) return null;
  return (
    <section class="troubled" aria-labelledby="troubled-title" data-testid="troubled">
      <h2 id="troubled-title">{t('assignment.troubled')}</h2>
      <ul>
        {refused.map((item) => (
          <li key={item.id}>
            <a href={hashOf({ list: 'work', assignment: item.id, form: null })}>{item.title}</a>
            <TruthLabel state="refused" />
          </li>
        ))}
      </ul>
    </section>
  );
}
