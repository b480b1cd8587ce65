import { signal, type Signal } from '@preact/signals';

import type { ClearContact } from '../shared/api_types';
import type { Fields } from '../shared/form_model';
import { Sender, type Sending } from '../shared/sending';
import type { CaseView, Dossier } from './central_types';
import type { Desk } from './desk';

/** What the server answers to a request that changes something, as far as the page needs it. */
export interface Answered {
  case?: CaseView;
  assignment?: Dossier;
  contact?: ClearContact;
}

/** What was done last, so that it can be said where it was done. */
export interface DoneRequest {
  subject: string;
  kind: string;
  answered: Answered;
}

/** Sends what operators decide; each request has an id, and a repeat of it does nothing. */
export class Requests {
  readonly last = signal<DoneRequest | null>(null);
  private readonly sender: Sender<Answered>;

  constructor(private readonly desk: Desk) {
    this.sender = new Sender(desk.session, 'request_id_reused');
  }

  stateOf(subject: string, kind: string): Signal<Sending<Answered>> {
    return this.sender.stateOf(subject, kind);
  }

  /** What an unmasking showed is on the screen as long as the case is, and no longer. */
  conceal(subject: string): void {
    this.sender.stateOf(subject, 'unmasking').value = { phase: 'idle' };
    if (this.last.value?.answered.contact) this.last.value = null;
  }

  /** Another person sits down. */
  forget(): void {
    this.sender.forget();
    this.last.value = null;
  }

  /** What the server answered; nothing where it is not done. */
  async send(subject: string, kind: string, path: string, fields: Fields, body: Fields): Promise<Answered | null> {
    const sent = await this.sender.send(subject, kind, fields, (id) => this.desk.session.api.post(path, { request_id: id, ...body }));
    if (sent?.phase === 'refused') void this.desk.refresh();
    if (sent?.phase !== 'done') return null;
    this.last.value = { subject, kind, answered: sent.value };
    this.desk.take(sent.value);
    return sent.value;
  }
}

export function aboutCase(id: string): string {
  return `case-${id}`;
}

export function aboutAssignment(id: string): string {
  return `assignment-${id}`;
}
