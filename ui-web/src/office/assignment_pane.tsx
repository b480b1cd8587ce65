import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import type { AssignmentView, Id } from '../shared/api_types';
import { AttachedFiles, namesFiles, useFileStates } from '../shared/attachment_list';
import { ClockPanel } from '../shared/clock_panel';
import { Icon } from '../shared/icon';
import { ProblemText } from '../shared/problem_text';
import { Timeline } from '../shared/timeline';
import { nameOf, t } from '../shared/words';
import { isActKind } from './act_body';
import { ActForm } from './act_form';
import { Actions } from './actions';
import type { Acts } from './acts';
import { Attention } from './attention';
import type { Desk } from './desk';
import { Facts } from './facts';
import { Overview } from './overview';
import type { Revealed } from './revealed';
import { hashOf, route } from './route';
import { Withdraw } from './withdraw';

interface PaneProps {
  desk: Desk;
  acts: Acts;
  revealed: Revealed;
}

/** The assignment on the right. */
export function AssignmentPane({ desk, acts, revealed }: PaneProps) {
  const { assignment, form } = route.value;
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    revealed.hide();
    pane.current?.scrollTo(0, 0);
  }, [assignment]);
  useFollowingFocus(pane, assignment, form !== null);
  return (
    <main class="detail-pane" id="assignment" tabIndex={-1} ref={pane}>
      {assignment === null ? <Overview desk={desk} /> : <Chosen desk={desk} acts={acts} revealed={revealed} />}
    </main>
  );
}

/** The focus goes where the reader went: a row that was opened is left behind. Not at the first look, nor past a form. */
function useFollowingFocus(pane: RefObject<HTMLElement | null>, assignment: Id | null, inForm: boolean): void {
  const last = useRef(assignment);
  useEffect(() => {
    const opened = assignment !== null && assignment !== last.current;
    last.current = assignment;
    if (opened && !inForm) pane.current?.focus({ preventScroll: true });
  }, [assignment]);
}

function Chosen({ desk, acts, revealed }: PaneProps) {
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
      {assignment ? <Assignment assignment={assignment} desk={desk} acts={acts} revealed={revealed} /> : null}
    </>
  );
}

function Assignment({ assignment, desk, acts, revealed }: PaneProps & { assignment: AssignmentView }) {
  const form = route.value.form;
  const base = `/api/assignments/${encodeURIComponent(assignment.id)}`;
  const states = useFileStates(desk.session.api, base, assignment, namesFiles(assignment.timeline));
  return (
    <article class="assignment" data-testid="assignment" data-id={assignment.id} data-stage={assignment.stage}>
      <Head assignment={assignment} />
      <Attention assignment={assignment} />
      <Actions assignment={assignment} desk={desk} acts={acts} />
      <div class="columns">
        {isActKind(form) && form !== 'acknowledgement' ? (
          <ActForm key={`${assignment.id}/${form}`} assignment={assignment} kind={form} desk={desk} acts={acts} />
        ) : null}
        <aside class="side">
          <ClockPanel clocks={assignment.clocks} now={desk.now} />
        </aside>
        <div class="column">
          <Facts assignment={assignment} desk={desk} acts={acts} revealed={revealed} />
          <Timeline
            items={assignment.timeline}
            more={(item) => (
              <>
                <AttachedFiles files={item.attachments ?? []} states={states} />
                <Withdraw assignment={assignment} item={item} acts={acts} />
              </>
            )}
          />
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
        {assignment.confidential ? (
          <span class="confidential" title={t('facts.confidential_hint')}>
            {t('facts.confidential')}
          </span>
        ) : null}
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
