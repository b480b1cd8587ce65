import type { Summary } from '../shared/api_types';
import { ClockChip } from '../shared/clock_chip';
import { TruthLabel } from '../shared/truth_label';
import { nameOf, t } from '../shared/words';
import { isUnacknowledged, type Bulk } from './bulk';
import type { Desk } from './desk';
import { Marked } from './marked';
import { hashOf, route } from './route';

interface RowsProps {
  items: Summary[];
  desk: Desk;
  bulk: Bulk;
}

export function Rows({ items, desk, bulk }: RowsProps) {
  return (
    <ul class="rows">
      {items.map((item) => (
        <li key={item.id} class={bulk.choosing.value ? 'with-tick' : undefined}>
          {bulk.choosing.value ? <RowTick item={item} bulk={bulk} /> : null}
          <Row item={item} desk={desk} />
        </li>
      ))}
    </ul>
  );
}

/** What has been acknowledged keeps the room, so that the titles stay in line. */
function RowTick({ item, bulk }: { item: Summary; bulk: Bulk }) {
  if (!isUnacknowledged(item)) return <span class="row-tick" />;
  return (
    <label class="row-tick">
      <input
        type="checkbox"
        checked={bulk.chosen.value.has(item.id)}
        aria-label={`${nameOf('act', 'acknowledgement')} ${item.number} ${item.title}`}
        data-testid="bulk-tick"
        data-id={item.id}
        onChange={() => bulk.toggle(item.id)}
      />
    </label>
  );
}

function Row({ item, desk }: { item: Summary; desk: Desk }) {
  const current = route.value.assignment === item.id;
  const href = hashOf({ list: route.value.list, assignment: item.id, form: null });
  const query = desk.query.value;
  return (
    <a class="row-link" href={href} aria-current={current ? 'true' : undefined} data-testid="assignment-row" data-id={item.id}>
      <span class="row-title">
        {item.urgent ? <span class="urgent">{t('facts.urgent')}</span> : null}
        {item.confidential ? <span class="confidential">{t('facts.confidential')}</span> : null}
        <Marked text={item.title} query={query} />
      </span>
      {item.due ? <ClockChip clock={item.due} now={desk.now} /> : <span class="stage">{nameOf('stage', item.stage)}</span>}
      <span class="row-facts">
        <span class="number">
          <Marked text={item.number} query={query} />
        </span>
        <span class="row-place" title={item.place}>
          <Marked text={item.place} query={query} />
        </span>
        {item.assigned_to ? <span class="row-holder">{item.assigned_to.name}</span> : null}
      </span>
      <RowState item={item} desk={desk} />
    </a>
  );
}

/** The worst state of the unit's own acts; what is in force needs no word in a list. */
function RowState({ item, desk }: { item: Summary; desk: Desk }) {
  const drafts = desk.session.drafts.value;
  void drafts.changes.value;
  const hasDraft = drafts.kindsOf(item.id).length > 0;
  const truth = item.truth === 'in_force' ? null : item.truth;
  if (!hasDraft && !truth) return null;
  return (
    <span class="row-state">
      {hasDraft ? <TruthLabel state="unsaved" /> : null}
      {truth ? <TruthLabel state={truth} /> : null}
    </span>
  );
}
