import { useEffect } from 'preact/hooks';

import { Icon } from '../shared/icon';
import { spellMoment } from '../shared/spell';
import { nameOf, t } from '../shared/words';
import { ActionBar, type Action } from './action_bar';
import { AssignmentsOf } from './assignments_of';
import { mayChange } from './authority';
import { isCaseForm, type CaseForm } from './case_body';
import { CaseFacts } from './case_facts';
import { CaseFiles } from './case_files';
import { CaseRequest } from './case_request';
import { CaseResult } from './case_result';
import type { CaseView } from './central_types';
import { PastRefusals, RefusalCard } from './refusal_card';
import type { World } from './request_form';
import { aboutCase } from './requests';
import { linkTo, route } from './route';
import { MergedCases, SimilarCases } from './similar_cases';
import { StateLabel } from './state_label';

/** One case: what was said, what became of it, and what may be done with it. */
export function CasePane({ one, ...world }: World & { one: CaseView }) {
  const { form, on } = route.value;
  const chosen = on ?? one.assignment;
  useEffect(() => void world.desk.open(chosen), [chosen]);
  useEffect(() => () => world.requests.conceal(aboutCase(one.id)), [one.id]);
  return (
    <article class="assignment case" data-testid="case" data-id={one.id} data-state={one.state}>
      <Head one={one} {...world} />
      <CaseActions one={one} {...world} />
      <CaseResult one={one} {...world} />
      <div class="columns">
        {isCaseForm(form) && on === null ? <CaseRequest key={form} one={one} kind={form} {...world} /> : null}
        <div class="column">
          <section aria-labelledby="text-title">
            <h2 id="text-title">{t('facts.text')}</h2>
            <p class="appeal-text">{one.text || t('facts.no_text')}</p>
          </section>
          <CaseFiles one={one} {...world} />
          {one.refusal ? <RefusalCard refusal={one.refusal} desk={world.desk} /> : null}
          <PastRefusals refusals={one.refusals} desk={world.desk} />
          <MergedCases one={one} />
          <AssignmentsOf one={one} chosen={chosen} {...world} />
        </div>
        <aside class="side">
          <CaseFacts one={one} {...world} />
          <SimilarCases one={one} mayMerge={mayChange(world.desk) && one.allowed.includes('merge')} desk={world.desk} />
        </aside>
      </div>
    </article>
  );
}

function Head({ one, desk }: World & { one: CaseView }) {
  return (
    <header class="assignment-head">
      <p class="overline">
        <span class="number">{one.number}</span>
        <StateLabel one={one} />
        {one.urgent ? <span class="urgent">{t('facts.urgent')}</span> : null}
        {one.confidential ? <span class="urgent">{t('facts.confidential')}</span> : null}
        <span>{nameOf('category', one.category)}</span>
        <span>{nameOf('case_kind', one.kind)}</span>
      </p>
      <h1 data-testid="case-title">{one.title || t('facts.no_title')}</h1>
      <p class="under">
        <Icon name="place" />
        {one.place || t('facts.no_place')}
        <span class="holder">
          <Icon name="clock" />
          {t('cases.taken_in', { when: spellMoment(one.created_at, desk.now.peek()?.estimate ?? null) })}
        </span>
      </p>
      {one.merged_into ? (
        <p class="notice">
          {t('cases.merged_into')}{' '}
          <a href={linkTo({ place: 'cases', id: one.merged_into.id })}>
            {one.merged_into.number} {one.merged_into.title}
          </a>
        </p>
      ) : null}
    </header>
  );
}

/** In the order in which a case meets them. Completion and ruling are offered only where they mean something. */
function offered(one: CaseView): CaseForm[] {
  const undecided = one.state === 'new' || one.state === 'incomplete';
  const always: CaseForm[] = undecided ? ['dispatch', 'refusal', 'merge'] : one.allowed.includes('dispatch') ? ['dispatch'] : [];
  const now: CaseForm[] = [];
  if (one.refusal?.pending) now.push('refusal_ruling');
  if (one.state === 'incomplete') now.push('completion');
  return [...now, ...always];
}

function CaseActions({ one, desk }: World & { one: CaseView }) {
  const kinds = offered(one);
  if (kinds.length === 0) return null;
  const next = kinds.find((kind) => one.allowed.includes(kind));
  // A case that was dispatched and needs nothing has no obvious next button.
  const presses = one.state === 'new' || one.state === 'incomplete' || one.stage === 'returned';
  const actions = kinds.map<Action>((kind) => ({ kind, vocabulary: 'case_act', primary: presses && kind === next }));
  return (
    <ActionBar
      label={t('case_act.label')}
      subject={aboutCase(one.id)}
      actions={actions}
      allowed={one.allowed}
      refused={one.refused}
      may={mayChange(desk)}
      form={route.value.on === null ? route.value.form : null}
      linkToForm={(kind) => linkTo({ form: kind, on: null })}
      drafts={desk.session.drafts.value}
    />
  );
}
