import { useSignal } from '@preact/signals';

import type { Problem } from '../shared/api_types';
import type { Api } from '../shared/api';
import { Icon } from '../shared/icon';
import { ProblemText } from '../shared/problem_text';
import { RuleBookFacts } from '../shared/rule_book';
import type { BroughtRule, OfficeRules } from '../shared/rule_types';
import { spellMoment } from '../shared/spell';
import { nameOf, say, t } from '../shared/words';

/** By which rules this office counts. Read when opened; what a change has moved stands in the log of the office. */
export function RulesCard({ api, today }: { api: Api; today: number | null }) {
  const rules = useSignal<OfficeRules | null>(null);
  const problem = useSignal<Problem | null>(null);
  const read = async (isOpen: boolean) => {
    if (!isOpen) return;
    const answer = await api.get<OfficeRules>('/api/rules');
    problem.value = answer.ok ? null : answer.problem;
    if (answer.ok) rules.value = answer.value;
  };
  const view = rules.value;
  return (
    <details class="unit-log" data-testid="rules-card" onToggle={(event) => void read(event.currentTarget.open)}>
      <summary>
        {t('rules.office_title')}
        <Icon name="chevron" />
      </summary>
      {problem.value ? <ProblemText problem={problem.value} /> : null}
      {view ? <RuleBookFacts book={view.in_force} /> : null}
      {view?.followed === false ? <p class="notice">{t('rules.being_followed')}</p> : null}
      {view ? <Brought brought={view.brought} today={today} /> : null}
    </details>
  );
}

/** The newest first. One that this program cannot read stands here with the reason. */
function Brought({ brought, today }: { brought: BroughtRule[]; today: number | null }) {
  if (brought.length === 0) return <p class="hint">{t('rules.none_brought')}</p>;
  return (
    <ul class="plain">
      {[...brought].reverse().map((one) => (
        <li key={`${one.kind}/${one.version}`} data-testid="rules-brought" data-version={one.version}>
          <strong>{one.version}</strong> {nameOf('rule_kind', one.kind)} <span class="hint">{spellMoment(one.published_at, today)}</span>
          {one.unreadable ? (
            <p class="fault">
              {t('rules.unreadable')} {say(one.unreadable)}
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
