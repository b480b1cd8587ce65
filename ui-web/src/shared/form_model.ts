import { signal } from '@preact/signals';

import { newActId } from './act_id';
import type { Drafts } from './drafts';

export type Fields = Record<string, unknown>;

/** What stands in an open form; every change is kept as a draft at once. */
export class FormModel {
  readonly fields = signal<Fields>({});
  /** Names of fields whose content is missing or was refused. */
  readonly faults = signal<string[]>([]);
  /** Another tab has sent or discarded what stands here, too. */
  readonly goneElsewhere = signal(false);
  readonly restored: boolean;
  /** The id under which this is sent. It outlives the draft: sent from a second tab, it is the same act. */
  private id: string;

  /** `subject` is what the form is about, an assignment's id for one; `kind` is what would be done to it. */
  constructor(
    readonly drafts: Drafts,
    readonly subject: string,
    readonly kind: string,
  ) {
    const draft = drafts.open(subject, kind);
    this.id = draft.act_id;
    this.restored = Object.keys(draft.fields).length > 0;
    this.fields.value = draft.fields;
  }

  text(name: string): string {
    const value = this.fields.value[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  }

  isSet(name: string): boolean {
    return this.fields.value[name] === true;
  }

  isTouched(): boolean {
    return Object.keys(this.fields.value).length > 0;
  }

  set(name: string, value: string | boolean): void {
    this.fields.value = { ...this.fields.value, [name]: value };
    this.faults.value = this.faults.value.filter((fault) => fault !== name);
    this.keep();
  }

  /** The draft as it stands; it is there when the form is sent, even if another tab took it away. */
  keep(): void {
    this.drafts.keep(this.subject, this.kind, { act_id: this.id, fields: this.fields.value });
  }

  /** Takes up what became of the draft: changed by another tab or by the page itself, given a new id, or gone. */
  follow(): void {
    const draft = this.drafts.find(this.subject, this.kind);
    this.goneElsewhere.value = draft === null && this.isTouched();
    if (draft === null) return;
    this.id = draft.act_id;
    if (JSON.stringify(draft.fields) !== JSON.stringify(this.fields.value)) this.fields.value = draft.fields;
  }

  discard(): void {
    this.fields.value = {};
    this.faults.value = [];
    this.id = newActId();
    this.drafts.discard(this.subject, this.kind);
  }
}

/** True for what counts as not filled in. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** Of the fields named those that are filled in, texts without the blanks around them. */
export function filled(fields: Fields, names: string[]): Fields {
  const result: Fields = {};
  for (const name of names) {
    const value = fields[name];
    if (!isBlank(value)) result[name] = typeof value === 'string' ? value.trim() : value;
  }
  return result;
}
