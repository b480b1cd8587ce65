import { useMemo } from 'preact/hooks';

import { askOf, type Period } from '../shared/assessment_period';
import type { UnitAssessment, Veto } from '../shared/assessment_types';
import { TextField } from '../shared/form_fields';
import { FormFrame } from '../shared/form_frame';
import { FormModel, isBlank } from '../shared/form_model';
import { Sender } from '../shared/sending';
import { t } from '../shared/words';
import type { Desk } from './desk';

interface ContestProps {
  desk: Desk;
  veto: Veto;
  period: Period;
  take: (one: UnitAssessment) => void;
}

/** The unit contests a veto (Q7). An act like others: saved here at once, delivered when the link allows. */
export function ContestForm({ desk, veto, period, take }: ContestProps) {
  const subject = `veto-${veto.at.epoch}-${veto.at.seq}`;
  const drafts = desk.session.drafts.value;
  const form = useMemo(() => new FormModel(drafts, subject, 'contest'), [drafts, subject]);
  const sender = useMemo(() => new Sender<{ assessment: UnitAssessment }>(desk.session, 'act_id_reused'), [desk]);
  if (veto.state === 'withdrawn') return null;
  const send = async () => {
    const body = { ...askOf(period), veto: veto.at, reason: form.text('reason').trim() };
    const sent = await sender.send(subject, 'contest', form.fields.value, (id) => desk.session.api.post('/api/assessment/contests', { act_id: id, ...body }));
    if (sent?.phase !== 'done') return;
    form.discard();
    take(sent.value.assessment);
    void desk.refresh();
  };
  return (
    <details class="assessment-form" data-testid="contest-form">
      <summary>{t('assessment.contest')}</summary>
      <FormFrame
        form={form}
        title={t('assessment.contest')}
        sending={sender.stateOf(subject, 'contest').value}
        missing={() => (isBlank(form.fields.value.reason) ? ['reason'] : [])}
        send={send}
        submitLabel={t('assessment.contest_submit')}
        confirm={() => t('assessment.contest_confirm')}
        takesFocus={false}
      >
        <TextField form={form} name="reason" label="assessment.contest_reason" rows={4} required />
      </FormFrame>
    </details>
  );
}
