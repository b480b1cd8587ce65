import type { FormModel } from '../shared/form_model';
import { nameOf, t } from '../shared/words';
import { caseBody, missingOfCase, type CaseForm } from './case_body';
import { CaseFields } from './case_fields';
import type { CaseView } from './central_types';
import { RequestForm, type World } from './request_form';
import { aboutCase } from './requests';
import { replaceRoute, route } from './route';

/** Something being done to a case. */
export function CaseRequest({ one, kind, ...world }: World & { one: CaseView; kind: CaseForm }) {
  const close = () => {
    if (route.value.form === kind) replaceRoute({ form: null, on: null });
  };
  const sentence = confirmationOf(kind);
  return (
    <RequestForm
      {...world}
      subject={aboutCase(one.id)}
      kind={kind}
      title={nameOf('case_act', kind)}
      path={`/api/cases/${one.id}/${doorOf(kind)}`}
      missing={(fields) => missingOfCase(kind, fields)}
      body={(fields) => caseBody(kind, fields)}
      {...(sentence ? { confirm: sentence } : {})}
      submitLabel={nameOf('case_act', kind)}
      leave={close}
      done={close}
      fields={(form) => <CaseFields form={form} kind={kind} one={one} desk={world.desk} />}
    />
  );
}

function doorOf(kind: CaseForm): string {
  return kind === 'refusal_ruling' ? 'refusal/ruling' : kind;
}

/** What ends the way of a case here is said once more before it is done. */
function confirmationOf(kind: CaseForm): ((form: FormModel) => string) | null {
  switch (kind) {
    case 'refusal':
      return (form) => t('confirm.refusal', { code: nameOf('return_reason', form.text('code')), what: nameOf('confirm_refusal', consequence(form.text('code'))) });
    case 'refusal_ruling':
      return (form) => t(form.text('confirmed') === 'yes' ? 'confirm.refusal_confirmed' : 'confirm.refusal_denied');
    case 'merge':
      return (form) => t('confirm.merge', { into: form.text('into_name') });
    default:
      return null;
  }
}

function consequence(code: string): 'second' | 'emptied' | 'waits' | 'ends' {
  if (code === 'n7') return 'second';
  if (code === 'n5') return 'emptied';
  return code === 'n8' ? 'waits' : 'ends';
}
