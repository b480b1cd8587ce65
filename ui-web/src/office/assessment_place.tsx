import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';

import { AssessmentBar } from '../shared/assessment_bar';
import { AssessmentClocks } from '../shared/assessment_clocks';
import { AssessmentFigures } from '../shared/assessment_figures';
import { Publications, Notes, Vetoes } from '../shared/assessment_history';
import { monthOf, queryOf, readPeriod, spellPeriod, type Period } from '../shared/assessment_period';
import type { ClockLine, ClockPage, UnitAssessment } from '../shared/assessment_types';
import type { Problem } from '../shared/api_types';
import { Icon } from '../shared/icon';
import { ProblemText } from '../shared/problem_text';
import type { Session } from '../shared/session';
import { spellMoment } from '../shared/spell';
import { Turns } from '../shared/turns';
import { t } from '../shared/words';
import { ContestForm } from './contest_form';
import type { Desk } from './desk';
import { assessmentHash, assessmentRoute } from './assessment_route';
import { hashOf } from './route';

/** What the page knows of the unit's own assessment; read when it is looked at. */
class OwnAssessment {
  readonly one = signal<UnitAssessment | null>(null);
  readonly clocks = signal<ClockPage | null>(null);
  readonly problem = signal<Problem | null>(null);
  private readonly turns = new Turns();

  constructor(private readonly session: Session) {}

  async read(period: Period): Promise<void> {
    const turn = this.turns.begin();
    const answer = await this.session.api.get<{ assessment: UnitAssessment }>(`/api/assessment?${queryOf(period)}`);
    if (!this.turns.mayShow(turn)) return;
    this.problem.value = answer.ok ? null : answer.problem;
    if (answer.ok) this.one.value = answer.value.assessment;
  }

  /** `cell`: `acknowledge.late_proven`, or empty. */
  async readClocks(period: Period, cell: string): Promise<void> {
    this.clocks.value = null;
    const [clock, name] = cell.split('.');
    if (!clock || !name) return;
    const path = `/api/assessment/clocks?${queryOf(period)}&clock=${encodeURIComponent(clock)}&cell=${encodeURIComponent(name)}`;
    const answer = await this.session.api.get<ClockPage>(path);
    if (answer.ok && assessmentRoute.peek()?.cell === cell) this.clocks.value = answer.value;
  }

  take(one: UnitAssessment): void {
    this.turns.outdate();
    this.one.value = one;
  }
}

/** For supervisors: what stands behind a figure may be confidential. */
export function maySeeAssessment(desk: Desk): boolean {
  return desk.session.view.value?.staff.role === 'supervisor';
}

export function AssessmentLink({ desk }: { desk: Desk }) {
  if (!maySeeAssessment(desk)) return null;
  return (
    <a class="place-link" href={assessmentHash('', '')} aria-current={assessmentRoute.value ? 'page' : undefined} data-testid="to-assessment">
      <Icon name="scales" />
      {t('assessment.title')}
    </a>
  );
}

/** How the unit does, by what its own lists say: the same figures as at the centre, once everything is delivered. */
export function AssessmentPlace({ desk }: { desk: Desk }) {
  // Another person finds nothing of the last one's.
  const staff = desk.session.view.value?.staff.id;
  const own = useMemo(() => new OwnAssessment(desk.session), [desk, staff]);
  const now = desk.now.value?.estimate ?? null;
  const { period: named, cell } = assessmentRoute.value ?? { period: '', cell: '' };
  const asked = readPeriod(named);
  const period = asked ?? (now === null ? null : monthOf(now));
  const text = period ? spellPeriod(period) : '';
  useEffect(() => {
    if (period) void own.read(period);
  }, [own, text]);
  useEffect(() => {
    if (period) void own.readClocks(period, cell);
  }, [own, text, cell]);
  return (
    <main class="assessment-pane" id="assignment" tabIndex={-1}>
      <a class="assessment-back" href={hashOf({ list: 'work', assignment: null, form: null })} data-testid="back-to-work">
        <Icon name="arrow_left" />
        {t('assessment.back_to_work')}
      </a>
      <h1>{t('assessment.own_title', { unit: own.one.value?.unit.name ?? '' })}</h1>
      {period ? <AssessmentBar period={period} now={now} choose={(chosen) => (location.hash = assessmentHash(spellPeriod(chosen), ''))} unit="" /> : null}
      {period ? <p class="print-only">{t('assessment.period', { from: period.from, to: period.to })}</p> : null}
      {own.problem.value ? <ProblemText problem={own.problem.value} /> : null}
      {own.one.value && period ? <Own desk={desk} own={own} one={own.one.value} period={period} /> : null}
      {own.one.value === null && own.problem.value === null ? <p class="empty">{t('list.reading')}</p> : null}
    </main>
  );
}

function Own({ desk, own, one, period }: { desk: Desk; own: OwnAssessment; one: UnitAssessment; period: Period }) {
  const clocks = own.clocks.value;
  const today = desk.now.value?.estimate ?? null;
  const since = one.oldest_undelivered_at;
  return (
    <>
      {one.undelivered ? <p class="notice">{t('assessment.own_undelivered', { count: one.undelivered, when: since ? spellMoment(since, today) : '' })}</p> : null}
      {one.figures.vetoed ? <p class="problem">{t('assessment.own_vetoed')}</p> : null}
      <AssessmentFigures figures={one.figures} chosen={assessmentRoute.value?.cell ?? ''} linkTo={(clock, cell) => assessmentHash(spellPeriod(period), `${clock}.${cell}`)} />
      {clocks ? <AssessmentClocks page={clocks} today={today} nameOfCase={(line) => <AssignmentLink line={line} />} /> : null}
      <Vetoes vetoes={one.vetoes} below={(veto) => <ContestForm desk={desk} veto={veto} period={period} take={(fresh) => own.take(fresh)} />} />
      <Notes notes={one.notes} />
      <Publications publications={one.publications} />
    </>
  );
}

function AssignmentLink({ line }: { line: ClockLine }) {
  return (
    <a href={hashOf({ list: 'all', assignment: line.assignment, form: null })}>
      <span class="number">{line.case?.number ?? line.assignment}</span> {line.case?.title ?? ''}
    </a>
  );
}
