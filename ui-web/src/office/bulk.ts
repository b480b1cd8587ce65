import { signal } from '@preact/signals';

import type { Id, Summary } from '../shared/api_types';
import type { Acts } from './acts';

/** True where the receipt is what presses next: nobody has acknowledged the assignment yet. */
export function isUnacknowledged(summary: Summary): boolean {
  return summary.due?.clock === 'acknowledge' && summary.due.state === 'running';
}

/** Several assignments acknowledged in one go. Each is an act of its own with its own id, and each says what came of it. */
export class Bulk {
  readonly choosing = signal(false);
  readonly chosen = signal<ReadonlySet<Id>>(new Set());
  /** What was sent last, in the order of the list. */
  readonly sent = signal<Summary[]>([]);
  readonly running = signal(false);

  constructor(private readonly acts: Acts) {}

  begin(): void {
    this.sent.value = [];
    this.chosen.value = new Set();
    this.choosing.value = true;
  }

  end(): void {
    this.choosing.value = false;
    this.chosen.value = new Set();
  }

  /** Nothing of it stays for the next person. */
  forget(): void {
    this.end();
    this.sent.value = [];
  }

  toggle(id: Id): void {
    const chosen = new Set(this.chosen.value);
    if (!chosen.delete(id)) chosen.add(id);
    this.chosen.value = chosen;
  }

  choose(items: Summary[]): void {
    this.chosen.value = new Set(items.map((item) => item.id));
  }

  async send(items: Summary[]): Promise<void> {
    if (this.running.value) return;
    this.sent.value = items;
    this.end();
    await this.sendEach(items);
  }

  /** Those that are not known to be recorded, once more. */
  async sendAgain(): Promise<void> {
    if (!this.running.value) await this.sendEach(this.sent.value.filter((item) => !this.isRecorded(item)));
  }

  isRecorded(item: Summary): boolean {
    return this.phaseOf(item) === 'done';
  }

  /** One after another. Where no answer comes the rest is not sent: it would only wait as long. */
  private async sendEach(items: Summary[]): Promise<void> {
    this.running.value = true;
    for (const item of items) {
      await this.acts.send(item.id, 'acknowledgement', {}, item.kind);
      if (this.phaseOf(item) === 'unsure' || this.phaseOf(item) === 'kept') break;
    }
    this.running.value = false;
  }

  private phaseOf(item: Summary): string {
    return this.acts.stateOf(item.id, 'acknowledgement').value.phase;
  }
}
