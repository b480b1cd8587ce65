import { nameOf, t } from '../shared/words';
import type { CaseView } from './central_types';
import type { World } from './request_form';
import { aboutCase } from './requests';
import { linkTo } from './route';

/** What was just done to the case, and the way on. */
export function CaseResult({ one, requests }: World & { one: CaseView }) {
  const last = requests.last.value;
  if (last?.subject !== aboutCase(one.id) || last.kind === 'unmasking') return null;
  const goesOn = last.kind !== 'intake' && one.state !== 'new';
  return (
    <p class="result" role="status" data-testid="result" data-kind={last.kind}>
      <strong>{nameOf('case_act', last.kind)}</strong>
      <span class="truth truth-in_force">{t('case_result.done')}</span>
      <span class="hint">{last.kind === 'dispatch' ? t('case_result.dispatch_hint', { unit: last.answered.assignment?.unit.name ?? '' }) : nameOf('case_result_hint', last.kind)}</span>
      {goesOn ? (
        <a class="button small end" href={linkTo({ place: 'intake', id: null, state: '', q: '' })}>
          {t('case_result.next')}
        </a>
      ) : null}
    </p>
  );
}
