import { useMemo } from 'preact/hooks';

import type { AssignmentView } from '../shared/api_types';
import { FormFrame } from '../shared/form_frame';
import { FormModel } from '../shared/form_model';
import { nameOf } from '../shared/words';
import { missingFields, type ActKind } from './act_body';
import { FieldsOf } from './act_fields';
import type { Acts } from './acts';
import type { Desk } from './desk';
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
    if (sending.value.phase === 'done' && isShown(assignment.id, kind)) replaceRoute({ form: null });
  };
  return (
    <FormFrame
      form={form}
      title={nameOf('act', kind)}
      sending={sending.value}
      missing={() => missingFields(kind, form.fields.value, assignment.kind)}
      send={send}
      leave={() => goTo({ form: null })}
    >
      <FieldsOf form={form} kind={kind} caseKind={assignment.kind} />
    </FormFrame>
  );
}

/** While an act was on its way the reader may have gone elsewhere. */
function isShown(assignment: string, kind: ActKind): boolean {
  return route.value.assignment === assignment && route.value.form === kind;
}
