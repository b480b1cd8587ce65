import { signal, type Signal } from '@preact/signals';

import { newActId } from './act_id';
import { isAnswered, type Answer } from './api';
import type { Problem } from './api_types';
import type { Fields } from './form_model';
import type { Session } from './session';

/**
 * unsure: no answer of ours came, so nobody knows whether it was recorded; sending it again is the way to find out.
 * kept: the session ended first; the draft waits.
 */
export type Sending<Done> =
  | { phase: 'idle' }
  | { phase: 'sending' }
  | { phase: 'unsure' }
  | { phase: 'kept' }
  | { phase: 'refused'; problem: Problem }
  | { phase: 'done'; value: Done };

/** Sends what was filled in. It has its id before it is sent and keeps it until the server has answered. */
export class Sender<Done> {
  private readonly sendings = new Map<string, Signal<Sending<Done>>>();

  /** `reusedCode` is what the server says to an id that it knows with another content. */
  constructor(
    private readonly session: Session,
    private readonly reusedCode: string,
  ) {}

  stateOf(subject: string, kind: string): Signal<Sending<Done>> {
    const key = `${subject}/${kind}`;
    const known = this.sendings.get(key);
    if (known) return known;
    const fresh = signal<Sending<Done>>({ phase: 'idle' });
    this.sendings.set(key, fresh);
    return fresh;
  }

  /** Another person sits down. */
  forget(): void {
    this.sendings.clear();
  }

  /** What came of it; nothing where an earlier call is still on its way, which makes a second click harmless. */
  async send(subject: string, kind: string, fields: Fields, post: (id: string) => Promise<Answer<Done>>): Promise<Sending<Done> | null> {
    const state = this.stateOf(subject, kind);
    if (state.value.phase === 'sending') return null;
    state.value = { phase: 'sending' };
    const drafts = this.session.drafts.value;
    const draft = { ...drafts.open(subject, kind), fields };
    drafts.keep(subject, kind, draft);
    const answer = await post(draft.act_id);
    if (answer.ok) drafts.discard(subject, kind);
    state.value = answer.ok ? { phase: 'done', value: answer.value } : this.failed(subject, kind, fields, answer.problem);
    return state.value;
  }

  private failed(subject: string, kind: string, fields: Fields, problem: Problem): Sending<Done> {
    if (!isAnswered(problem)) return { phase: 'unsure' };
    if (problem.code === 'not_signed_in') return { phase: 'kept' };
    if (problem.code === this.reusedCode) {
      // An earlier sending arrived with another content: it stands on record; what is in the form is something new.
      this.session.drafts.value.keep(subject, kind, { act_id: newActId(), fields });
    }
    return { phase: 'refused', problem };
  }
}
