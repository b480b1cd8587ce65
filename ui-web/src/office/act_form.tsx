import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';

import type { AssignmentView } from '../shared/api_types';
import { ProblemText } from '../shared/problem_text';
import { TruthLabel } from '../shared/truth_label';
import { nameOf, t } from '../shared/words';
import { missingFields, type ActKind } from './act_body';
import type { Acts, Sending } from './acts';
import type { Desk } from './desk';
import { FieldsOf } from './act_fields';
import { FormModel } from './form_model';
import { goTo, replaceRoute, route } from './route';

interface ActFormProps {
  assignment: AssignmentView;
  kind: ActKind;
  desk: Desk;
  acts: Acts;
}

/** One act being filled in. Whatever happens to page, session or server, its content stays. */
export function ActForm({ assignment, kind, desk, acts }: ActFormProps) {
  const drafts = desk.session.drafts.value;
  const form = useMemo(() => new FormModel(drafts, assignment.id, kind), [drafts, assignment.id, kind]);
  const sending = acts.stateOf(assignment.id, kind);
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => focusFirst(element.current), [form]);
  const submit = async (event: Event) => {
    event.preventDefault();
    form.faults.value = missingFields(kind, form.fields.value, assignment.kind);
    if (form.faults.value.length > 0) return focusFault(element.current, form.faults.value[0] ?? '');
    await acts.send(assignment.id, kind, form.fields.value, assignment.kind);
    if (sending.value.phase === 'done' && isShown(assignment.id, kind)) replaceRoute({ form: null });
    if (sending.value.phase === 'refused' && sending.value.problem.field) form.faults.value = [sending.value.problem.field];
  };
  return (
    <form class="act-form card" ref={element} onSubmit={(event) => void submit(event)} noValidate data-testid={`form-${kind}`}>
      <FormHead form={form} kind={kind} kept={drafts.kept.value} />
      <FieldsOf form={form} caseKind={assignment.kind} />
      <Outcome sending={sending.value} />
      <FormFoot form={form} sending={sending.value} />
    </form>
  );
}

function FormHead({ form, kind, kept }: { form: FormModel; kind: ActKind; kept: boolean }) {
  const touched = Object.keys(form.fields.value).length > 0;
  return (
    <header class="row between">
      <h2>{nameOf('act', kind)}</h2>
      <span class="form-state" data-testid="form-state">
        {touched ? (
          <>
            <TruthLabel state="unsaved" />
            <span class="hint">{t(!kept ? 'form.draft_not_kept' : form.restored ? 'form.draft_restored' : 'form.draft_kept')}</span>
          </>
        ) : null}
      </span>
    </header>
  );
}

/** What came of the last sending. */
function Outcome({ sending }: { sending: Sending }) {
  switch (sending.phase) {
    case 'unsure':
      return (
        <p class="problem" role="alert" data-testid="form-unsure">
          {t('form.unsure')}
        </p>
      );
    case 'kept':
      return <p class="notice">{t('form.session_ended')}</p>;
    case 'refused':
      return <ProblemText problem={sending.problem} testid="form-problem" />;
    default:
      return null;
  }
}

function FormFoot({ form, sending }: { form: FormModel; sending: Sending }) {
  const asking = useSignal(false);
  const touched = Object.keys(form.fields.value).length > 0;
  const discard = () => {
    form.discard();
    goTo({ form: null });
  };
  return (
    <footer class="row">
      <button type="submit" class="primary" disabled={sending.phase === 'sending'} data-testid="form-submit">
        {t(sending.phase === 'sending' ? 'form.sending' : sending.phase === 'unsure' ? 'form.send_again' : 'form.submit')}
      </button>
      <button type="button" onClick={() => goTo({ form: null })} data-testid="form-cancel">
        {t(touched ? 'form.later' : 'form.cancel')}
      </button>
      {touched && !asking.value ? (
        <button type="button" class="quiet" onClick={() => (asking.value = true)} data-testid="form-discard">
          {t('form.discard')}
        </button>
      ) : null}
      {touched && asking.value ? (
        <button type="button" class="danger" onClick={discard} data-testid="form-discard-really">
          {t('form.discard_really')}
        </button>
      ) : null}
    </footer>
  );
}

/** While an act was on its way the reader may have gone elsewhere. */
function isShown(assignment: string, kind: ActKind): boolean {
  return route.value.assignment === assignment && route.value.form === kind;
}

function focusFirst(element: HTMLElement | null): void {
  element?.querySelector<HTMLElement>('input, select, textarea')?.focus({ preventScroll: false });
}

function focusFault(element: HTMLElement | null, name: string): void {
  element?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus();
}
