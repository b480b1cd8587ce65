import { t } from '../shared/words';
import { ActionBar, type Action } from './action_bar';
import { mayChange } from './authority';
import type { Dossier } from './central_types';
import { kDecisionKinds, type DecisionKind } from './decision_body';
import type { Desk } from './desk';
import { aboutAssignment } from './requests';

interface DecisionsProps {
  dossier: Dossier;
  form: string | null;
  linkToForm: (kind: string | null) => string;
  desk: Desk;
}

/** Of pause and resume only the one that means something is offered. */
function offered(dossier: Dossier): DecisionKind[] {
  const paused = dossier.allowed.includes('resume');
  return kDecisionKinds.filter((kind) => kind !== (paused ? 'pause' : 'resume'));
}

/** What presses next is the one obvious button; while a unit waits for a ruling, that is the ruling. */
export function nextDecision(dossier: Dossier): DecisionKind | null {
  if (dossier.waiting.some(({ kind }) => kind !== 'time')) return null;
  const redo = dossier.allowed.includes('redo');
  if (redo) return 'redo';
  const called = dossier.timeline.some(({ kind }) => kind === 'call_back');
  if (dossier.stage === 'resolved' && !called && dossier.allowed.includes('call_back')) return 'call_back';
  return dossier.allowed.includes('close') ? 'close' : null;
}

/** What an operator may decide about an assignment of its own accord. */
export function Decisions({ dossier, form, linkToForm, desk }: DecisionsProps) {
  const next = nextDecision(dossier);
  const actions = offered(dossier).map<Action>((kind) => ({ kind, vocabulary: 'decide', primary: kind === next }));
  return (
    <ActionBar
      label={t('decisions.label')}
      subject={aboutAssignment(dossier.id)}
      actions={actions}
      allowed={dossier.allowed}
      refused={dossier.refused}
      may={mayChange(desk)}
      form={form}
      linkToForm={linkToForm}
      drafts={desk.session.drafts.value}
    />
  );
}
