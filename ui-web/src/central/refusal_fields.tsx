import { Choice, Selection, TextField } from '../shared/form_fields';
import type { FormModel } from '../shared/form_model';
import { nameOf } from '../shared/words';
import { isReferred, kRefusalCodes } from './case_body';
import { CaseChooser } from './case_chooser';
import type { CaseView } from './central_types';
import type { Desk } from './desk';

/** Each of the nine reasons says what the centre does, and asks for what that needs. */
export function RefusalFields({ form, one, desk }: { form: FormModel; one: CaseView; desk: Desk }) {
  const code = form.text('code');
  return (
    <>
      <Selection form={form} name="code" label="refusal.code" vocabulary="return_reason" options={kRefusalCodes} required />
      {code ? (
        <p class="notice" data-testid="refusal-why">
          {nameOf('refusal_why', code)}
        </p>
      ) : null}
      {code === 'n2' ? <Choice form={form} name="referred_to" label="referred.n2" vocabulary="emergency" options={desk.status.value?.emergency_lines ?? []} required /> : null}
      {code !== 'n2' && isReferred(code) ? <TextField form={form} name="referred_to" label={kReferred[code] ?? 'referred.n1'} required /> : null}
      {code === 'n6' ? <CaseChooser form={form} name="earlier_case" label="refusal.earlier" one={one} desk={desk} /> : null}
      {code ? <TextField form={form} name="text" label={kTold[code] ?? 'told.caller'} rows={3} required /> : null}
    </>
  );
}

const kReferred: Record<string, 'referred.n1' | 'referred.n3' | 'referred.n4'> = { n1: 'referred.n1', n3: 'referred.n3', n4: 'referred.n4' };
const kTold: Record<string, 'told.missing' | 'told.result'> = { n8: 'told.missing', n9: 'told.result' };
