import { useEffect, useMemo } from 'preact/hooks';

import { ProblemText } from '../shared/problem_text';
import { RuleBookFacts } from '../shared/rule_book';
import { t } from '../shared/words';
import { mayChange } from './authority';
import type { Desk } from './desk';
import { Rules } from './rules';
import { Proposals, Publications, UnitsByRules } from './rules_lists';
import { RulesPublisher } from './rules_publisher';

/** Which rules the city counts by, what was published, and publishing. */
export function RulesPlace({ desk }: { desk: Desk }) {
  const rules = useMemo(() => new Rules(desk.session.api), [desk]);
  const { units } = desk;
  // The desk reads its units after each event of the server; what they count by may have changed with them.
  useEffect(() => void rules.read(true), [rules, units.value]);
  useEffect(() => void rules.read(), [rules]);
  const view = rules.view.value;
  return (
    <main class="units-pane rules-pane" id="detail" tabIndex={-1}>
      <h1>{t('rules.title')}</h1>
      {rules.problem.value ? <ProblemText problem={rules.problem.value} testid="rules-problem" /> : null}
      {view ? (
        <>
          <section class="card" aria-labelledby="rules-in-force">
            <h2 id="rules-in-force">{t('rules.in_force')}</h2>
            <RuleBookFacts book={view.in_force} />
          </section>
          <Proposals rules={rules} proposals={view.proposals} desk={desk} />
          {mayChange(desk) ? <RulesPublisher rules={rules} desk={desk} /> : null}
          <Publications published={view.published} desk={desk} />
          <UnitsByRules units={view.units} desk={desk} />
        </>
      ) : (
        <p class="empty">{t('list.reading')}</p>
      )}
    </main>
  );
}
