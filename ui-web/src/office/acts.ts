import { signal, type Signal } from '@preact/signals';

import { newActId } from '../shared/act_id';
import { kNoAnswer } from '../shared/api';
import type { Id, Problem, TimelineItem } from '../shared/api_types';
import type { Desk } from './desk';
import { actBody, type ActKind, type Fields } from './act_body';

/**
 * unsure: no answer came, so nobody knows whether the act was recorded; sending it again is the way to find out.
 * kept: the session ended first; the draft waits.
 */
export type Sending =
  | { phase: 'idle' }
  | { phase: 'sending' }
  | { phase: 'unsure' }
  | { phase: 'kept' }
  | { phase: 'refused'; problem: Problem }
  | { phase: 'done'; act: TimelineItem };

/** Sends acts. Each has its id before it is sent and keeps it until the server has answered. */
export class Acts {
  private readonly sendings = new Map<string, Signal<Sending>>();

  constructor(private readonly desk: Desk) {}

  stateOf(assignment: Id, kind: ActKind): Signal<Sending> {
    const key = `${assignment}/${kind}`;
    const known = this.sendings.get(key);
    if (known) return known;
    const fresh = signal<Sending>({ phase: 'idle' });
    this.sendings.set(key, fresh);
    return fresh;
  }

  /** Another person sits down. */
  forget(): void {
    this.sendings.clear();
  }

  /** A second call while the first is on its way does nothing. */
  async send(assignment: Id, kind: ActKind, fields: Fields, caseKind: string): Promise<void> {
    const state = this.stateOf(assignment, kind);
    if (state.value.phase === 'sending') return;
    state.value = { phase: 'sending' };
    const drafts = this.desk.session.drafts.value;
    const draft = { ...drafts.open(assignment, kind), fields };
    drafts.keep(assignment, kind, draft);
    const body = { act_id: draft.act_id, kind, ...actBody(kind, fields, caseKind) };
    const path = `/api/assignments/${encodeURIComponent(assignment)}/acts`;
    const answer = await this.desk.session.api.post<{ act: TimelineItem }>(path, body);
    if (!answer.ok) {
      state.value = this.failed(assignment, kind, fields, answer.problem);
      return;
    }
    drafts.discard(assignment, kind);
    state.value = { phase: 'done', act: answer.value.act };
    this.desk.add(assignment, answer.value.act);
  }

  private failed(assignment: Id, kind: ActKind, fields: Fields, problem: Problem): Sending {
    if (problem.code === kNoAnswer) return { phase: 'unsure' };
    if (problem.code === 'not_signed_in') return { phase: 'kept' };
    if (problem.code === 'act_id_reused') {
      // An earlier sending arrived with another content: it stands in the timeline; what is in the form is a new act.
      this.desk.session.drafts.value.keep(assignment, kind, { act_id: newActId(), fields });
    }
    void this.desk.readAssignment(assignment);
    return { phase: 'refused', problem };
  }
}
