import { ClockChip } from '../shared/clock_chip';
import { Figure } from '../shared/figure';
import { Icon } from '../shared/icon';
import { More } from '../shared/more';
import { ProblemText } from '../shared/problem_text';
import { TruthLabel } from '../shared/truth_label';
import { nameOf, t } from '../shared/words';
import { AssignmentView } from './assignment_view';
import type { AwaitingItem } from './central_types';
import type { Desk } from './desk';
import type { World } from './request_form';
import { aboutAssignment } from './requests';
import { linkTo, route } from './route';

/** Home: what offices wait for, the most pressing first; one of them on the right. */
export function DecisionsPlace(world: World) {
  return (
    <>
      <section class="list-pane" aria-labelledby="list-title">
        <header class="list-head">
          <h2 id="list-title">{t('decisions.title')}</h2>
          <Order desk={world.desk} />
        </header>
        <div class="list-scroll">
          <Awaiting desk={world.desk} />
        </div>
      </section>
      <main class="detail-pane" id="detail" tabIndex={-1}>
        {route.value.id === null ? <Overview desk={world.desk} /> : <Chosen {...world} />}
      </main>
    </>
  );
}

/** Where not all was read yet, the order is that of what was. */
function Order({ desk }: { desk: Desk }) {
  const read = desk.awaiting.items.value?.length ?? 0;
  const all = desk.awaiting.next.value === null;
  return <span class="hint">{all ? t('decisions.order') : t('decisions.order_read', { count: read })}</span>;
}

function Awaiting({ desk }: { desk: Desk }) {
  const items = desk.awaiting.items.value;
  const problem = desk.awaiting.problem.value;
  if (problem && items === null) return <ProblemText problem={problem} />;
  if (items === null) return <p class="empty">{t('list.reading')}</p>;
  if (items.length === 0) return <NothingToDecide />;
  return (
    <>
      <ul class="rows">
        {desk.pressing.value.map((item) => (
          <Row key={item.assignment} item={item} desk={desk} />
        ))}
      </ul>
      <More listing={desk.awaiting} />
    </>
  );
}

function NothingToDecide() {
  return (
    <div class="empty">
      <Icon name="scales" />
      <p>
        <strong>{t('decisions.nothing')}</strong>
      </p>
      <p>{t('decisions.nothing_hint')}</p>
      <a class="button" href={linkTo({ place: 'cases', id: null, state: 'new' })}>
        {t('decisions.to_cases')}
      </a>
    </div>
  );
}

function Row({ item, desk }: { item: AwaitingItem; desk: Desk }) {
  const drafts = desk.session.drafts.value;
  void drafts.changes.value;
  const hasDraft = drafts.kindsOf(aboutAssignment(item.assignment)).length > 0;
  const current = route.value.id === item.assignment;
  return (
    <li>
      <a
        class="row-link"
        href={linkTo({ id: item.assignment })}
        aria-current={current ? 'true' : undefined}
        data-testid="awaiting-row"
        data-id={item.assignment}
      >
        <span class="row-title">
          {item.case.urgent ? <span class="urgent">{t('facts.urgent')}</span> : null}
          {item.case.title}
        </span>
        {item.due ? <ClockChip clock={item.due} now={desk.now} /> : <span class="stage">{nameOf('stage', item.stage)}</span>}
        <span class="row-facts">
          {item.waiting.map((waiting) => (
            <span key={`${waiting.kind}/${waiting.act.seq}`} class={`asks ${waiting.kind}`}>
              {nameOf('waiting', waiting.kind)}
            </span>
          ))}
          <span class="row-place">{item.unit.name}</span>
          <span class="number">{item.case.number}</span>
          {hasDraft ? <TruthLabel state="unsaved" /> : null}
        </span>
      </a>
    </li>
  );
}

/** Nothing chosen yet: how the day stands, and the way into it. */
function Overview({ desk }: { desk: Desk }) {
  const status = desk.status.value;
  const first = desk.pressing.value[0];
  if (!status) return null;
  return (
    <section class="overview">
      <dl>
        <Figure name={t('overview.awaiting')} value={status.assignments.awaiting} />
        <Figure name={nameOf('case_state', 'new')} value={status.cases.new} />
        <Figure name={nameOf('case_state', 'incomplete')} value={status.cases.incomplete} />
        <Figure name={t('overview.open')} value={status.assignments.open} />
      </dl>
      {first ? (
        <a class="button primary" href={linkTo({ id: first.assignment })} data-testid="most-urgent">
          {t('decisions.most_urgent')}
        </a>
      ) : null}
      <p class="hint">{t('decisions.choose')}</p>
    </section>
  );
}

function Chosen({ desk, requests }: World) {
  const dossier = desk.dossier.value.value;
  const problem = desk.dossier.problem.value;
  const { form } = route.value;
  return (
    <>
      <a class="back" href={linkTo({ id: null })} data-testid="back">
        <Icon name="arrow_left" />
        {t('assignment.back')}
      </a>
      {dossier === null && problem ? <ProblemText problem={problem} /> : null}
      {dossier === null && !problem ? <p class="empty">{t('list.reading')}</p> : null}
      {dossier ? <AssignmentView key={dossier.id} dossier={dossier} form={form} linkToForm={(kind) => linkTo({ form: kind })} whole desk={desk} requests={requests} /> : null}
    </>
  );
}
