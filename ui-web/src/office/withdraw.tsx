import { useSignal } from '@preact/signals';

import type { AssignmentView, TimelineItem } from '../shared/api_types';
import { Outcome } from '../shared/form_frame';
import { nameOf, t } from '../shared/words';
import { withdrawalOf, type Acts } from './acts';

interface WithdrawProps {
  assignment: AssignmentView;
  item: TimelineItem;
  acts: Acts;
}

/** In the row of an application that nobody has ruled on: taking it back, with a word on what that means. */
export function Withdraw({ assignment, item, acts }: WithdrawProps) {
  const asking = useSignal(false);
  const reason = useSignal('');
  const sending = acts.stateOf(assignment.id, withdrawalOf(item)).value;
  if (!item.withdrawable) return null;
  if (!asking.value) {
    return (
      <p>
        <button type="button" class="small" onClick={() => (asking.value = true)} data-testid="withdraw">
          {t('withdraw.begin')}
        </button>
      </p>
    );
  }
  const submit = (event: Event) => {
    event.preventDefault();
    void acts.withdraw(assignment.id, item, { reason: reason.value });
  };
  return (
    <form class="withdraw-form inset" onSubmit={submit} noValidate data-testid="withdraw-form">
      <p>{nameOf('withdraw_means', item.kind)}</p>
      <div class="field">
        <label for={`reason-${item.seq}`}>{t('withdraw.reason')}</label>
        <input
          id={`reason-${item.seq}`}
          value={reason.value}
          maxLength={200}
          autocomplete="off"
          data-testid="withdraw-reason"
          onInput={(event) => (reason.value = event.currentTarget.value)}
        />
      </div>
      <Outcome sending={sending} />
      <div class="row">
        <button type="submit" class="primary small" disabled={sending.phase === 'sending'} data-testid="withdraw-submit">
          {t('withdraw.submit')}
        </button>
        <button type="button" class="small" onClick={() => (asking.value = false)}>
          {t('form.cancel')}
        </button>
      </div>
    </form>
  );
}
