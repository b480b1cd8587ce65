import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import type { Problem } from './api_types';
import { ProblemText } from './problem_text';
import { t, type MessageKey } from './words';

/** Digits that are read out over a telephone, in the groups in which they are said. */
export function ReadOut({ label, digits, testid }: { label: MessageKey; digits: string; testid: string }) {
  return (
    <div class="read-out">
      <p class="hint" id={`${testid}-label`}>
        {t(label)}
      </p>
      <p class="spoken-digits" aria-labelledby={`${testid}-label`} data-testid={testid}>
        {digits.split(' ').map((group, i) => (
          <span key={i}>{group} </span>
        ))}
      </p>
    </div>
  );
}

interface HeardProps {
  name: string;
  label: MessageKey;
  hint: MessageKey;
  submit: MessageKey;
  busy: boolean;
  problem: Problem | null;
  send: (digits: string) => void;
}

/** Digits that were heard: typed as they come, with or without blanks. What does not fit stays in the field. */
export function HeardForm({ name, label, hint, submit, busy, problem, send }: HeardProps) {
  const digits = useSignal('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const onSubmit = (event: Event) => {
    event.preventDefault();
    if (digits.value.trim() === '') input.current?.focus();
    else send(digits.value);
  };
  return (
    <form class="heard" onSubmit={onSubmit} data-testid={`heard-${name}`}>
      <label for={`heard-${name}`}>{t(label)}</label>
      <input
        id={`heard-${name}`}
        ref={input}
        class="spoken-digits"
        inputMode="numeric"
        autocomplete="off"
        maxLength={60}
        value={digits.value}
        aria-describedby={`heard-${name}-hint`}
        onInput={(event) => (digits.value = event.currentTarget.value)}
        data-testid={`field-${name}`}
      />
      <p class="hint" id={`heard-${name}-hint`}>
        {t(hint)}
      </p>
      {problem ? <ProblemText problem={problem} testid={`problem-${name}`} /> : null}
      <button type="submit" class="primary" disabled={busy} data-testid={`submit-${name}`}>
        {t(busy ? 'phone.busy' : submit)}
      </button>
    </form>
  );
}
