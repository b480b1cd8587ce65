import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';

import { FormFrame } from '../shared/form_frame';
import { FormModel, type Fields } from '../shared/form_model';
import type { Desk } from './desk';
import type { Answered, Requests } from './requests';

/** Both halves of the page's world: what is known, and what is sent. */
export interface World {
  desk: Desk;
  requests: Requests;
}

interface RequestFormProps extends World {
  subject: string;
  kind: string;
  title: string;
  path: string;
  missing: (fields: Fields) => string[];
  body: (fields: Fields) => Fields;
  /** What is said before it is sent, where it cannot be taken back. */
  confirm?: (form: FormModel) => string;
  submitLabel?: string;
  takesFocus?: boolean;
  leave?: () => void;
  done?: (answered: Answered) => void;
  fields: (form: FormModel) => ComponentChildren;
}

/** A request being filled in: its draft is kept, it is sent once however often the button is pressed. */
export function RequestForm({ desk, requests, subject, kind, path, missing, body, confirm, done, fields, ...frame }: RequestFormProps) {
  const drafts = desk.session.drafts.value;
  const form = useMemo(() => new FormModel(drafts, subject, kind), [drafts, subject, kind]);
  const sending = requests.stateOf(subject, kind).value;
  const send = async () => {
    const answered = await requests.send(subject, kind, path, form.fields.value, body(form.fields.value));
    if (!answered) return;
    form.discard();
    done?.(answered);
  };
  return (
    <FormFrame
      {...frame}
      {...(confirm ? { confirm: () => confirm(form) } : {})}
      form={form}
      sending={sending}
      missing={() => missing(form.fields.value)}
      send={send}
    >
      {fields(form)}
    </FormFrame>
  );
}
