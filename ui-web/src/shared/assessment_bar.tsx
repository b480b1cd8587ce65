import { monthOf, queryOf, yearOf, type Period } from './assessment_period';
import { t } from './words';

interface BarProps {
  period: Period;
  /** True time as far as it is known; nothing before the first answer. */
  now: number | null;
  choose: (period: Period) => void;
  /** One unit's files; empty: all. */
  unit: string;
}

/** The period that is looked at, and the ways out: paper and spreadsheet. */
export function AssessmentBar({ period, now, choose, unit }: BarProps) {
  const file = (format: string, table = '') => `/api/assessment/file?${queryOf(period)}&format=${format}${table}${unit === '' ? '' : `&unit=${encodeURIComponent(unit)}`}`;
  const change = (part: Partial<Period>) => {
    const next = { ...period, ...part };
    if (next.from !== '' && next.to !== '' && next.from <= next.to) choose(next);
  };
  return (
    <div class="row assessment-bar">
      <label>
        {t('assessment.from')} <input type="date" value={period.from} max={period.to} data-testid="period-from" onChange={(event) => change({ from: event.currentTarget.value })} />
      </label>
      <label>
        {t('assessment.to')} <input type="date" value={period.to} min={period.from} data-testid="period-to" onChange={(event) => change({ to: event.currentTarget.value })} />
      </label>
      {now === null ? null : (
        <>
          <button type="button" class="quiet" onClick={() => choose(monthOf(now))} data-testid="this-month">
            {t('assessment.this_month')}
          </button>
          <button type="button" class="quiet" onClick={() => choose(monthOf(now, 1))} data-testid="last-month">
            {t('assessment.last_month')}
          </button>
          <button type="button" class="quiet" onClick={() => choose(yearOf(now))} data-testid="this-year">
            {t('assessment.this_year')}
          </button>
        </>
      )}
      <span class="spring" />
      <button type="button" onClick={() => window.print()} data-testid="print">
        {t('assessment.print')}
      </button>
      <a class="button" href={file('xlsx')} download data-testid="file-xlsx">
        {t('assessment.xlsx')}
      </a>
      <a class="button" href={file('csv', '&table=clocks')} download data-testid="file-csv">
        {t('assessment.csv')}
      </a>
    </div>
  );
}
