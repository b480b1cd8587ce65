import type { ComponentChildren } from 'preact';

import { kCells, kClockKinds, type ApplicationFigures, type Cell, type ClockFigures, type ClockKind, type DegreeFigures, type Figures } from './assessment_types';
import { spellExactly } from './spell';
import { nameOf, t } from './words';

/** Where the clocks behind a figure are shown; null where they cannot be asked for. */
export type LinkToCell = ((clock: ClockKind, cell: Cell) => string) | null;

/** A share in per cent with one place; nothing where there is nothing to take a share of. */
export function spellShare(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)}%`;
}

interface FiguresProps {
  figures: Figures;
  linkTo: LinkToCell;
  chosen: string;
}

/** All figures of one unit and period. Every clock stands in exactly one cell of the first table. */
export function AssessmentFigures({ figures, linkTo, chosen }: FiguresProps) {
  return (
    <>
      <ClockTable figures={figures} linkTo={linkTo} chosen={chosen} />
      <div class="assessment-small">
        <ApplicationTable figures={figures} />
        <SatisfactionTable figures={figures} />
        <SupervisionTable figures={figures} />
        <Outages figures={figures} />
      </div>
    </>
  );
}

function ClockTable({ figures, linkTo, chosen }: FiguresProps) {
  return (
    <section aria-labelledby="assessment-clocks">
      <h2 id="assessment-clocks">{t('assessment.clocks')}</h2>
      <p class="hint">{t('assessment.clocks_hint', { dispatched: figures.dispatched })}</p>
      {figures.outside_calendar > 0 ? <p class="notice">{t('assessment.outside', { count: figures.outside_calendar })}</p> : null}
      <div class="table-frame" role="region" aria-labelledby="assessment-clocks" tabIndex={0}>
        <table class="assessment-cells" data-testid="assessment-cells">
          <thead>
            <tr>
              <th scope="col">{t('assessment.limit')}</th>
              <th scope="col">{t('assessment.rate')}</th>
              {kCells.map((cell) => (
                <th key={cell} scope="col" class={toneOf(cell)} title={nameOf('cell_hint', cell)}>
                  {nameOf('cell', cell)}
                </th>
              ))}
              <th scope="col">{t('assessment.total')}</th>
            </tr>
          </thead>
          <tbody>
            {kClockKinds.map((clock) => (
              <ClockRow key={clock} clock={clock} figures={figures.clocks[clock]} linkTo={linkTo} chosen={chosen} />
            ))}
          </tbody>
        </table>
      </div>
      <p class="hint">{t(figures.outage_excuses ? 'assessment.rate_excused' : 'assessment.rate_apart')}</p>
    </section>
  );
}

interface RowProps {
  clock: ClockKind;
  figures: ClockFigures;
  linkTo: LinkToCell;
  chosen: string;
}

function ClockRow({ clock, figures, linkTo, chosen }: RowProps) {
  return (
    <tr data-testid="assessment-clock" data-clock={clock}>
      <th scope="row">{nameOf('clock', clock)}</th>
      <td class="rate">{clock === 'return' ? '–' : spellShare(figures.in_time, figures.judged)}</td>
      {kCells.map((cell) => (
        <td key={cell} class={figures.cells[cell] > 0 ? toneOf(cell) : 'none'}>
          <CellCount clock={clock} cell={cell} count={figures.cells[cell]} linkTo={linkTo} current={chosen === `${clock}.${cell}`} />
        </td>
      ))}
      <td class="sum">{figures.total}</td>
    </tr>
  );
}

function CellCount({ clock, cell, count, linkTo, current }: { clock: ClockKind; cell: Cell; count: number; linkTo: LinkToCell; current: boolean }) {
  if (count === 0 || linkTo === null) return <>{count}</>;
  const name = t('assessment.cell_of', { clock: nameOf('clock', clock), cell: nameOf('cell', cell), count });
  return (
    <a href={linkTo(clock, cell)} aria-label={name} aria-current={current ? 'true' : undefined} data-testid={`cell-${clock}-${cell}`}>
      {count}
    </a>
  );
}

/** Semantic colours for states alone: kept, unknown, broken; what is apart or open stays neutral. */
function toneOf(cell: Cell): string {
  if (cell === 'in_time_proven' || cell === 'in_time_by_clock' || cell === 'ruled_in_time') return 'kept';
  if (cell === 'ruled_late' || cell === 'late_by_clock' || cell === 'late_proven' || cell === 'overdue') return 'broken';
  return cell === 'undetermined' || cell === 'outage' || cell.startsWith('on_delivery') ? 'apart' : 'open';
}

function SmallTable({ title, heads, rows }: { title: string; heads: string[]; rows: [string, (number | string)[]][] }) {
  return (
    <table class="small">
      <caption>{title}</caption>
      <thead>
        <tr>
          <td />
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, counts]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {counts.map((count, index) => (
              <td key={heads[index]}>{count}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const kOutcomes: (keyof ApplicationFigures)[] = ['asked', 'granted', 'denied', 'pending', 'withdrawn', 'void_by_end'];

function ApplicationTable({ figures }: { figures: Figures }) {
  const row = (counts: ApplicationFigures) => kOutcomes.map((outcome) => counts[outcome]);
  return (
    <SmallTable
      title={t('assessment.applications')}
      heads={kOutcomes.map((outcome) => nameOf('application_outcome', outcome))}
      rows={[
        [t('assessment.extensions'), row(figures.extensions)],
        [t('assessment.specials'), row(figures.specials)],
        [t('assessment.returns'), row(figures.returns)],
      ]}
    />
  );
}

const kDegrees: (keyof DegreeFigures)[] = ['yes', 'partly', 'no', 'unsaid'];

function SatisfactionTable({ figures: { satisfaction } }: { figures: Figures }) {
  const row = (counts: DegreeFigures) => [...kDegrees.map((degree) => counts[degree]), spellShare(counts.yes, counts.yes + counts.partly + counts.no)];
  return (
    <div>
      <SmallTable
        title={t('assessment.satisfaction')}
        heads={[...kDegrees.map((degree) => nameOf('assessment_degree', degree)), t('assessment.share')]}
        rows={[
          [t('assessment.satisfied'), row(satisfaction.satisfied)],
          [t('assessment.solved'), row(satisfaction.solved)],
        ]}
      />
      <p class="hint">{t('assessment.not_reached', { count: satisfaction.not_reached })}</p>
    </div>
  );
}

function SupervisionTable({ figures: { supervision } }: { figures: Figures }) {
  const grounds = Object.keys(supervision.unit).filter((ground) => (supervision.unit[ground] ?? 0) + (supervision.assignments[ground] ?? 0) > 0);
  if (grounds.length === 0) return <Small title={t('assessment.supervision')}>{t('assessment.no_supervision')}</Small>;
  return (
    <SmallTable
      title={t('assessment.supervision')}
      heads={[t('assessment.on_assignments'), t('assessment.on_unit')]}
      rows={grounds.map((ground) => [nameOf('supervision_ground', ground), [supervision.assignments[ground] ?? 0, supervision.unit[ground] ?? 0]])}
    />
  );
}

function Outages({ figures: { outages } }: { figures: Figures }) {
  return (
    <Small title={t('assessment.outages')}>
      {outages.length === 0 ? (
        t('assessment.no_outages')
      ) : (
        <ul>
          {outages.map(({ from, until }) => (
            <li key={from}>{t('assessment.span', { from: spellExactly(from), until: spellExactly(until) })}</li>
          ))}
        </ul>
      )}
    </Small>
  );
}

function Small({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="small">
      <h3>{title}</h3>
      {children}
    </div>
  );
}
