import { signal } from '@preact/signals';

import type { Id, Instant, Problem } from '../shared/api_types';
import { queryOf, spellPeriod, type Period } from '../shared/assessment_period';
import type { ClockPage, Figures, UnitAssessment } from '../shared/assessment_types';
import type { Session } from '../shared/session';
import { Turns } from '../shared/turns';

/** A unit as the table of all units shows it. */
export interface AssessmentLine {
  unit: { id: Id; code: string; name: string };
  as_of: Instant;
  undelivered: number;
  last_exchange_at: Instant | null;
  published_at: Instant | null;
  changed: boolean;
  figures: Figures;
}

/** What the page knows of assessments: all units, one closely, the clocks behind a figure. Read when looked at. */
export class Assessments {
  readonly lines = signal<AssessmentLine[] | null>(null);
  readonly one = signal<UnitAssessment | null>(null);
  readonly clocks = signal<ClockPage | null>(null);
  readonly problem = signal<Problem | null>(null);
  private readonly turns = new Turns();
  private asked = '';

  constructor(private readonly session: Session) {}

  /** `cell`: `acknowledge.late_proven`, or empty. */
  async show(period: Period, unit: Id | null, cell: string): Promise<void> {
    const asked = [spellPeriod(period), unit ?? '', cell].join('|');
    if (asked === this.asked) return;
    this.asked = asked;
    this.clocks.value = null;
    await Promise.all([this.readUnit(period, unit), this.readClocks(period, unit, cell)]);
  }

  /** After something was changed, and when the reader comes back. */
  forget(): void {
    this.asked = '';
    this.lines.value = null;
    this.one.value = null;
    this.clocks.value = null;
    this.problem.value = null;
  }

  /** What a request answered is newer than what was read. */
  take(assessment: UnitAssessment): void {
    this.turns.outdate();
    this.one.value = assessment;
    this.lines.value = null;
  }

  private async readUnit(period: Period, unit: Id | null): Promise<void> {
    const turn = this.turns.begin();
    this.problem.value = null;
    if (unit === null) {
      this.one.value = null;
      const answer = await this.session.api.get<{ units: AssessmentLine[] }>(`/api/assessment?${queryOf(period)}`);
      if (!this.turns.mayShow(turn)) return;
      if (answer.ok) this.lines.value = answer.value.units;
      else this.problem.value = answer.problem;
      return;
    }
    const answer = await this.session.api.get<{ assessment: UnitAssessment }>(`/api/assessment/units/${encodeURIComponent(unit)}?${queryOf(period)}`);
    if (!this.turns.mayShow(turn)) return;
    if (answer.ok) this.one.value = answer.value.assessment;
    else this.problem.value = answer.problem;
  }

  private async readClocks(period: Period, unit: Id | null, cell: string): Promise<void> {
    const [clock, name] = cell.split('.');
    if (unit === null || !clock || !name) return;
    const path = `/api/assessment/units/${encodeURIComponent(unit)}/clocks?${queryOf(period)}&clock=${encodeURIComponent(clock)}&cell=${encodeURIComponent(name)}`;
    const asked = this.asked;
    const answer = await this.session.api.get<ClockPage>(path);
    if (asked === this.asked && answer.ok) this.clocks.value = answer.value;
  }
}
