import { useSignal } from '@preact/signals';

import { placeOf, type AssignmentView } from '../shared/api_types';
import { Icon, type IconName } from '../shared/icon';
import { ProblemText } from '../shared/problem_text';
import { TruthLabel } from '../shared/truth_label';
import { nameOf, say, t } from '../shared/words';
import { isActKind, kActKinds, type ActKind } from './act_body';
import type { Acts } from './acts';
import type { Desk } from './desk';
import { whyNot } from './permissions';
import { goTo, route } from './route';

const kIcons: Record<ActKind, IconName> = {
  acknowledgement: 'acknowledge',
  contact: 'phone',
  resolution: 'seal',
  extension_application: 'clock',
  return_application: 'return',
  note: 'pencil',
};

interface ActionsProps {
  assignment: AssignmentView;
  desk: Desk;
  acts: Acts;
}

function isMet(assignment: AssignmentView, clock: string): boolean {
  return assignment.clocks.some((one) => one.clock === clock && one.state === 'met');
}

/** What presses next is the one obvious button. */
export function nextAct(assignment: AssignmentView): ActKind | null {
  const may = (kind: ActKind) => assignment.allowed.includes(kind);
  if (may('acknowledgement') && !isMet(assignment, 'acknowledge')) return 'acknowledgement';
  if (may('resolution')) return 'resolution';
  return may('contact') && !isMet(assignment, 'contact') ? 'contact' : null;
}

/** Acknowledging twice is harmless and says nothing new: the button goes when it is done. */
function offered(assignment: AssignmentView): ActKind[] {
  return kActKinds.filter((kind) => kind !== 'acknowledgement' || !isMet(assignment, 'acknowledge'));
}

export function Actions({ assignment, desk, acts }: ActionsProps) {
  const asked = useSignal<ActKind | null>(null);
  const next = nextAct(assignment);
  const press = (kind: ActKind) => {
    asked.value = null;
    if (!assignment.allowed.includes(kind)) asked.value = kind;
    else if (kind === 'acknowledgement') void acts.send(assignment.id, kind, {}, assignment.kind);
    else goTo({ form: kind });
  };
  return (
    <section class="actions" aria-label={t('actions.label')}>
      <div class="buttons">
        {offered(assignment).map((kind) => (
          <ActButton key={kind} kind={kind} assignment={assignment} primary={kind === next} press={press} acts={acts} />
        ))}
      </div>
      <p class="why-not" role="status" data-testid="why-not">
        {asked.value ? t('actions.not_now', { act: nameOf('act', asked.value), why: whyNot(assignment, asked.value) }) : null}
      </p>
      <Results assignment={assignment} acts={acts} />
      <DraftsWaiting assignment={assignment} desk={desk} />
    </section>
  );
}

interface ActButtonProps {
  kind: ActKind;
  assignment: AssignmentView;
  primary: boolean;
  press: (kind: ActKind) => void;
  acts: Acts;
}

/** A refused act keeps its button, so that the reason can be asked for; a keyboard reaches it, too. */
function ActButton({ kind, assignment, primary, press, acts }: ActButtonProps) {
  const allowed = assignment.allowed.includes(kind);
  const sending = acts.stateOf(assignment.id, kind).value.phase === 'sending';
  return (
    <button
      type="button"
      id={`action-${kind}`}
      class={primary ? 'primary' : undefined}
      aria-disabled={!allowed || sending}
      aria-expanded={kind === 'acknowledgement' ? undefined : route.value.form === kind}
      title={allowed ? undefined : whyNot(assignment, kind)}
      data-testid={`action-${kind}`}
      onClick={() => press(kind)}
    >
      <Icon name={kIcons[kind]} />
      {nameOf('act', kind)}
    </button>
  );
}

/** What came of the acts sent from here, with the state that they have now. */
function Results({ assignment, acts }: { assignment: AssignmentView; acts: Acts }) {
  return (
    <div role="status" aria-live="polite">
      {kActKinds.map((kind) => (
        <Result key={kind} kind={kind} assignment={assignment} acts={acts} />
      ))}
    </div>
  );
}

function Result({ kind, assignment, acts }: { kind: ActKind; assignment: AssignmentView; acts: Acts }) {
  const sending = acts.stateOf(assignment.id, kind).value;
  if (sending.phase === 'done') {
    const current = assignment.timeline.find((item) => placeOf(item) === placeOf(sending.value.act)) ?? sending.value.act;
    const truth = current.truth ?? 'saved';
    return (
      <p class="result" data-testid="result" data-kind={kind}>
        <strong>{nameOf('act', kind)}</strong>
        <TruthLabel state={truth} receipt={current.receipt} />
        <span class="hint">{sending.value.notice ? say(sending.value.notice.sentence) : nameOf('truth_hint', truth)}</span>
      </p>
    );
  }
  if (kind !== 'acknowledgement') return null;
  if (sending.phase === 'unsure') return <p class="problem">{t('form.unsure')}</p>;
  if (sending.phase === 'refused') return <ProblemText problem={sending.problem} />;
  return null;
}

/** Drafts that wait on this assignment, so that none is forgotten. */
function DraftsWaiting({ assignment, desk }: { assignment: AssignmentView; desk: Desk }) {
  const drafts = desk.session.drafts.value;
  void drafts.changes.value;
  const waiting = drafts.kindsOf(assignment.id).filter((kind) => isActKind(kind) && kind !== 'acknowledgement' && kind !== route.value.form);
  return (
    <>
      {waiting.map((kind) => (
        <p key={kind} class="result" data-testid="draft-waiting" data-kind={kind}>
          <strong>{nameOf('act', kind)}</strong>
          <TruthLabel state="unsaved" />
          <span class="hint">{t('form.draft_waiting')}</span>
          <button type="button" class="small" onClick={() => goTo({ form: kind })}>
            {t('form.go_on')}
          </button>
        </p>
      ))}
    </>
  );
}
