import { useSignal } from '@preact/signals';

import type { Drafts } from '../shared/drafts';
import { Icon, type IconName } from '../shared/icon';
import { TruthLabel } from '../shared/truth_label';
import { nameOf, say, t } from '../shared/words';
import type { Refused } from './central_types';

export interface Action {
  kind: string;
  /** The words that name it on a button. */
  vocabulary: string;
  primary: boolean;
}

interface ActionBarProps {
  label: string;
  subject: string;
  actions: Action[];
  allowed: string[];
  refused: Refused;
  /** False for those who may only read. */
  may: boolean;
  form: string | null;
  linkToForm: (kind: string | null) => string;
  drafts: Drafts;
}

const kIcons: Record<string, IconName> = {
  dispatch: 'inbox',
  refusal: 'cross',
  refusal_ruling: 'scales',
  completion: 'pencil',
  merge: 'link',
  call_back: 'phone',
  close: 'acknowledge',
  redo: 'return',
  supervision_note: 'supervise',
  pause: 'pause',
  resume: 'clock',
  take_back: 'arrow_left',
};

/** A button for each thing that may be done. One that is refused keeps its button, so that the reason can be asked for. */
export function ActionBar(props: ActionBarProps) {
  const { label, actions, allowed, may, form, linkToForm } = props;
  const asked = useSignal<Action | null>(null);
  const press = (action: Action) => {
    const possible = may && allowed.includes(action.kind);
    asked.value = possible ? null : action;
    if (possible) location.hash = linkToForm(form === action.kind ? null : action.kind);
  };
  return (
    <section class="actions" aria-label={label}>
      <div class="buttons">
        {actions.map((action) => (
          <button
            key={action.kind}
            type="button"
            class={action.primary ? 'primary' : undefined}
            aria-disabled={!may || !allowed.includes(action.kind)}
            aria-expanded={form === action.kind}
            title={whyNot(props, action.kind) ?? undefined}
            data-testid={`action-${action.kind}`}
            onClick={() => press(action)}
          >
            <Icon name={kIcons[action.kind] ?? 'file'} />
            {nameOf(action.vocabulary, action.kind)}
          </button>
        ))}
      </div>
      <p class="why-not" role="status" data-testid="why-not">
        {asked.value ? t('actions.not_now', { act: nameOf(asked.value.vocabulary, asked.value.kind), why: whyNot(props, asked.value.kind) ?? '' }) : null}
      </p>
      <DraftsWaiting {...props} />
    </section>
  );
}

function whyNot({ may, allowed, refused }: ActionBarProps, kind: string): string | null {
  if (!may) return t('role.may_not');
  if (allowed.includes(kind)) return null;
  const why = refused[kind];
  return why ? say(why.sentence) || t('problem.unknown', { code: why.code }) : t('actions.unknown_reason');
}

/** Drafts that wait here, so that none is forgotten. */
function DraftsWaiting({ subject, actions, drafts, form, linkToForm }: ActionBarProps) {
  void drafts.changes.value;
  const waiting = drafts.kindsOf(subject);
  return (
    <>
      {actions
        .filter(({ kind }) => kind !== form && waiting.includes(kind))
        .map(({ kind, vocabulary }) => (
          <p key={kind} class="result" data-testid="draft-waiting" data-kind={kind}>
            <strong>{nameOf(vocabulary, kind)}</strong>
            <TruthLabel state="unsaved" />
            <span class="hint">{t('form.draft_waiting')}</span>
            <a class="button small" href={linkToForm(kind)}>
              {t('form.go_on')}
            </a>
          </p>
        ))}
    </>
  );
}
