import type { Signal } from '@preact/signals';

import type { Answer } from '../shared/api';
import type { ClearContact, Id, Sentence, TimelineItem } from '../shared/api_types';
import { filled, type Fields } from '../shared/form_model';
import { Sender, type Sending } from '../shared/sending';
import { t } from '../shared/words';
import { actBody, type ActKind } from './act_body';
import type { Desk } from './desk';
import type { Revealed } from './revealed';

export interface Recorded {
  act: TimelineItem;
  /** What the clerk should know of it, such as that a colleague had done it before. */
  notice?: { code: string; sentence: Sentence } | null;
}

interface Unmasked extends Recorded {
  /** None after a take-back or a return: nobody here has business with the citizen any more. */
  contact: ClearContact | null;
}

type Post = (id: string) => Promise<Answer<Recorded>>;

/** Sends acts and shows what was recorded. */
export class Acts {
  private readonly sender: Sender<Recorded>;

  constructor(
    private readonly desk: Desk,
    private readonly revealed: Revealed,
  ) {
    this.sender = new Sender(desk.session, 'act_id_reused');
  }

  stateOf(assignment: Id, kind: string): Signal<Sending<Recorded>> {
    return this.sender.stateOf(assignment, kind);
  }

  /** Another person sits down. */
  forget(): void {
    this.sender.forget();
    this.revealed.hide();
  }

  /** A second call while the first is on its way does nothing. */
  send(assignment: Id, kind: ActKind, fields: Fields, caseKind: string): Promise<void> {
    const content = { kind, ...actBody(kind, fields, caseKind) };
    return this.perform(assignment, kind, fields, (id) => this.post(assignment, { act_id: id, ...content }));
  }

  /** Takes an application of the unit's own back, as long as nobody has ruled on it. */
  withdraw(assignment: Id, application: TimelineItem, fields: Fields): Promise<void> {
    const { epoch, seq } = application;
    const content = { kind: 'withdrawal', application: { epoch, seq: String(seq) }, ...filled(fields, ['reason']) };
    return this.perform(assignment, withdrawalOf(application), fields, (id) => this.post(assignment, { act_id: id, ...content }));
  }

  /** Asks for the contact data in clear. They come with this one answer and are kept nowhere but on the screen. */
  unmask(assignment: Id, reason: string): Promise<void> {
    return this.perform(assignment, 'unmasking', { reason }, async (id) => {
      const answer = await this.post<Unmasked>(assignment, { act_id: id, kind: 'unmasking', reason });
      if (!answer.ok) return answer;
      const { act, contact } = answer.value;
      if (contact && this.desk.isOpen(assignment)) this.revealed.show(assignment, contact);
      return { ...answer, value: contact ? { act } : { act, notice: { code: 'contact_gone', sentence: both('unmask.gone') } } };
    });
  }

  private async perform(assignment: Id, kind: string, fields: Fields, post: Post): Promise<void> {
    const sent = await this.sender.send(assignment, kind, fields, post);
    if (sent?.phase === 'done') this.desk.add(assignment, sent.value.act);
    if (sent?.phase === 'refused') void this.desk.readAssignment(assignment);
  }

  private post<Value extends Recorded>(assignment: Id, body: unknown): Promise<Answer<Value>> {
    return this.desk.session.api.post(`/api/assignments/${encodeURIComponent(assignment)}/acts`, body);
  }
}

function both(key: 'unmask.gone'): Sentence {
  return { zh: t(key), en: t(key) };
}

/** Under which name the withdrawal of an application is drafted and sent: each application has its own. */
export function withdrawalOf({ epoch, seq }: TimelineItem): string {
  return `withdrawal.${epoch ?? ''}.${seq}`;
}
