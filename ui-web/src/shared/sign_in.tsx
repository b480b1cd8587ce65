import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import type { Problem } from './api_types';
import { LanguageSwitch } from './language_switch';
import { ProblemText } from './problem_text';
import type { Session } from './session';
import { spellSpan } from './spell';
import { mono } from './ticking';
import { t } from './words';

interface PasswordFieldProps {
  id: string;
  label: string;
  complete: 'current-password' | 'new-password';
  hint?: string;
}

function PasswordField({ id, label, complete, hint }: PasswordFieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} name={id} type="password" autocomplete={complete} required data-testid={id} />
      {hint ? <p class="hint">{hint}</p> : null}
    </div>
  );
}

type Submit = (form: FormData) => Promise<Problem | null>;

/** A form that asks the server and shows what it answered. Busy, it takes no second click. */
function AskForm({ submit, children, label, testid }: { submit: Submit; children: ComponentChildren; label: string; testid: string }) {
  const problem = useSignal<Problem | null>(null);
  const busy = useSignal(false);
  /** A value of performance.now() before which the server would not even look at a password. */
  const until = useSignal(0);
  const left = until.value - mono.value;
  const ask = async (event: Event) => {
    event.preventDefault();
    if (busy.value || performance.now() < until.value) return;
    busy.value = true;
    problem.value = await submit(new FormData(event.currentTarget as HTMLFormElement));
    busy.value = false;
    until.value = performance.now() + 1000 * secondsToWait(problem.value);
  };
  return (
    <form class="stack" onSubmit={(event) => void ask(event)} noValidate>
      {children}
      {problem.value ? <ProblemText problem={problem.value} testid="login-error" /> : null}
      {left > 0 ? (
        <p class="hint" role="timer" data-testid="login-wait">
          {t('login.wait', { span: spellSpan(left + 999) })}
        </p>
      ) : null}
      <button type="submit" class="primary wide" disabled={busy.value} aria-disabled={left > 0} data-testid={testid}>
        {label}
      </button>
    </form>
  );
}

/** How long after too many wrong passwords: the server's sentence says it, and in English only. */
function secondsToWait(problem: Problem | null): number {
  if (problem?.code !== 'wait') return 0;
  return Number(/\d+/.exec(problem.sentence.en)?.[0] ?? 0);
}

function local(code: string, sentence: { zh: string; en: string }): Problem {
  return { status: 0, code, sentence };
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

function SignInForm({ session }: { session: Session }) {
  const name = session.view.value?.staff.name ?? '';
  const submit = (form: FormData) => session.signIn(text(form, 'login-name').trim(), text(form, 'login-password'));
  return (
    <AskForm submit={submit} label={t('login.submit')} testid="login-submit">
      <div class="field">
        <label for="login-name">{t('login.name')}</label>
        <input id="login-name" name="login-name" autocomplete="username" required defaultValue={name} data-testid="login-name" />
      </div>
      <PasswordField id="login-password" label={t('login.password')} complete="current-password" hint={t('login.one_time_hint')} />
    </AskForm>
  );
}

function ChangeForm({ session }: { session: Session }) {
  const submit = async (form: FormData) => {
    const chosen = text(form, 'new-password');
    if (chosen !== text(form, 'new-password-again')) return local('passwords_differ', { zh: t('login.differ'), en: t('login.differ') });
    return session.changePassword(text(form, 'current-password'), chosen);
  };
  return (
    <AskForm submit={submit} label={t('login.change_submit')} testid="new-password-submit">
      <p>{t('login.change_why')}</p>
      <input type="text" name="username" autocomplete="username" hidden readOnly value={session.view.value?.staff.name ?? ''} />
      {session.knowsOneTimePassword() ? null : (
        <PasswordField id="current-password" label={t('login.one_time')} complete="current-password" />
      )}
      <PasswordField id="new-password" label={t('login.new_password')} complete="new-password" hint={t('login.new_hint')} />
      <PasswordField id="new-password-again" label={t('login.new_again')} complete="new-password" />
    </AskForm>
  );
}

function SignInCard({ session, sentence }: { session: Session; sentence?: string }) {
  const change = session.phase.value === 'change';
  const first = useRef<HTMLElement>(null);
  useEffect(() => {
    const inputs = Array.from(first.current?.querySelectorAll('input') ?? []);
    (inputs.find((input) => input.value === '') ?? inputs[0])?.focus();
  }, [change]);
  return (
    <section class="card sign-in" ref={first}>
      <header class="row between">
        <p class="brand">{t('app.name')}</p>
        <LanguageSwitch />
      </header>
      <h1>{change ? t('login.change_title') : t('login.title')}</h1>
      {sentence ? <p class="notice">{sentence}</p> : null}
      {change ? <ChangeForm session={session} /> : <SignInForm session={session} />}
    </section>
  );
}

/** The whole window, before anybody is at work. */
export function SignInPage({ session }: { session: Session }) {
  return (
    <main class="sign-in-page">
      <SignInCard session={session} />
      <p class="hint foot">{t('login.forgotten')}</p>
    </main>
  );
}

/** Over the page when a session has ended: forms stay as they are behind it. */
export function SignInAgain({ session }: { session: Session }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="over" onCancel={(event) => event.preventDefault()} data-testid="sign-in-again">
      <SignInCard session={session} sentence={t(session.locked.value ? 'login.locked' : 'login.expired')} />
    </dialog>
  );
}
