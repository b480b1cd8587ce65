import { AttachedFiles, namesFiles, useFileStates } from '../shared/attachment_list';
import { ClockPanel } from '../shared/clock_panel';
import { Icon } from '../shared/icon';
import { Timeline } from '../shared/timeline';
import { nameOf, t } from '../shared/words';
import type { Dossier } from './central_types';
import { isDecisionKind } from './decision_body';
import { DecisionForm } from './decision_form';
import { Decisions } from './decisions';
import { NextToDecide } from './next_to_decide';
import type { World } from './request_form';
import { linkTo } from './route';
import { WaitingCard } from './waiting_card';

interface AssignmentViewProps extends World {
  dossier: Dossier;
  /** The decision being filled in. */
  form: string | null;
  linkToForm: (kind: string | null) => string;
  /** True where the case itself is not shown around it. */
  whole: boolean;
}

/** What one unit does with a case: what waits for the centre, what may be decided, clocks and history. */
export function AssignmentView({ dossier, form, linkToForm, whole, ...world }: AssignmentViewProps) {
  const { desk } = world;
  const base = `/api/assignments/${encodeURIComponent(dossier.id)}`;
  const states = useFileStates(desk.session.api, base, dossier, namesFiles(dossier.timeline));
  return (
    <article class={whole ? 'assignment' : 'assignment within'} data-testid="assignment" data-id={dossier.id} data-stage={dossier.stage}>
      {whole ? <Head dossier={dossier} /> : null}
      <NextToDecide dossier={dossier} offersNext={whole} {...world} />
      {dossier.waiting.map((waiting) => (
        <WaitingCard key={`${waiting.kind}/${waiting.act.epoch}/${waiting.act.seq}`} dossier={dossier} waiting={waiting} {...world} />
      ))}
      <Decisions dossier={dossier} form={form} linkToForm={linkToForm} desk={desk} />
      <div class="columns">
        {isDecisionKind(form) ? <DecisionForm key={form} dossier={dossier} kind={form} linkToForm={linkToForm} {...world} /> : null}
        <aside class="side">
          <ClockPanel clocks={dossier.clocks} now={desk.now} />
        </aside>
        <div class="column">
          {whole ? (
            <section aria-labelledby="text-title">
              <h2 id="text-title">{t('facts.text')}</h2>
              <p class="appeal-text">{dossier.case.text || t('facts.no_text')}</p>
            </section>
          ) : null}
          <Timeline items={dossier.timeline} more={(item) => <AttachedFiles files={item.attachments ?? []} states={states} />} />
        </div>
      </div>
    </article>
  );
}

function Head({ dossier }: { dossier: Dossier }) {
  const { case: one, unit, stage, cycle } = dossier;
  return (
    <header class="assignment-head">
      <p class="overline">
        <a href={linkTo({ place: 'cases', id: one.id })} data-testid="to-case">
          {one.number}
        </a>
        <span class="stage" data-testid="stage">
          {nameOf('stage', stage)}
        </span>
        {cycle > 1 ? <span>{t('assignment.cycle', { cycle })}</span> : null}
        <span>{nameOf('category', one.category)}</span>
        <span>{nameOf('case_kind', one.kind)}</span>
        {one.urgent ? <span class="urgent">{t('facts.urgent')}</span> : null}
        {one.confidential ? <span class="urgent">{t('facts.confidential')}</span> : null}
      </p>
      <h1 data-testid="assignment-title">{one.title}</h1>
      <p class="under">
        <Icon name="building" />
        <strong>{unit.name}</strong>
        <span class="holder">
          <Icon name="place" />
          {one.place || t('facts.no_place')}
        </span>
      </p>
    </header>
  );
}
