import type { ComponentChildren } from 'preact';

import { spellExactly } from './spell';
import type { Breach, Changes, Person, Publication, SupervisionNote, Veto } from './assessment_types';
import { hasName, nameOf, t } from './words';

/** What people did about a unit's assessment: notes, vetoes, publications; each with who and when. */

function Said({ who, at, children }: { who: Person; at: string; children: ComponentChildren }) {
  return (
    <p class="entry-when">
      <span>{spellPerson(who)}</span>
      <time dateTime={at}>{spellExactly(at)}</time>
      {children}
    </p>
  );
}

/** At the office the centre's people have no names. */
export function spellPerson({ id, name }: Person): string {
  return name === '' ? t('assessment.person_of_centre', { id }) : name;
}

export function Notes({ notes, below }: { notes: SupervisionNote[]; below?: (note: SupervisionNote) => ComponentChildren }) {
  if (notes.length === 0) return null;
  return (
    <section aria-labelledby="assessment-notes">
      <h2 id="assessment-notes">{t('assessment.notes')}</h2>
      <ol class="assessment-list">
        {notes.map((note) => (
          <li key={`${note.at.epoch}.${note.at.seq}`} class="card" data-testid="assessment-note">
            <h3>
              {nameOf('supervision_ground', note.ground)}
              <span class="hint">{note.assignment === null ? t('assessment.on_unit') : t('assessment.on_assignment', { id: note.assignment })}</span>
            </h3>
            <Said who={note.staff} at={note.made_at}>
              {null}
            </Said>
            <p>{note.texts.reason_text ?? ''}</p>
            {below?.(note)}
          </li>
        ))}
      </ol>
    </section>
  );
}

export function Vetoes({ vetoes, below }: { vetoes: Veto[]; below?: (veto: Veto) => ComponentChildren }) {
  if (vetoes.length === 0) return null;
  return (
    <section aria-labelledby="assessment-vetoes">
      <h2 id="assessment-vetoes">{t('assessment.vetoes')}</h2>
      <ol class="assessment-list">
        {vetoes.map((veto) => (
          <li key={`${veto.at.epoch}.${veto.at.seq}`} class={`card veto ${veto.state}`} data-testid="veto" data-state={veto.state}>
            <h3>
              {t('assessment.veto')}
              <span class="veto-state">{nameOf('veto_state', veto.state)}</span>
            </h3>
            <p class="entry-when">
              <span>{t('assessment.veto_by', { first: spellPerson(veto.first), second: spellPerson(veto.second) })}</span>
              <time dateTime={veto.made_at}>{spellExactly(veto.made_at)}</time>
            </p>
            <dl class="facts">
              <dt>{t('assessment.veto_cause')}</dt>
              <dd>{`${nameOf('supervision_ground', veto.cause.ground)} · ${veto.cause.texts.reason_text ?? ''}`}</dd>
              <dt>{t('assessment.veto_reason')}</dt>
              <dd>{veto.texts.reason_text ?? ''}</dd>
            </dl>
            <Steps veto={veto} />
            {below?.(veto)}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Steps({ veto }: { veto: Veto }) {
  return (
    <ul class="veto-steps">
      {veto.contests.map((contest) => (
        <li key={contest.at.seq} data-testid="veto-contest">
          <strong>{t('assessment.contest')}</strong>
          <Said who={contest.staff} at={contest.time.estimate}>
            {null}
          </Said>
          <p>{contest.texts.reason_text ?? ''}</p>
        </li>
      ))}
      {veto.steps.map((step) => (
        <li key={step.at.seq} data-testid="veto-step" data-move={step.move}>
          <strong>{nameOf('veto_move', step.move)}</strong>
          <Said who={step.staff} at={step.made_at}>
            {null}
          </Said>
          <p>{[step.texts.document_number, ...papersOf(step.texts.source), step.texts.reason_text].filter(Boolean).join(' · ')}</p>
        </li>
      ))}
    </ul>
  );
}

/** The day of the paper and what went with it. */
function papersOf(source: string | undefined): string[] {
  if (source === undefined) return [];
  try {
    const { date, evidence } = JSON.parse(source) as { date?: string; evidence?: string };
    return [date ?? '', evidence ?? ''];
  } catch {
    return [source];
  }
}

export function Publications({ publications }: { publications: Publication[] }) {
  if (publications.length === 0) return null;
  return (
    <section aria-labelledby="assessment-publications">
      <h2 id="assessment-publications">{t('assessment.publications')}</h2>
      <ol class="assessment-list">
        {publications.map((publication) => (
          <li key={`${publication.at.epoch}.${publication.at.seq}`} class="card" data-testid="publication" data-corrects={publication.corrects !== null}>
            <h3>{t(publication.corrects === null ? 'assessment.published' : 'assessment.corrected')}</h3>
            <Said who={publication.staff} at={publication.made_at}>
              <span>{t('assessment.breaches', { count: publication.breach_count })}</span>
            </Said>
            {publication.reason !== '' ? <p>{publication.reason}</p> : null}
            {publication.since_before ? <ChangeTable changes={publication.since_before} title={t('assessment.since_before')} /> : null}
            {publication.until_now && publication.until_now.figures.length > 0 ? <ChangeTable changes={publication.until_now} title={t('assessment.until_now')} /> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

function ChangeTable({ changes, title }: { changes: Changes; title: string }) {
  return (
    <>
      <table class="small changes" data-testid="changes">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('assessment.figure')}</th>
            <th scope="col">{t('assessment.before')}</th>
            <th scope="col">{t('assessment.after')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.figures.map(({ path, before, after }) => (
            <tr key={path}>
              <th scope="row">{spellPath(path)}</th>
              <td>{spellFigure(before)}</td>
              <td>{spellFigure(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Breaches title={t('assessment.withdrawn')} breaches={changes.withdrawn} />
      <Breaches title={t('assessment.added')} breaches={changes.added} />
    </>
  );
}

function Breaches({ title, breaches }: { title: string; breaches: Breach[] }) {
  if (breaches.length === 0) return null;
  const spell = ({ assignment, clock, cell }: Breach) => t('assessment.breach', { assignment, clock: nameOf('clock', clock), cell: nameOf('cell', cell) });
  return (
    <p class="breaches">
      <strong>{title}</strong> {breaches.map(spell).join(t('assessment.and'))}
    </p>
  );
}

function spellFigure(value: number | boolean | null): string {
  if (value === null) return '–';
  return typeof value === 'boolean' ? t(value ? 'assessment.yes' : 'assessment.no') : String(value);
}

/** `clocks.acknowledge.cells.late_proven`: each part by the name that its table gives it. */
function spellPath(path: string): string {
  const parts = path.split('.').filter((part) => part !== 'clocks' && part !== 'cells');
  return parts.map(nameOfPart).join(' · ');
}

/** The same part may be a clock, a cell, what became of an application, a degree, a ground, or a figure of its own. */
function nameOfPart(part: string): string {
  if (hasName('clock', part)) return nameOf('clock', part);
  if (hasName('cell', part)) return nameOf('cell', part);
  if (hasName('application_outcome', part)) return nameOf('application_outcome', part);
  if (hasName('assessment_degree', part)) return nameOf('assessment_degree', part);
  if (hasName('supervision_ground', part)) return nameOf('supervision_ground', part);
  return hasName('figure_part', part) ? nameOf('figure_part', part) : nameOf('assessment', part);
}
