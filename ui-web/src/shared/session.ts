import { computed, signal } from '@preact/signals';

import { Api, isAnswered } from './api';
import type { Problem, SessionView } from './api_types';
import { browserShelf, Drafts } from './drafts';

/**
 * starting: not known yet; unreachable: no answer to the first question; out: sign in; change: a one-time password has
 * to be changed; in: at work; expired: at work until the session ended, the page and its forms stay.
 */
export type Phase = 'starting' | 'unreachable' | 'out' | 'change' | 'in' | 'expired';

const kRetryMs = 3_000;

/** Who is signed in at this page, and the way to the server that goes with it. */
export class Session {
  readonly phase = signal<Phase>('starting');
  /** True where nobody had touched the page for long: it was locked, not ended. */
  readonly locked = signal(false);
  readonly view = signal<SessionView | null>(null);
  readonly api = new Api((problem) => this.expire(problem));
  /** Of one person, however often that person has to sign in again. */
  private readonly owner = computed(() => this.view.value?.staff.id ?? 'nobody');
  readonly drafts = computed(() => new Drafts(browserShelf(), this.owner.value));
  /** The one-time password, kept only until it is changed. */
  private oneTimePassword = '';

  async start(): Promise<void> {
    const answer = await this.api.get<SessionView>('/api/session');
    if (answer.ok) return this.accept(answer.value);
    if (!isAnswered(answer.problem) || answer.problem.status >= 500) {
      this.phase.value = 'unreachable';
      setTimeout(() => void this.start(), kRetryMs);
      return;
    }
    this.phase.value = 'out';
  }

  async signIn(name: string, password: string): Promise<Problem | null> {
    const answer = await this.api.post<SessionView>('/api/session', { name, password });
    if (!answer.ok) return answer.problem;
    this.oneTimePassword = answer.value.must_change ? password : '';
    this.accept(answer.value);
    return null;
  }

  /** `current` is asked for only where the page was reloaded in between and does not know it any more. */
  async changePassword(current: string, chosen: string): Promise<Problem | null> {
    const name = this.view.value?.staff.name ?? '';
    const body = { password: current || this.oneTimePassword, new_password: chosen };
    const changed = await this.api.post<null>('/api/session/password', body);
    if (!changed.ok) return changed.problem;
    const session = await this.api.get<SessionView>('/api/session');
    if (!session.ok) return this.signIn(name, chosen);
    this.oneTimePassword = '';
    this.accept(session.value);
    return null;
  }

  knowsOneTimePassword(): boolean {
    return this.oneTimePassword !== '';
  }

  async signOut(): Promise<void> {
    await this.api.delete('/api/session');
    this.view.value = null;
    this.phase.value = 'out';
  }

  expire(problem?: Problem): void {
    this.locked.value = problem?.session === 'session_locked';
    if (this.phase.value === 'in') this.phase.value = 'expired';
    else if (this.phase.value === 'change') this.phase.value = 'out';
  }

  private accept(view: SessionView): void {
    this.api.useToken(view.token);
    this.view.value = view;
    this.phase.value = view.must_change ? 'change' : 'in';
  }
}
