import { Choice, TextField } from '../shared/form_fields';
import type { FormModel } from '../shared/form_model';
import { t } from '../shared/words';
import type { CaseForm } from './case_body';
import { CaseChooser } from './case_chooser';
import type { CaseView } from './central_types';
import type { Desk } from './desk';
import { OwnLimits } from './own_limits';
import { RefusalFields } from './refusal_fields';
import { UnitChooser } from './unit_chooser';

interface CaseFieldsProps {
  form: FormModel;
  kind: CaseForm;
  one: CaseView;
  desk: Desk;
}

/** The fields of each thing that is done to a case. */
export function CaseFields({ form, kind, one, desk }: CaseFieldsProps) {
  switch (kind) {
    case 'dispatch':
      return (
        <>
          <UnitChooser form={form} desk={desk} />
          <OwnLimits form={form} />
        </>
      );
    case 'refusal':
      return <RefusalFields form={form} one={one} desk={desk} />;
    case 'refusal_ruling':
      return (
        <>
          <p class="hint">{t('refusal_ruling.hint')}</p>
          <Choice form={form} name="confirmed" label="refusal_ruling.label" vocabulary="refusal_ruling" options={['yes', 'no']} required />
        </>
      );
    case 'completion':
      return <CompletionFields form={form} one={one} />;
    case 'merge':
      return <CaseChooser form={form} name="into" label="merge.into" one={one} desk={desk} takesMerge />;
    case 'unmasking':
      return <TextField form={form} name="reason" label="unmasking.reason" hint="unmasking.hint" rows={2} required />;
  }
}

/** Only what is filled in changes. */
function CompletionFields({ form, one }: { form: FormModel; one: CaseView }) {
  return (
    <>
      {one.refusal ? <p class="notice">{t('completion.missing', { what: one.refusal.text })}</p> : null}
      <p class="hint">{t('completion.hint')}</p>
      <TextField form={form} name="title" label="intake.title" />
      <TextField form={form} name="text" label="intake.text" rows={4} />
      <TextField form={form} name="place" label="intake.place" />
      <ContactFields form={form} />
    </>
  );
}

export function ContactFields({ form }: { form: FormModel }) {
  return (
    <div class="pair">
      <TextField form={form} name="name" label="intake.name" />
      <TextField form={form} name="telephone" label="intake.telephone" type="tel" />
      <TextField form={form} name="address" label="intake.address" />
    </div>
  );
}
