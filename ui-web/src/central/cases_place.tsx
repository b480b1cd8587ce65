import { useEffect, useRef } from 'preact/hooks';

import { Icon } from '../shared/icon';
import { More } from '../shared/more';
import { ProblemText } from '../shared/problem_text';
import { spellMoment } from '../shared/spell';
import { TruthLabel } from '../shared/truth_label';
import { nameOf, t } from '../shared/words';
import { CasePane } from './case_pane';
import type { CaseSummary } from './central_types';
import type { Desk } from './desk';
import type { World } from './request_form';
import { aboutCase } from './requests';
import { linkTo, replaceRoute, route } from './route';
import { StateLabel } from './state_label';

const kStates = ['new', 'incomplete', 'dispatched', 'closed', 'refused', 'merged'] as const;
const kTypingMs = 250;

/** Every case the city has, the newest first; one of them on the right. */
export function CasesPlace(world: World) {
  return (
    <>
      <section class="list-pane" aria-label={t('cases.label')}>
        <Narrowing desk={world.desk} />
        <div class="list-scroll">
          <Cases desk={world.desk} />
        </div>
      </section>
      <main class="detail-pane" id="detail" tabIndex={-1}>
        {route.value.id === null ? <p class="empty tall">{t('cases.choose')}</p> : <Chosen {...world} />}
      </main>
    </>
  );
}

function Chosen(world: World) {
  const shown = world.desk.shownCase.value.value;
  const problem = world.desk.shownCase.problem.value;
  return (
    <>
      <a class="back" href={linkTo({ id: null })} data-testid="back">
        <Icon name="arrow_left" />
        {t('assignment.back')}
      </a>
      {shown === null && problem ? <ProblemText problem={problem} /> : null}
      {shown === null && !problem ? <p class="empty">{t('list.reading')}</p> : null}
      {shown ? <CasePane key={shown.id} one={shown} {...world} /> : null}
    </>
  );
}

/** What the list is narrowed to stands in the address: a reload keeps it. */
function Narrowing({ desk }: { desk: Desk }) {
  const { state, q } = route.value;
  const counts = desk.status.value?.cases;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => replaceRoute({ q: text.trim() }), kTypingMs);
  };
  return (
    <div class="list-head" role="search">
      <label class="visually-hidden" for="case-state">
        {t('cases.state')}
      </label>
      <select id="case-state" value={state} data-testid="case-state" onChange={(event) => replaceRoute({ state: event.currentTarget.value })}>
        <option value="">{t('cases.all')}</option>
        {kStates.map((word) => (
          <option key={word} value={word}>
            {nameOf('case_state', word)}
            {counts ? ` ${counts[word]}` : ''}
          </option>
        ))}
      </select>
      <label class="visually-hidden" for="case-search">
        {t('cases.search')}
      </label>
      <input
        id="case-search"
        type="search"
        autocomplete="off"
        placeholder={t('cases.search')}
        defaultValue={q}
        data-testid="case-search"
        onInput={(event) => search(event.currentTarget.value)}
      />
    </div>
  );
}

function Cases({ desk }: { desk: Desk }) {
  const items = desk.cases.items.value;
  const problem = desk.cases.problem.value;
  if (problem && items === null) return <ProblemText problem={problem} />;
  if (items === null) return <p class="empty">{t('list.reading')}</p>;
  if (items.length === 0) return <NothingFound />;
  return (
    <>
      <p class="total" role="status">
        {t('cases.total', { count: desk.cases.total.value })}
      </p>
      <ul class="rows">
        {items.map((one) => (
          <Row key={one.id} one={one} desk={desk} />
        ))}
      </ul>
      <More listing={desk.cases} />
    </>
  );
}

function NothingFound() {
  const narrowed = route.value.state !== '' || route.value.q !== '';
  return (
    <div class="empty">
      <Icon name="inbox" />
      <p>{t(narrowed ? 'cases.none_found' : 'cases.none')}</p>
      <a class="button" href={narrowed ? linkTo({ state: '', q: '' }) : linkTo({ place: 'intake', id: null })}>
        {t(narrowed ? 'cases.show_all' : 'cases.take_in')}
      </a>
    </div>
  );
}

function Row({ one, desk }: { one: CaseSummary; desk: Desk }) {
  const drafts = desk.session.drafts.value;
  void drafts.changes.value;
  const current = route.value.id === one.id;
  return (
    <li>
      <a class="row-link" href={linkTo({ id: one.id })} aria-current={current ? 'true' : undefined} data-testid="case-row" data-id={one.id}>
        <span class="row-title">
          {one.urgent ? <span class="urgent">{t('facts.urgent')}</span> : null}
          {one.title || t('facts.no_title')}
        </span>
        <span class="row-right">
          <StateLabel one={one} />
        </span>
        <span class="row-facts">
          <span class="number">{one.number}</span>
          <span class="row-place">{one.unit?.name ?? one.place}</span>
        </span>
        <span class="row-state">
          {drafts.kindsOf(aboutCase(one.id)).length > 0 ? <TruthLabel state="unsaved" /> : null}
          <span class="number">{spellMoment(one.created_at, desk.now.peek()?.estimate ?? null)}</span>
        </span>
      </a>
    </li>
  );
}
