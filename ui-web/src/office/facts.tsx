import type { AssignmentView } from '../shared/api_types';
import { EvidenceButton } from '../shared/evidence_button';
import { todayOf } from '../shared/server_clock';
import { spellExactly, spellMoment } from '../shared/spell';
import { nameOf, t } from '../shared/words';
import type { Acts } from './acts';
import type { Desk } from './desk';
import type { Revealed } from './revealed';
import { Citizen } from './unmask';

interface FactsProps {
  assignment: AssignmentView;
  desk: Desk;
  acts: Acts;
  revealed: Revealed;
}

/** What the citizen said, where, and how to reach them. */
export function Facts({ assignment, desk, acts, revealed }: FactsProps) {
  return (
    <>
      <section aria-labelledby="text-title" class="appeal">
        <h2 id="text-title">{t('facts.text')}</h2>
        <p class="appeal-text">{assignment.text || t('facts.no_text')}</p>
      </section>
      <div class="pair">
        <Citizen assignment={assignment} desk={desk} acts={acts} revealed={revealed} />
        <CaseFacts assignment={assignment} desk={desk} />
      </div>
    </>
  );
}

/** The source's times read like all others here; a column of the source that only looks like one stays as it is. */
function spellFact(name: string, value: string): string {
  const isMoment = name.endsWith('_at') && /^\d{4}-\d\d-\d\dT.*\+08:00$/.test(value);
  return isMoment ? spellExactly(value) : value;
}

function CaseFacts({ assignment, desk }: { assignment: AssignmentView; desk: Desk }) {
  const today = todayOf(desk.now.peek());
  return (
    <section aria-labelledby="facts-title">
      <h2 id="facts-title">{t('facts.title')}</h2>
      <dl class="facts">
        <dt>{t('facts.category')}</dt>
        <dd>{nameOf('category', assignment.category)}</dd>
        <dt>{t('facts.kind')}</dt>
        <dd>{nameOf('case_kind', assignment.kind)}</dd>
        <dt>{t('facts.dispatched')}</dt>
        <dd>{spellMoment(assignment.dispatched_at, today)}</dd>
        {Object.entries(assignment.source_facts ?? {}).map(([name, value]) => [
          <dt key={`${name}/name`}>{nameOf('source_fact', name)}</dt>,
          <dd key={name}>{spellFact(name, String(value))}</dd>,
        ])}
      </dl>
      {desk.session.view.value?.staff.role === 'supervisor' ? (
        <EvidenceButton key={assignment.id} api={desk.session.api} path={`/api/assignments/${assignment.id}/evidence`} />
      ) : null}
    </section>
  );
}
