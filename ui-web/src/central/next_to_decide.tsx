import { nameOf, t } from '../shared/words';
import type { Dossier } from './central_types';
import type { World } from './request_form';
import { aboutAssignment } from './requests';
import { linkTo } from './route';

interface NextToDecideProps extends World {
  dossier: Dossier;
  offersNext: boolean;
}

/** What was just decided here, and the way on. */
export function NextToDecide({ dossier, offersNext, desk, requests }: NextToDecideProps) {
  const last = requests.last.value;
  if (last?.subject !== aboutAssignment(dossier.id)) return null;
  const next = desk.pressing.value.find((item) => item.assignment !== dossier.id);
  const [kind = ''] = last.kind.split('-');
  return (
    <p class="result" role="status" data-testid="result" data-kind={kind}>
      <strong>{nameOf('entry', kind)}</strong>
      <span class="truth truth-in_force">{t('decisions.done')}</span>
      <span class="hint">{t('decisions.done_hint', { unit: dossier.unit.name })}</span>
      {dossier.stage === 'returned' ? <a href={linkTo({ place: 'cases', id: dossier.case.id, form: 'dispatch' })}>{t('decisions.dispatch_again')}</a> : null}
      {offersNext && next ? (
        <a class="button small end" href={linkTo({ id: next.assignment })} data-testid="next">
          {t('decisions.next')}
        </a>
      ) : null}
    </p>
  );
}
