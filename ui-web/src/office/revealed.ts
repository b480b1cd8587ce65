import { effect, signal } from '@preact/signals';

import type { ClearContact, Id } from '../shared/api_types';
import { mono } from '../shared/ticking';

export const kShownForMs = 5 * 60_000;

interface Held {
  assignment: Id;
  contact: ClearContact;
  /** A value of performance.now(). */
  until: number;
}

/** Contact data in clear. It lives in memory only, for the assignment that is open, five minutes at most. */
export class Revealed {
  readonly held = signal<Held | null>(null);

  constructor() {
    effect(() => {
      if (this.held.value && mono.value >= this.held.value.until) this.hide();
    });
  }

  show(assignment: Id, contact: ClearContact): void {
    this.held.value = { assignment, contact, until: performance.now() + kShownForMs };
  }

  hide(): void {
    this.held.value = null;
  }
}
