import { useEffect, useMemo } from 'preact/hooks';

import { AssessmentBar } from '../shared/assessment_bar';
import { AssessmentClocks } from '../shared/assessment_clocks';
import { AssessmentFigures, spellShare } from '../shared/assessment_figures';
import { monthOf, readPeriod, spellPeriod, type Period } from '../shared/assessment_period';
import type { ClockFigures, ClockLine, Figures, UnitAssessment } from '../shared/assessment_types';
import { Icon } from '../shared/icon';
import { ProblemText } from '../shared/problem_text';
import { spellMoment } from '../shared/spell';
import { nameOf, t } from '../shared/words';
import { UnitHistory } from './assessment_forms';
import { Assessments, type AssessmentLine } from './assessments';
import { OperatorNotes } from './operator_notes';
import type { World } from './request_form';
import { goTo, linkTo, replaceRoute, route } from './route';

/** How the units did in a period: all of them as a table, one closely, the clocks behind a figure. */
export function AssessmentPlace(world: World) {
  const { desk } = world;
  // Another person finds nothing of the last one's.
  const staff = desk.session.view.value?.staff.id;
  const assessments = useMemo(() => new Assessments(desk.session, () => (desk.units.peek() ?? []).map(({ code }) => code)), [desk, staff]);
  const { id, q, state } = route.value;
  const now = desk.now.value?.estimate ?? null;
  const named = readPeriod(q);
  const period = named ?? (now === null ? null : monthOf(now));
  const text = period ? spellPeriod(period) : '';
  const known = desk.units.value !== null;
  useEffect(() => {
    if (period && !named) replaceRoute({ q: text });
    if (period && known) void assessments.show(period, id, state);
  }, [assessments, text, id, state, known]);
  if (!period) return <main class="assessment-pane" id="detail" tabIndex={-1}>{t('list.reading')}</main>;
  return (
    <main class="assessment-pane" id="detail" tabIndex={-1}>
      <header>
        <h1>{t('assessment.title')}</h1>
        <p class="print-only">{t('assessment.period', { from: period.from, to: period.to })}</p>
        <AssessmentBar period={period} now={now} choose={(chosen) => goTo({ q: spellPeriod(chosen), state: '' })} unit={id === null ? '' : (assessments.one.value?.unit.code ?? '')} />
      </header>
      <Content {...world} assessments={assessments} period={period} />
    </main>
  );
}

function Content({ assessments, period, ...world }: World & { assessments: Assessments; period: Period }) {
  const problem = assessments.problem.value;
  const { id } = route.value;
  if (problem) return <ProblemText problem={problem} />;
  if (id !== null) return <OneUnit {...world} assessments={assessments} period={period} />;
  const lines = assessments.lines.value;
  if (lines === null) return <p class="empty">{t('list.reading')}</p>;
  return (
    <>
      <UnitsTable lines={lines} today={world.desk.now.value?.estimate ?? null} />
      <OperatorNotes {...world} />
    </>
  );
}

const kDuties = ['acknowledge', 'contact', 'resolve'] as const;

function UnitsTable({ lines, today }: { lines: AssessmentLine[]; today: number | null }) {
  return (
    <div class="table-frame" role="region" aria-label={t('assessment.units')} tabIndex={0}>
      <table class="assessment-units" data-testid="assessment-units">
        <thead>
          <tr>
            <th scope="col">{t('assessment.unit')}</th>
            <th scope="col">{t('assessment.dispatched')}</th>
            {kDuties.map((clock) => (
              <th key={clock} scope="col">
                {nameOf('assessment_rate', clock)}
              </th>
            ))}
            <th scope="col">{t('assessment.extensions')}</th>
            <th scope="col">{t('assessment.returns')}</th>
            <th scope="col">{t('assessment.satisfied')}</th>
            <th scope="col">{t('assessment.supervision')}</th>
            <th scope="col">{t('assessment.vetoes')}</th>
            <th scope="col">{t('assessment.undelivered')}</th>
            <th scope="col">{t('assessment.publications')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <UnitRow key={line.unit.id} line={line} today={today} />
          ))}
        </tbody>
      </table>
      {lines.length === 0 ? <p class="empty">{t('units.none_found')}</p> : null}
    </div>
  );
}

