import { signal } from '@preact/signals';

import type { Drafts } from './drafts';

export type Fields = Record<string, unknown>;

/** What stands in an open form; every change is kept as a draft at once. */
export class FormModel {
  readonly fields = signal<Fields>({});
  /** Names of fields whose content is missing or was refused. */
  readonly faults = signal<string[]>([]);
  readonly restored: boolean;

  /** `subject` is what the form is about, an assignment's id for one; `kind` is what would be done to it. */
  constructor(
    readonly drafts: Drafts,
    readonly subject: string,
    readonly kind: string,
  ) {
    const draft = drafts.find(subject, kind);
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

  isTouched(): boolean {
    return Object.keys(this.fields.value).length > 0;
  }

  set(name: string, value: string | boolean): void {
    this.fields.value = { ...this.fields.value, [name]: value };
    this.faults.value = this.faults.value.filter((fault) => fault !== name);
    const draft = this.drafts.open(this.subject, this.kind);
    this.drafts.keep(this.subject, this.kind, { ...draft, fields: this.fields.value });
  }

  discard(): void {
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
