import { Icon } from '../shared/icon';
import { ProblemText } from '../shared/problem_text';
import { spellMoment } from '../shared/spell';
import { nameOf, t } from '../shared/words';
import { AssignmentView } from './assignment_view';
import type { AssignmentRow, CaseView } from './central_types';
import type { World } from './request_form';
import { linkTo, route } from './route';

interface AssignmentsProps extends World {
  one: CaseView;
  /** The assignment whose history is open. */
  chosen: string | null;
}

/** The units that had or have the case, the newest first; the history of one of them is open. */
export function AssignmentsOf({ one, chosen, ...world }: AssignmentsProps) {
  if (one.assignments.length === 0) return null;
  const newestFirst = [...one.assignments].reverse();
  return (
    <section class="units-of" aria-labelledby="assignments-title">
      <h2 id="assignments-title">{t('cases.assignments')}</h2>
      <ul>
        {newestFirst.map((row) => (
          <li key={row.id}>
            <RowLink row={row} open={row.id === chosen} {...world} />
            {row.id === chosen ? <History row={row} {...world} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function RowLink({ row, open, desk }: World & { row: AssignmentRow; open: boolean }) {
  return (
    <a
      class="unit-row"
      href={linkTo({ form: 'history', on: row.id })}
      aria-current={open ? 'true' : undefined}
      data-testid="assignment-row"
      data-id={row.id}
    >
      <Icon name="building" />
      <strong>{row.unit.name}</strong>
      <span class="stage">{nameOf('stage', row.stage)}</span>
      {row.awaits ? <span class="state awaits">{t('cases.awaits')}</span> : null}
      {row.cycle > 1 ? <span class="hint">{t('assignment.cycle', { cycle: row.cycle })}</span> : null}
      <span class="hint end">{t('cases.dispatched_at', { when: spellMoment(row.dispatched_at, desk.now.peek()?.estimate ?? null) })}</span>
    </a>
  );
}

function History({ row, ...world }: World & { row: AssignmentRow }) {
  const dossier = world.desk.dossier.value.value;
  const problem = world.desk.dossier.problem.value;
  const form = route.value.on === row.id ? route.value.form : null;
  if (dossier?.id !== row.id) return problem ? <ProblemText problem={problem} /> : <p class="empty">{t('list.reading')}</p>;
  const linkToForm = (kind: string | null) => linkTo({ form: kind ?? 'history', on: row.id });
  return <AssignmentView dossier={dossier} form={form} linkToForm={linkToForm} whole={false} {...world} />;
}
