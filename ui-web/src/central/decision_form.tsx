import { Choice, Selection, TextField } from '../shared/form_fields';
import type { FormModel } from '../shared/form_model';
import { nameOf, t } from '../shared/words';
import type { Dossier } from './central_types';
import { decisionBody, kDegrees, kSupervisionGrounds, missingOfDecision, type DecisionKind } from './decision_body';
import { RequestForm, type World } from './request_form';
import { aboutAssignment } from './requests';
import { replaceRoute, route } from './route';

interface DecisionFormProps extends World {
  dossier: Dossier;
  kind: DecisionKind;
  linkToForm: (kind: string | null) => string;
}

/** What ends or repeats a unit's work is confirmed. */
const kConfirmed: DecisionKind[] = ['take_back', 'redo', 'close'];

/** A decision that an operator takes of its own accord. */
export function DecisionForm({ dossier, kind, linkToForm, ...world }: DecisionFormProps) {
  const done = () => {
    if (route.value.form === kind) replaceRoute({ form: null, on: null });
  };
  return (
    <RequestForm
      {...world}
      subject={aboutAssignment(dossier.id)}
      kind={kind}
      title={nameOf('decide', kind)}
      path={`/api/assignments/${dossier.id}/decisions`}
      missing={(fields) => missingOfDecision(kind, fields)}
      body={(fields) => decisionBody(kind, fields)}
      {...(kConfirmed.includes(kind) ? { confirm: () => t('confirm.decision', { what: nameOf('decide', kind), unit: dossier.unit.name }) } : {})}
      submitLabel={nameOf('decide', kind)}
      leave={() => (location.hash = linkToForm(null))}
      done={done}
      fields={(form) => <DecisionFields form={form} kind={kind} />}
    />
  );
}

function DecisionFields({ form, kind }: { form: FormModel; kind: DecisionKind }) {
  if (kind === 'call_back') return <CallBackFields form={form} />;
  const closes = kind === 'close';
  return (
    <>
      <p class="hint">{nameOf('decide_hint', kind)}</p>
      {kind === 'supervision_note' ? (
        <Selection form={form} name="ground" label="decide.ground" vocabulary="supervision_ground" options={kSupervisionGrounds} required />
      ) : null}
      <TextField form={form} name="reason" label={kind === 'supervision_note' ? 'decide.note' : 'decide.reason'} rows={3} required={!closes} />
    </>
  );
}

function CallBackFields({ form }: { form: FormModel }) {
  return (
    <>
      <p class="hint">{nameOf('decide_hint', 'call_back')}</p>
      <Choice form={form} name="reached" label="decide.reached" vocabulary="degree" options={['yes', 'no']} required />
      {form.text('reached') === 'yes' ? (
        <div class="pair">
          <Choice form={form} name="satisfied" label="decide.satisfied" vocabulary="satisfaction" options={kDegrees} required />
          <Choice form={form} name="solved" label="form.solved" vocabulary="degree" options={kDegrees} required />
        </div>
      ) : null}
      <TextField form={form} name="reason" label="decide.call_note" rows={3} />
    </>
  );
}
