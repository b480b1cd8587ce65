import { untracked, useSignal, useSignalEffect } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import type { Fields, FormModel } from './form_model';
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
  /** Absent where the form always stands there. */
  leave?: () => void;
  submitLabel?: string;
  /** What will be done, in a sentence that is confirmed before it is sent; nothing where that is not asked. */
  confirm?: () => string;
  /** False where the form stands beside something that is read first. */
  takesFocus?: boolean;
  children: ComponentChildren;
}

/** A form being filled in. Whatever happens to page, session or server, its content stays. */
export function FormFrame({ form, title, sending, missing, send, leave, submitLabel, confirm, takesFocus = true, children }: FormFrameProps) {
  const element = useRef<HTMLFormElement>(null);
  const confirming = useSignal<Fields | null>(null);
  useEffect(() => {
    if (takesFocus) focusFirst(element.current);
  }, [form]);
  useSignalEffect(() => {
    void form.drafts.changes.value;
    untracked(() => form.follow());
  });
  useEffect(() => {
    if (sending.phase === 'refused' && sending.problem.field) form.faults.value = [sending.problem.field];
  }, [sending, form]);
  // What was changed since is another thing than what was going to be confirmed.
  const asks = confirming.value !== null && confirming.value === form.fields.value;
  const submit = async (event: Event) => {
    event.preventDefault();
    form.faults.value = missing();
    const [first] = form.faults.value;
    if (first !== undefined) focusFault(element.current, first);
    else if (confirm) confirming.value = form.fields.value;
    else await sendKept();
  };
  const sendKept = () => {
    form.keep();
    return send();
  };
  const confirmed = async () => {
    confirming.value = null;
    await sendKept();
  };
  return (
    <form class="act-form card" ref={element} onSubmit={(event) => void submit(event)} noValidate data-testid={`form-${form.kind}`}>
      <FormHead form={form} title={title} />
      {children}
      {form.goneElsewhere.value && sending.phase !== 'sending' && sending.phase !== 'done' ? (
        <p class="notice" role="status" data-testid="form-gone-elsewhere">
          {t('form.gone_elsewhere')}
        </p>
      ) : null}
      <Outcome sending={sending} />
      <FormFoot form={form} sending={sending} leave={leave} submitLabel={submitLabel ?? t('form.submit')} waits={asks} />
      {asks && confirm ? <Confirmation sentence={confirm()} confirmed={() => void confirmed()} back={() => (confirming.value = null)} /> : null}
    </form>
  );
}

interface ConfirmationProps {
  sentence: string;
  confirmed: () => void;
  back: () => void;
}

/** Below the button that asked for it, so that a double click meets a button that does nothing. */
function Confirmation({ sentence, confirmed, back }: ConfirmationProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <div class="confirmation" role="group" aria-labelledby="confirm-sentence">
      <p id="confirm-sentence" data-testid="confirm-sentence">
        {sentence}
      </p>
      <div class="row">
        <button type="button" class="primary" ref={button} onClick={confirmed} data-testid="form-confirm">
          {t('form.confirm')}
        </button>
        <button type="button" onClick={back} data-testid="form-confirm-back">
          {t('form.confirm_back')}
        </button>
      </div>
    </div>
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
  leave: (() => void) | undefined;
  submitLabel: string;
  /** The confirmation stands below. */
  waits: boolean;
}

function FormFoot({ form, sending, leave, submitLabel, waits }: FormFootProps) {
  const touched = form.isTouched();
  const busy = sending.phase === 'sending';
  return (
    <footer class="row">
      <button type="submit" class="primary" disabled={busy || waits} data-testid="form-submit">
        {busy ? t('form.sending') : sending.phase === 'unsure' ? t('form.send_again') : submitLabel}
      </button>
      {leave ? (
        <button type="button" onClick={leave} data-testid="form-cancel">
          {t(touched ? 'form.later' : 'form.cancel')}
        </button>
      ) : null}
      {touched ? <Discard form={form} leave={leave} /> : null}
    </footer>
  );
}

function Discard({ form, leave }: { form: FormModel; leave: (() => void) | undefined }) {
  const asking = useSignal(false);
  const discard = () => {
    form.discard();
    leave?.();
  };
  if (!asking.value) {
    return (
      <button type="button" class="quiet" onClick={() => (asking.value = true)} data-testid="form-discard">
        {t('form.discard')}
      </button>
    );
  }
  return (
    <button type="button" class="danger" onClick={discard} data-testid="form-discard-really">
      {t('form.discard_really')}
    </button>
  );
}

function focusFirst(element: HTMLElement | null): void {
  element?.querySelector<HTMLElement>('input, select, textarea')?.focus({ preventScroll: false });
}

function focusFault(element: HTMLElement | null, name: string): void {
  element?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus();
}
