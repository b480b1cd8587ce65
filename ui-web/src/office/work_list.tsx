import { useComputed } from '@preact/signals';

import type { Summary } from '../shared/api_types';
import { Icon } from '../shared/icon';
import type { Listing } from '../shared/listing';
import { More } from '../shared/more';
import { ProblemText } from '../shared/problem_text';
import { nameOf, t } from '../shared/words';
import type { Acts } from './acts';
import type { Bulk } from './bulk';
import { BulkBar } from './bulk_bar';
import type { Desk } from './desk';
import { inGroups, type Group } from './grouping';
import { hashOf, route, type Route } from './route';
import { Rows } from './rows';
import { SearchBox } from './search_box';

interface ListProps {
  desk: Desk;
  bulk: Bulk;
}

/** The list on the left: work by deadline, what has ended, or what was looked for. */
export function WorkList({ desk, acts, bulk }: ListProps & { acts: Acts }) {
  const list = route.value.list;
  const searching = desk.query.value !== '';
  return (
    <nav class="list-pane" aria-label={t('list.label')}>
      <div class="list-head">
        <ListTabs desk={desk} list={searching ? null : list} />
        <SearchBox desk={desk} />
      </div>
      {list === 'work' && !searching ? <BulkBar desk={desk} acts={acts} bulk={bulk} /> : null}
      <div class="list-scroll">
        {searching ? <Found desk={desk} bulk={bulk} /> : list === 'work' ? <Work desk={desk} bulk={bulk} /> : <Flat desk={desk} bulk={bulk} listing={desk[list]} />}
      </div>
    </nav>
  );
}

const kTabs: Route['list'][] = ['work', 'closed', 'all'];

/** While something is looked for none of the lists is shown; choosing one puts the search away. */
function ListTabs({ desk, list }: { desk: Desk; list: Route['list'] | null }) {
  const open = desk.status.value?.assignments.open;
  return (
    <ul class="tabs">
      {kTabs.map((tab) => (
        <li key={tab}>
          <a
            href={hashOf({ list: tab, assignment: null, form: null })}
            aria-current={tab === list ? 'page' : undefined}
            onClick={() => desk.search('')}
            data-testid={`tab-${tab}`}
          >
            {nameOf('tab', tab)}
            {tab === 'work' && open !== undefined ? <span class="count">{open}</span> : null}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Work({ desk, bulk }: ListProps) {
  const open = desk.open.items.value;
  const waiting = desk.waiting.items.value;
  // Regrouped when the server says something new and once a minute, not with every second.
  const minute = useComputed(() => Math.floor((desk.now.value?.estimate ?? 0) / 60_000));
  void minute.value;
  const now = desk.now.peek();
  const problem = desk.open.problem.value;
  if (problem && open === null) return <ProblemText problem={problem} />;
  if (open === null || waiting === null || now === null) return <p class="empty">{t('list.reading')}</p>;
  const groups = inGroups(open, waiting, now);
  if (groups.length === 0) return <NothingToDo />;
  return (
    <>
      {groups.map(([group, items]) => (
        <Section key={group} group={group} items={items} desk={desk} bulk={bulk} />
      ))}
      <More listing={desk.open} />
      <More listing={desk.waiting} />
    </>
  );
}

function NothingToDo() {
  return (
    <div class="empty">
      <Icon name="inbox" />
      <p>
        <strong>{t('list.nothing')}</strong>
      </p>
      <p>{t('list.nothing_hint')}</p>
    </div>
  );
}

function Section({ group, items, desk, bulk }: ListProps & { group: Group; items: Summary[] }) {
  return (
    <section class={`group ${group}`} data-testid={`group-${group}`}>
      <h2>
        {nameOf('group', group)} <span class="count">{items.length}</span>
      </h2>
      <Rows items={items} desk={desk} bulk={bulk} />
    </section>
  );
}

/** What was looked for, wherever it stands by now. */
function Found({ desk, bulk }: ListProps) {
  const { items, problem, total } = desk.found;
  if (problem.value && items.value === null) return <ProblemText problem={problem.value} />;
  if (items.value === null) return <p class="empty">{t('search.looking')}</p>;
  if (items.value.length === 0) return <NothingFound query={desk.query.value} desk={desk} />;
  return (
    <section class="group" data-testid="group-found">
      <h2>
        {t('search.found')}
        <span class="count" role="status">
          {total.value}
        </span>
      </h2>
      <Rows items={items.value} desk={desk} bulk={bulk} />
      <More listing={desk.found} />
    </section>
  );
}

function NothingFound({ query, desk }: { query: string; desk: Desk }) {
  return (
    <div class="empty" role="status" data-testid="search-nothing">
      <Icon name="search" />
      <p>
        <strong>{t('search.nothing', { query })}</strong>
      </p>
      <p>{t('search.nothing_hint')}</p>
      <button type="button" class="small" onClick={() => desk.search('')} data-testid="search-clear">
        {t('search.clear')}
      </button>
    </div>
  );
}

function Flat({ desk, bulk, listing }: ListProps & { listing: Listing<Summary> }) {
  const items = listing.items.value;
  const problem = listing.problem.value;
  if (problem && items === null) return <ProblemText problem={problem} />;
  if (items === null) return <p class="empty">{t('list.reading')}</p>;
  if (items.length === 0) return <p class="empty">{t('list.none')}</p>;
  return (
    <section class="group">
      <Rows items={items} desk={desk} bulk={bulk} />
      <More listing={listing} />
    </section>
  );
}
