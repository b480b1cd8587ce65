import { nameOf, t } from '../shared/words';
import type { CaseSummary } from './central_types';

/** Where a case stands: its own state, or its unit's stage while a unit has it. */
export function StateLabel({ one }: { one: Pick<CaseSummary, 'state' | 'stage' | 'awaits' | 'refusal'> }) {
  if (one.refusal?.pending) return <span class="state awaits">{t('cases.refusal_pending')}</span>;
  if (one.awaits) return <span class="state awaits">{t('cases.awaits')}</span>;
  const stage = one.state === 'dispatched' && one.stage;
  return <span class={`state ${one.state}`}>{stage ? nameOf('stage', stage) : nameOf('case_state', one.state)}</span>;
}
