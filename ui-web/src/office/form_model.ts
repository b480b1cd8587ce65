import { signal } from '@preact/signals';

import type { Id } from '../shared/api_types';
import type { Drafts } from '../shared/drafts';
import type { ActKind, Fields } from './act_body';

/** What stands in an open form; every change is kept as a draft at once. */
export class FormModel {
  readonly fields = signal<Fields>({});
  /** Names of fields whose content is missing or was refused. */
  readonly faults = signal<string[]>([]);
  readonly restored: boolean;

  constructor(
    private readonly drafts: Drafts,
    readonly assignment: Id,
    readonly kind: ActKind,
  ) {
    const draft = drafts.find(assignment, kind);
    this.restored = draft !== null && Object.keys(draft.fields).length > 0;
    this.fields.value = draft?.fields ?? {};
  }

  text(name: string): string {
    const value = this.fields.value[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  }

  isSet(name: string): boolean {
    return this.fields.value[name] === true;
  }

  set(name: string, value: string | boolean): void {
    this.fields.value = { ...this.fields.value, [name]: value };
    this.faults.value = this.faults.value.filter((fault) => fault !== name);
    const draft = this.drafts.open(this.assignment, this.kind);
    this.drafts.keep(this.assignment, this.kind, { ...draft, fields: this.fields.value });
  }

  discard(): void {
    this.drafts.discard(this.assignment, this.kind);
  }
}
