import type { ComponentChildren } from 'preact';

import type { ClockLine, ClockPage } from './assessment_types';
import { spellExactly } from './spell';
import { nameOf, t } from './words';
import { VerdictLine } from './verdict_line';

interface ClocksProps {
  page: ClockPage;
  today: number | null;
  /** The way to the assignment. */
  nameOfCase: (line: ClockLine) => ComponentChildren;
}

/** The clocks behind one figure. */
export function AssessmentClocks({ page, today, nameOfCase }: ClocksProps) {
  return (
    <section aria-labelledby="assessment-lines" data-testid="assessment-lines">
      <h2 id="assessment-lines">{t('assessment.lines', { count: page.total })}</h2>
      {page.total > page.items.length ? <p class="hint">{t('assessment.lines_cut', { shown: page.items.length })}</p> : null}
      <div class="table-frame" role="region" aria-labelledby="assessment-lines" tabIndex={0}>
        <table class="assessment-lines">
          <thead>
            <tr>
              <th scope="col">{t('assessment.case')}</th>
              <th scope="col">{t('assessment.due')}</th>
              <th scope="col">{t('assessment.act')}</th>
              <th scope="col">{t('assessment.finding')}</th>
            </tr>
          </thead>
          <tbody>
            {page.items.map((line) => (
              <tr key={line.assignment}>
                <th scope="row">{nameOfCase(line)}</th>
                <td>
                  {line.due === null ? '–' : spellExactly(line.due)}
                  {line.due_without_outages === null ? null : <p class="hint">{t('assessment.due_moved', { due: spellExactly(line.due_without_outages) })}</p>}
                </td>
                <td>
                  {line.act_at === null ? '–' : spellExactly(line.act_at.estimate)}
                  {line.act_at === null ? null : <p class="hint">{nameOf('clock_class', line.act_at.class)}</p>}
                </td>
                <td>{line.verdict === null ? nameOf('cell', line.cell) : <VerdictLine verdict={line.verdict} today={today} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
