import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import type { FormModel } from './form_model';
import { ProblemText } from './problem_text';
import type { Sending } from './sending';
import { TruthLabel } from './truth_label';
import { t } from './words';

export interface FormFrameProps {
  form: FormModel;
  title: string;
  sending: Sending<unknown>;
  /** The fields that are asked for and still empty, in the order of the form. */
  missing: () => string[];
  send: () => Promise<void>;
  leave: () => void;
  submitLabel?: string;
  children: ComponentChildren;
}

/** A form being filled in. Whatever happens to page, session or server, its content stays. */
export function FormFrame({ form, title, sending, missing, send, leave, submitLabel, children }: FormFrameProps) {
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => focusFirst(element.current), [form]);
  useEffect(() => {
    if (sending.phase === 'refused' && sending.problem.field) form.faults.value = [sending.problem.field];
  }, [sending, form]);
  const submit = async (event: Event) => {
    event.preventDefault();
    form.faults.value = missing();
    const [first] = form.faults.value;
    if (first !== undefined) focusFault(element.current, first);
    else await send();
  };
  return (
    <form class="act-form card" ref={element} onSubmit={(event) => void submit(event)} noValidate data-testid={`form-${form.kind}`}>
      <FormHead form={form} title={title} />
      {children}
      <Outcome sending={sending} />
      <FormFoot form={form} sending={sending} leave={leave} submitLabel={submitLabel ?? t('form.submit')} />
    </form>
  );
}

function FormHead({ form, title }: { form: FormModel; title: string }) {
  const kept = form.drafts.kept.value;
  return (
    <header class="row between">
      <h2>{title}</h2>
      <span class="form-state" data-testid="form-state">
        {form.isTouched() ? (
          <>
            <TruthLabel state="unsaved" />
            <span class="hint">{t(!kept ? 'form.draft_not_kept' : form.restored ? 'form.draft_restored' : 'form.draft_kept')}</span>
          </>
        ) : null}
      </span>
    </header>
  );
}

/** What came of the last sending, where it is not done. */
export function Outcome({ sending }: { sending: Sending<unknown> }) {
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

interface FormFootProps {
  form: FormModel;
  sending: Sending<unknown>;
  leave: () => void;
  submitLabel: string;
}

function FormFoot({ form, sending, leave, submitLabel }: FormFootProps) {
  const asking = useSignal(false);
  const touched = form.isTouched();
  const discard = () => {
    form.discard();
    leave();
  };
  return (
    <footer class="row">
      <button type="submit" class="primary" disabled={sending.phase === 'sending'} data-testid="form-submit">
        {sending.phase === 'sending' ? t('form.sending') : sending.phase === 'unsure' ? t('form.send_again') : submitLabel}
      </button>
      <button type="button" onClick={leave} data-testid="form-cancel">
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

function focusFirst(element: HTMLElement | null): void {
  element?.querySelector<HTMLElement>('input, select, textarea')?.focus({ preventScroll: false });
}

function focusFault(element: HTMLElement | null, name: string): void {
  element?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus();
}
