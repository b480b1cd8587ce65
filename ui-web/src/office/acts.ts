import type { Signal } from '@preact/signals';

import type { Id, TimelineItem } from '../shared/api_types';
import type { Fields } from '../shared/form_model';
import { Sender, type Sending } from '../shared/sending';
import { actBody, type ActKind } from './act_body';
import type { Desk } from './desk';

interface Recorded {
  act: TimelineItem;
}

/** Sends acts and shows what was recorded. */
export class Acts {
  private readonly sender: Sender<Recorded>;

  constructor(private readonly desk: Desk) {
    this.sender = new Sender(desk.session, 'act_id_reused');
  }

  stateOf(assignment: Id, kind: ActKind): Signal<Sending<Recorded>> {
    return this.sender.stateOf(assignment, kind);
  }

  /** Another person sits down. */
  forget(): void {
    this.sender.forget();
  }

  /** A second call while the first is on its way does nothing. */
  async send(assignment: Id, kind: ActKind, fields: Fields, caseKind: string): Promise<void> {
    const path = `/api/assignments/${encodeURIComponent(assignment)}/acts`;
    const content = { kind, ...actBody(kind, fields, caseKind) };
    const sent = await this.sender.send(assignment, kind, fields, (id) => this.desk.session.api.post(path, { act_id: id, ...content }));
    if (sent?.phase === 'done') this.desk.add(assignment, sent.value.act);
    if (sent?.phase === 'refused') void this.desk.readAssignment(assignment);
  }
}
