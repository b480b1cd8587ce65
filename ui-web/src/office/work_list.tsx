import { useComputed } from '@preact/signals';

import type { Summary } from '../shared/api_types';
import { ClockChip } from '../shared/clock_chip';
import { Icon } from '../shared/icon';
import type { Listing } from '../shared/listing';
import { More } from '../shared/more';
import { ProblemText } from '../shared/problem_text';
import { TruthLabel } from '../shared/truth_label';
import { nameOf, t } from '../shared/words';
import type { Desk } from './desk';
import { inGroups, type Group } from './grouping';
import { hashOf, route, type Route } from './route';

/** The list on the left: work by deadline, or what has ended. */
export function WorkList({ desk }: { desk: Desk }) {
  const list = route.value.list;
  return (
    <nav class="list-pane" aria-label={t('list.label')}>
      <ListTabs desk={desk} list={list} />
      <div class="list-scroll">{list === 'work' ? <Work desk={desk} /> : <Flat desk={desk} listing={desk[list]} />}</div>
    </nav>
  );
}

const kTabs: Route['list'][] = ['work', 'closed', 'all'];

function ListTabs({ desk, list }: { desk: Desk; list: Route['list'] }) {
  const open = desk.status.value?.assignments.open;
  return (
    <ul class="tabs">
      {kTabs.map((tab) => (
        <li key={tab}>
          <a
            href={hashOf({ list: tab, assignment: null, form: null })}
            aria-current={tab === list ? 'page' : undefined}
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

function Work({ desk }: { desk: Desk }) {
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
        <Section key={group} group={group} items={items} desk={desk} />
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

function Section({ group, items, desk }: { group: Group; items: Summary[]; desk: Desk }) {
  return (
    <section class={`group ${group}`} data-testid={`group-${group}`}>
      <h2>
        {nameOf('group', group)} <span class="count">{items.length}</span>
      </h2>
      <Rows items={items} desk={desk} />
    </section>
  );
}

function Flat({ desk, listing }: { desk: Desk; listing: Listing<Summary> }) {
  const items = listing.items.value;
  const problem = listing.problem.value;
  if (problem && items === null) return <ProblemText problem={problem} />;
  if (items === null) return <p class="empty">{t('list.reading')}</p>;
  if (items.length === 0) return <p class="empty">{t('list.none')}</p>;
  return (
    <section class="group">
      <Rows items={items} desk={desk} />
      <More listing={listing} />
    </section>
  );
}

function Rows({ items, desk }: { items: Summary[]; desk: Desk }) {
  return (
    <ul class="rows">
      {items.map((item) => (
        <Row key={item.id} item={item} desk={desk} />
      ))}
    </ul>
  );
}

function Row({ item, desk }: { item: Summary; desk: Desk }) {
  const current = route.value.assignment === item.id;
  const href = hashOf({ list: route.value.list, assignment: item.id, form: null });
  return (
    <li>
      <a class="row-link" href={href} aria-current={current ? 'true' : undefined} data-testid="assignment-row" data-id={item.id}>
        <span class="row-title">
          {item.urgent ? <span class="urgent">{t('facts.urgent')}</span> : null}
          {item.title}
        </span>
        {item.due ? <ClockChip clock={item.due} now={desk.now} /> : <span class="stage">{nameOf('stage', item.stage)}</span>}
        <span class="row-facts">
          <span class="number">{item.number}</span>
          <span class="row-place">{item.place}</span>
          {item.assigned_to ? <span>{item.assigned_to.name}</span> : null}
        </span>
        <RowState item={item} desk={desk} />
      </a>
    </li>
  );
}

/** The worst state of the unit's own acts; what is in force needs no word in a list. */
function RowState({ item, desk }: { item: Summary; desk: Desk }) {
  const drafts = desk.session.drafts.value;
  void drafts.changes.value;
  const hasDraft = drafts.kindsOf(item.id).length > 0;
  return (
    <span class="row-state">
      {hasDraft ? <TruthLabel state="unsaved" /> : null}
      {item.truth && item.truth !== 'in_force' ? <TruthLabel state={item.truth} /> : null}
    </span>
  );
}
