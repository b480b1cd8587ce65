import type { AssignmentView } from '../shared/api_types';
import { ClockPanel } from '../shared/clock_panel';
import { Icon } from '../shared/icon';
import { ProblemText } from '../shared/problem_text';
import { Timeline } from '../shared/timeline';
import { nameOf, t } from '../shared/words';
import { isActKind } from './act_body';
import { ActForm } from './act_form';
import { Actions } from './actions';
import type { Acts } from './acts';
import type { Desk } from './desk';
import { Facts } from './facts';
import { hashOf, route } from './route';

/** The assignment on the right. */
export function AssignmentPane({ desk, acts }: { desk: Desk; acts: Acts }) {
  const chosen = route.value.assignment !== null;
  return (
    <main class="detail-pane" id="assignment" tabIndex={-1}>
      {chosen ? <Chosen desk={desk} acts={acts} /> : <Overview desk={desk} />}
    </main>
  );
}

/** Nothing chosen yet: how the day stands, and the way into it. */
function Overview({ desk }: { desk: Desk }) {
  const counts = desk.status.value?.assignments;
  const first = desk.open.items.value?.[0];
  if (!counts || !first) return <p class="empty tall">{t('assignment.choose')}</p>;
  return (
    <section class="overview">
      <dl>
        <Figure name={nameOf('group', 'overdue')} value={counts.overdue} tone={counts.overdue > 0 ? 'over' : ''} />
        <Figure name={nameOf('group', 'today')} value={counts.due_today} tone={counts.due_today > 0 ? 'today' : ''} />
        <Figure name={nameOf('tab', 'work')} value={counts.open} tone="" />
      </dl>
      <a class="button primary" href={hashOf({ list: 'work', assignment: first.id, form: null })} data-testid="most-urgent">
        {t('assignment.most_urgent')}
      </a>
      <p class="hint">{t('assignment.choose')}</p>
    </section>
  );
}

function Figure({ name, value, tone }: { name: string; value: number; tone: string }) {
  return (
    <div class={`figure ${tone}`}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Chosen({ desk, acts }: { desk: Desk; acts: Acts }) {
  const assignment = desk.assignment.value;
  const problem = desk.assignmentProblem.value;
  return (
    <>
      <a class="back" href={hashOf({ list: route.value.list, assignment: null, form: null })} data-testid="back">
        <Icon name="arrow_left" />
        {t('assignment.back')}
      </a>
      {assignment === null && problem ? <ProblemText problem={problem} /> : null}
      {assignment === null && !problem ? <p class="empty">{t('list.reading')}</p> : null}
      {assignment ? <Assignment assignment={assignment} desk={desk} acts={acts} /> : null}
    </>
  );
}

function Assignment({ assignment, desk, acts }: { assignment: AssignmentView; desk: Desk; acts: Acts }) {
  const form = route.value.form;
  return (
    <article class="assignment" data-testid="assignment" data-id={assignment.id} data-stage={assignment.stage}>
      <Head assignment={assignment} />
      <Actions assignment={assignment} desk={desk} acts={acts} />
      <div class="columns">
        {isActKind(form) && form !== 'acknowledgement' ? (
          <ActForm key={`${assignment.id}/${form}`} assignment={assignment} kind={form} desk={desk} acts={acts} />
        ) : null}
        <aside class="side">
          <ClockPanel clocks={assignment.clocks} now={desk.now} />
        </aside>
        <div class="column">
          <Facts assignment={assignment} desk={desk} />
          <Timeline items={assignment.timeline} />
        </div>
      </div>
    </article>
  );
}

function Head({ assignment }: { assignment: AssignmentView }) {
  return (
    <header class="assignment-head">
      <p class="overline">
        <span class="number">{assignment.number}</span>
        <span class="stage" data-testid="stage">
          {nameOf('stage', assignment.stage)}
        </span>
        {assignment.urgent ? <span class="urgent">{t('facts.urgent')}</span> : null}
      </p>
      <h1 data-testid="assignment-title">{assignment.title}</h1>
      <p class="under">
        <Icon name="place" />
        {assignment.place || t('facts.no_place')}
        <span class="holder">
          <Icon name="person" />
          {assignment.assigned_to?.name ?? t('facts.nobody')}
        </span>
      </p>
    </header>
  );
}
