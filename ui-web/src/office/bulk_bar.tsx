import type { Summary } from '../shared/api_types';
import { Icon } from '../shared/icon';
import { sentenceOf } from '../shared/problem_text';
import { TruthLabel } from '../shared/truth_label';
import { t } from '../shared/words';
import type { Acts } from './acts';
import { isUnacknowledged, type Bulk } from './bulk';
import type { Desk } from './desk';

interface BulkProps {
  desk: Desk;
  acts: Acts;
  bulk: Bulk;
}

const kWorthIt = 2;

/** Above the list: how many wait for their receipt, and the one button that acknowledges those that are ticked. */
export function BulkBar({ desk, acts, bulk }: BulkProps) {
  const open = (desk.open.items.value ?? []).filter(isUnacknowledged);
  const waiting = open.filter((item) => acts.stateOf(item.id, 'acknowledgement').value.phase !== 'done');
  return (
    <>
      <Sent desk={desk} acts={acts} bulk={bulk} />
      {bulk.choosing.value ? <Choosing waiting={waiting} bulk={bulk} /> : <Offer count={waiting.length} bulk={bulk} />}
    </>
  );
}

function Offer({ count, bulk }: { count: number; bulk: Bulk }) {
  if (count < kWorthIt || bulk.running.value) return null;
  return (
    <div class="bulk-bar">
      <span>{t('bulk.waiting', { count })}</span>
      <button type="button" class="small" onClick={() => bulk.begin()} data-testid="bulk-begin">
        {t('bulk.begin')}
      </button>
    </div>
  );
}

function Choosing({ waiting, bulk }: { waiting: Summary[]; bulk: Bulk }) {
  const chosen = waiting.filter((item) => bulk.chosen.value.has(item.id));
  return (
    <div class="bulk-bar choosing" role="group" aria-label={t('bulk.begin')}>
      <button type="button" class="primary small" aria-disabled={chosen.length === 0} onClick={() => chosen.length > 0 && void bulk.send(chosen)} data-testid="bulk-send">
        <Icon name="acknowledge" />
        {t('bulk.send', { count: chosen.length })}
      </button>
      <button type="button" class="small" onClick={() => bulk.choose(waiting)} data-testid="bulk-all">
        {t('bulk.all', { count: waiting.length })}
      </button>
      <button type="button" class="quiet small" onClick={() => bulk.end()} data-testid="bulk-end">
        {t('form.cancel')}
      </button>
    </div>
  );
}

/** What came of each, until it is put away. */
function Sent({ desk, acts, bulk }: BulkProps) {
  const items = bulk.sent.value;
  if (items.length === 0) return null;
  const recorded = items.filter((item) => bulk.isRecorded(item)).length;
  return (
    <section class="bulk-sent" aria-label={t('bulk.results')} data-testid="bulk-results">
      <p class="row between" role="status">
        <strong>{t('bulk.recorded', { count: recorded, all: items.length })}</strong>
        <span class="row">
          {recorded < items.length && !bulk.running.value ? (
            <button type="button" class="small" onClick={() => void bulk.sendAgain()} data-testid="bulk-again">
              {t('bulk.again')}
            </button>
          ) : null}
          <button type="button" class="quiet small" onClick={() => bulk.forget()} data-testid="bulk-close">
            {t('bulk.close')}
          </button>
        </span>
      </p>
      <ul>
        {items.map((item) => (
          <Line key={item.id} item={item} desk={desk} acts={acts} />
        ))}
      </ul>
    </section>
  );
}

function Line({ item, desk, acts }: { item: Summary; desk: Desk; acts: Acts }) {
  const sending = acts.stateOf(item.id, 'acknowledgement').value;
  return (
    <li class="bulk-line" data-testid="bulk-result" data-id={item.id} data-phase={sending.phase}>
      <span class="bulk-title">
        <span class="number">{item.number}</span> {item.title}
      </span>
      {sending.phase === 'done' ? <TruthLabel state={truthNow(item, desk) ?? sending.value.act.truth ?? 'saved'} /> : null}
      {sending.phase === 'sending' ? <span class="hint">{t('form.sending')}</span> : null}
      {sending.phase === 'idle' || sending.phase === 'kept' ? <TruthLabel state="unsaved" /> : null}
      {sending.phase === 'unsure' ? <span class="fault">{t('bulk.unsure')}</span> : null}
      {sending.phase === 'refused' ? <span class="fault">{sentenceOf(sending.problem)}</span> : null}
    </li>
  );
}

/** The state that the list has for it by now: what was saved here may be in force meanwhile. */
function truthNow(item: Summary, desk: Desk) {
  return desk.open.items.value?.find((one) => one.id === item.id)?.truth;
}
