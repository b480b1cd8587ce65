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

  /** `codes`: of the units, as far as they are known. */
  constructor(
    private readonly session: Session,
    private readonly codes: () => string[],
  ) {}

  /** `cell`: `acknowledge.late_proven`, or empty. */
  async show(period: Period, unit: Id | null, cell: string): Promise<void> {
    const asked = [spellPeriod(period), unit ?? '', cell].join('|');
    if (asked === this.asked) return;
    this.asked = asked;
    this.clocks.value = null;
    await Promise.all([this.readUnit(period, unit), this.readClocks(period, unit, cell)]);
  }

  /** What a request answered is newer than what was read. */
  take(assessment: UnitAssessment): void {
    this.turns.outdate();
    this.one.value = assessment;
    this.lines.value = null;
  }

  private async readUnit(period: Period, unit: Id | null): Promise<void> {
    this.problem.value = null;
    if (unit === null) return this.readLines(period);
    const turn = this.turns.begin();
    const answer = await this.session.api.get<{ assessment: UnitAssessment }>(`/api/assessment/units/${encodeURIComponent(unit)}?${queryOf(period)}`);
    if (!this.turns.mayShow(turn)) return;
    if (answer.ok) this.one.value = answer.value.assessment;
    else this.problem.value = answer.problem;
  }

  /** Unit by unit, because a large one takes a second to fold and a city has many; each row shows as it comes. */
  private async readLines(period: Period): Promise<void> {
    const { asked } = this;
    this.one.value = null;
    this.lines.value = null;
    const codes = this.codes();
    if (codes.length === 0) this.lines.value = [];
    for (const code of codes) {
      const answer = await this.session.api.get<{ units: AssessmentLine[] }>(`/api/assessment?${queryOf(period)}&unit=${encodeURIComponent(code)}`);
      if (asked !== this.asked) return;
      if (!answer.ok) {
        this.problem.value = answer.problem;
        return;
      }
      this.lines.value = [...(this.lines.value ?? []), ...answer.value.units];
    }
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