function UnitRow({ line: { unit, figures, undelivered, last_exchange_at, published_at, changed }, today }: { line: AssessmentLine; today: number | null }) {
  const { satisfied } = figures.satisfaction;
  return (
    <tr data-testid="assessment-unit" data-id={unit.id}>
      <th scope="row" class="name">
        <a href={linkTo({ id: unit.id, state: '' })}>{unit.name}</a> <span class="number">{unit.code}</span>
      </th>
      <td>{figures.dispatched}</td>
      {kDuties.map((clock) => (
        <td key={clock} class="rate">
          <Rate figures={figures.clocks[clock]} />
        </td>
      ))}
      <td>{t('assessment.of', { part: figures.extensions.granted, whole: figures.extensions.asked })}</td>
      <td>{t('assessment.of', { part: figures.returns.granted, whole: figures.returns.asked })}</td>
      <td>{spellShare(satisfied.yes, satisfied.yes + satisfied.partly + satisfied.no)}</td>
      <td>{supervisedIn(figures)}</td>
      <td class={figures.vetoed ? 'broken' : ''}>{figures.vetoed ? t('assessment.vetoed') : '–'}</td>
      <td class={undelivered > 0 ? 'apart' : ''}>{undelivered > 0 && last_exchange_at !== null ? t('assessment.undelivered_since', { count: undelivered, when: spellMoment(last_exchange_at, today) }) : undelivered}</td>
      <td class={changed ? 'apart' : ''}>{published_at === null ? t('assessment.not_published') : changed ? t('assessment.changed') : spellMoment(published_at, today)}</td>
    </tr>
  );
}

function Rate({ figures }: { figures: ClockFigures }) {
  const apart = figures.cells.outage + figures.cells.on_delivery_outage;
  return (
    <>
      <strong>{spellShare(figures.in_time, figures.judged)}</strong>
      <span class="hint">{t('assessment.rate_parts', { judged: figures.judged, late: figures.late, undetermined: figures.undetermined })}</span>
      {apart > 0 ? <span class="hint">{t('assessment.rate_outage', { count: apart })}</span> : null}
    </>
  );
}

function supervisedIn({ supervision }: Figures): number {
  return [...Object.values(supervision.assignments), ...Object.values(supervision.unit)].reduce((sum, count) => sum + count, 0);
}

function OneUnit({ assessments, period, ...world }: World & { assessments: Assessments; period: Period }) {
  const one = assessments.one.value;
  const clocks = assessments.clocks.value;
  const { state } = route.value;
  return (
    <>
      <a class="assessment-back" href={linkTo({ id: null, state: '' })} data-testid="back">
        <Icon name="arrow_left" />
        {t('assessment.all_units')}
      </a>
      {one === null ? (
        <p class="empty">{t('list.reading')}</p>
      ) : (
        <>
          <UnitHead one={one} />
          <AssessmentFigures figures={one.figures} chosen={state} linkTo={(clock, cell) => linkTo({ state: `${clock}.${cell}` })} />
          {clocks ? <AssessmentClocks page={clocks} today={world.desk.now.value?.estimate ?? null} nameOfCase={(line) => <CaseLink line={line} />} /> : null}
          <UnitHistory {...world} one={one} period={period} take={(fresh) => assessments.take(fresh)} />
        </>
      )}
    </>
  );
}

function UnitHead({ one }: { one: UnitAssessment }) {
  return (
    <h2 class="assessment-head" data-testid="assessment-head">
      {one.unit.name} <span class="number">{one.unit.code}</span>
      {one.figures.vetoed ? <span class="veto-mark">{t('assessment.vetoed')}</span> : null}
      {one.changed ? <span class="changed-mark">{t('assessment.changed')}</span> : null}
    </h2>
  );
}

function CaseLink({ line }: { line: ClockLine }) {
  if (line.case?.id === undefined) return <>{line.assignment}</>;
  return (
    <a href={linkTo({ place: 'cases', id: line.case.id, q: '', state: '' })}>
      <span class="number">{line.case.number}</span> {line.case.title}
    </a>
  );
}
