import { Choice, Selection, TextField, Tick } from '../shared/form_fields';
import type { FormModel } from '../shared/form_model';
import { kChannels, kDegrees, kGrounds, kOutcomes, kReturnReasons, mayComplete, type ActKind } from './act_body';

/** The fields of each kind of act. */
export function FieldsOf({ form, kind, caseKind }: { form: FormModel; kind: ActKind; caseKind: string }) {
  switch (kind) {
    case 'contact':
      return <ContactFields form={form} caseKind={caseKind} />;
    case 'resolution':
      return <ResolutionFields form={form} />;
    case 'extension_application':
      return <ExtensionFields form={form} />;
    case 'return_application':
      return <ReturnFields form={form} />;
    case 'note':
      return <TextField form={form} name="note" label="form.note" rows={4} required />;
    case 'acknowledgement':
      return null;
  }
}

function ContactFields({ form, caseKind }: { form: FormModel; caseKind: string }) {
  return (
    <>
      <Choice form={form} name="channel" label="form.channel" vocabulary="channel" options={kChannels} required />
      <Choice form={form} name="outcome" label="form.outcome" vocabulary="outcome" options={kOutcomes} required />
      <div class="pair">
        <TextField form={form} name="spoke_with" label="form.spoke_with" />
        <TextField form={form} name="number_used" label="form.number_used" type="tel" hint="form.number_hint" />
      </div>
      <TextField form={form} name="note" label="form.contact_note" rows={3} hint="form.note_hint" />
      {mayComplete(caseKind, form.fields.value) ? <Completion form={form} /> : null}
    </>
  );
}

/** A consultation that was answered while talking needs no second form. */
function Completion({ form }: { form: FormModel }) {
  return (
    <>
      <Tick form={form} name="completes" label="form.completes" hint="form.completes_hint" />
      {form.isSet('completes') ? (
        <div class="inset">
          <Findings form={form} />
          <TextField form={form} name="public_answer" label="form.public_answer" rows={4} hint="form.public_answer_hint" />
        </div>
      ) : null}
    </>
  );
}

function Findings({ form }: { form: FormModel }) {
  const unsolved = ['partly', 'no'].includes(form.text('solved'));
  return (
    <>
      <div class="pair">
        <Choice form={form} name="verified" label="form.verified" vocabulary="degree" options={kDegrees} required />
        <Choice form={form} name="solved" label="form.solved" vocabulary="degree" options={kDegrees} required />
      </div>
      {unsolved ? <TextField form={form} name="reason" label="form.unsolved_reason" rows={2} required /> : null}
      <Tick form={form} name="beyond_duty" label="form.beyond_duty" />
    </>
  );
}

function ResolutionFields({ form }: { form: FormModel }) {
  return (
    <>
      <Findings form={form} />
      <Tick form={form} name="unreachable" label="form.unreachable" hint="form.unreachable_hint" />
      <TextField form={form} name="note" label="form.internal_note" rows={3} hint="form.note_hint" />
      <TextField form={form} name="public_answer" label="form.public_answer" rows={5} hint="form.public_answer_hint" />
    </>
  );
}

function ExtensionFields({ form }: { form: FormModel }) {
  return (
    <>
      <Selection form={form} name="ground" label="form.ground" vocabulary="ground" options={kGrounds} required />
      <TextField form={form} name="days" label="form.days" type="number" hint="form.days_hint" required />
      <TextField form={form} name="text" label="form.ground_text" rows={4} required />
    </>
  );
}

function ReturnFields({ form }: { form: FormModel }) {
  return (
    <>
      <Selection form={form} name="reason" label="form.return_reason" vocabulary="return_reason" options={kReturnReasons} required />
      <TextField form={form} name="basis" label="form.basis" rows={4} hint="form.basis_hint" required />
      <TextField form={form} name="suggested_unit" label="form.suggested_unit" />
    </>
  );
}
