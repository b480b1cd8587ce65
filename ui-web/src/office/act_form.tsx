import { useMemo } from 'preact/hooks';

import type { AssignmentView, Id } from '../shared/api_types';
import { AttachmentField } from '../shared/attachment_field';
import { FormFrame } from '../shared/form_frame';
import { FormModel } from '../shared/form_model';
import { spellExactly } from '../shared/spell';
import { nameOf, t } from '../shared/words';
import { missingFields, type ActKind } from './act_body';
import { FieldsOf } from './act_fields';
import type { Acts } from './acts';
import type { Desk } from './desk';
import { Law } from './law';
import { goTo, replaceRoute, route } from './route';

interface ActFormProps {
  assignment: AssignmentView;
  kind: ActKind;
  desk: Desk;
  acts: Acts;
}

/** One act being filled in. */
export function ActForm({ assignment, kind, desk, acts }: ActFormProps) {
  const drafts = desk.session.drafts.value;
  const form = useMemo(() => new FormModel(drafts, assignment.id, kind), [drafts, assignment.id, kind]);
  const sending = acts.stateOf(assignment.id, kind);
  const send = async () => {
    await acts.send(assignment.id, kind, form.fields.value, assignment.kind);
    if (sending.value.phase !== 'done' || !isShown(assignment.id, kind)) return;
    replaceRoute({ form: null });
    showResult();
  };
  return (
    <FormFrame
      form={form}
      title={nameOf('act', kind)}
      sending={sending.value}
      missing={() => missingFields(kind, form.fields.value, assignment.kind)}
      send={send}
      leave={() => leave(kind)}
    >
      <Law assignment={assignment} kind={kind} desk={desk} />
      <FieldsOf form={form} kind={kind} caseKind={assignment.kind} />
      <AttachmentField form={form} uploads={desk.uploads} base={`/api/assignments/${encodeURIComponent(assignment.id)}`} usual={kind === 'contact' ? 'contact' : 'handling'} />
      {sending.value.phase === 'refused' ? <FirstBy assignment={assignment} kind={kind} me={desk.session.view.value?.staff.id ?? ''} /> : null}
    </FormFrame>
  );
}

/** The form is gone and its focus with it: the result stands at the top. */
function showResult(): void {
  const pane = document.getElementById('assignment');
  pane?.scrollTo(0, 0);
  pane?.focus();
}

/** Back to the button that the form came from. */
function leave(kind: ActKind): void {
  goTo({ form: null });
  document.getElementById(`action-${kind}`)?.focus();
}

/** A refusal often means that a colleague was quicker: who, when, and what can be done with what was written. */
function FirstBy({ assignment, kind, me }: { assignment: AssignmentView; kind: ActKind; me: Id }) {
  const theirs = assignment.timeline.filter((item) => item.kind === kind && item.staff !== null && item.staff.id !== me);
  const last = theirs[theirs.length - 1];
  if (!last) return null;
  return (
    <p class="notice" data-testid="form-first">
      {t('form.first', { who: last.staff?.name ?? '', when: spellExactly(last.time.estimate), act: nameOf('act', kind) })}
    </p>
  );
}

/** While an act was on its way the reader may have gone elsewhere. */
function isShown(assignment: string, kind: ActKind): boolean {
  return route.value.assignment === assignment && route.value.form === kind;
}
