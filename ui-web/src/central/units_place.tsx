import { useSignal } from '@preact/signals';

import { ProblemText } from '../shared/problem_text';
import { spellSize } from '../shared/spell';
import { nameOf, t } from '../shared/words';
import type { UnitOverview } from './central_types';
import type { Desk } from './desk';
import { NodesView } from './nodes_view';
import { PhonePlace } from './phone_place';
import { linkTo, route } from './route';
import { TimeCorrectionsView } from './time_corrections_view';
import { LastContact } from './unit_chooser';
import { findUnits, kColumns, sortUnits, type Column } from './units';

interface Order {
  column: Column;
  descending: boolean;
}

/** The units, or one of them on the telephone. */
export function UnitsPlace({ desk }: { desk: Desk }) {
  const called = desk.units.value?.find(({ id }) => id === route.value.id);
  return called ? <PhonePlace unit={called} desk={desk} /> : <Units desk={desk} />;
}

/** Every unit with its node: when it was last heard of, and what it has to do. */
function Units({ desk }: { desk: Desk }) {
  const text = useSignal('');
  const order = useSignal<Order>({ column: 'name', descending: false });
  const units = desk.units.value;
  const problem = desk.unitsProblem.value;
  const shown = units ? sortUnits(findUnits(units, text.value), order.value.column, order.value.descending) : [];
  return (
    <main class="units-pane" id="detail" tabIndex={-1}>
      <header class="row between">
        <h1>{t('units.title')}</h1>
        <label class="visually-hidden" for="unit-search">
          {t('units.search')}
        </label>
        <input id="unit-search" type="search" autocomplete="off" placeholder={t('units.search')} data-testid="unit-search" onInput={(event) => (text.value = event.currentTarget.value)} />
      </header>
      {problem && units === null ? <ProblemText problem={problem} /> : null}
      {units === null && !problem ? <p class="empty">{t('list.reading')}</p> : null}
      {units ? (
        <div class="table-frame" role="region" aria-label={t('units.title')} tabIndex={0}>
          <table class="units" data-testid="units">
            <thead>
              <tr>
                {kColumns.map((column) => (
                  <Heading key={column} column={column} order={order.value} choose={(chosen) => (order.value = chosen)} />
                ))}
                <th scope="col" class="call">
                  {t('phone.open')}
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((unit) => (
                <Row key={unit.id} unit={unit} desk={desk} />
              ))}
            </tbody>
          </table>
          {shown.length === 0 ? <p class="empty">{t('units.none_found')}</p> : null}
        </div>
      ) : null}
      <NodesView desk={desk} />
      <TimeCorrectionsView desk={desk} />
    </main>
  );
}

/** Pressed once it orders by its column, once more the other way round. */
function Heading({ column, order, choose }: { column: Column; order: Order; choose: (order: Order) => void }) {
  const current = order.column === column;
  const direction = order.descending ? 'descending' : 'ascending';
  return (
    <th scope="col" class={column} aria-sort={current ? direction : 'none'}>
      <button type="button" class="quiet" onClick={() => choose({ column, descending: current && !order.descending })} data-testid={`sort-${column}`}>
        {nameOf('unit_column', column)}
        <span aria-hidden="true">{current ? (order.descending ? '↓' : '↑') : ''}</span>
      </button>
    </th>
  );
}

function Row({ unit, desk }: { unit: UnitOverview; desk: Desk }) {
  const { node } = unit;
  return (
    <tr data-testid="unit-row" data-id={unit.id}>
      <th scope="row" class="name">
        {unit.name} <span class="number">{unit.code}</span>
      </th>
      <td class="node">
        {nameOf('node_state', node.state)} <span class="number">{node.program ?? ''}</span>
      </td>
      <td class="contact">
        <LastContact unit={unit} desk={desk} />
      </td>
      <td class="open">{unit.open}</td>
      <td class={unit.awaiting > 0 ? 'awaiting some' : 'awaiting'}>{unit.awaiting}</td>
      <td class={node.undelivered > 0 ? 'undelivered some' : 'undelivered'}>{node.undelivered}</td>
      <td class="disk">{node.disk_free_bytes === undefined ? '–' : t('units.free', { space: spellSize(node.disk_free_bytes) })}</td>
      <td class="call">
        {node.state === 'enrolled' ? (
          <a href={linkTo({ id: unit.id })} data-testid="unit-phone" data-id={unit.id}>
            {t('phone.open')}
          </a>
        ) : null}
      </td>
    </tr>
  );
}
