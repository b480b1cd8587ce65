import { signal } from '@preact/signals';

import { newActId } from './act_id';
import type { Id } from './api_types';

/** What a person has filled in and not yet sent. */
export interface Draft {
  act_id: string;
  fields: Record<string, unknown>;
}

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const kPrefix = 'fieldnode.draft';

/**
 * Drafts of one person on this PC, one per assignment and kind of act. They outlive a reload, an expired session and a
 * dead server, and carry the act's id, so that a repeated sending is the same act. `changes` counts up with each change.
 */
export class Drafts {
  readonly changes = signal(0);
  /** False once the browser has refused to keep something: the page must say so. */
  readonly kept = signal(true);
  /** What the browser refused to keep is at least held as long as the page lives. */
  private readonly held = new Map<string, string>();

  constructor(
    private readonly shelf: Shelf,
    private readonly owner: string,
  ) {}

  find(assignment: Id, kind: string): Draft | null {
    return parse(this.read(this.keyOf(assignment, kind)));
  }

  /** The draft that stands, or a new one with a new act id. */
  open(assignment: Id, kind: string): Draft {
    return this.find(assignment, kind) ?? { act_id: newActId(), fields: {} };
  }

  keep(assignment: Id, kind: string, draft: Draft): void {
    const key = this.keyOf(assignment, kind);
    const text = JSON.stringify(draft);
    try {
      this.shelf.setItem(key, text);
      this.held.delete(key);
    } catch {
      this.held.set(key, text);
      this.kept.value = false;
    }
    this.changes.value++;
  }

  discard(assignment: Id, kind: string): void {
    const key = this.keyOf(assignment, kind);
    this.held.delete(key);
    try {
      this.shelf.removeItem(key);
    } catch {
      this.kept.value = false;
    }
    this.changes.value++;
  }

  /** The kinds of act that have a draft on the assignment. */
  kindsOf(assignment: Id): string[] {
    const prefix = this.keyOf(assignment, '');
    return this.keys().filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  }

  private keys(): string[] {
    const keys = new Set(this.held.keys());
    for (let index = 0; index < this.shelf.length; index++) {
      const key = this.shelf.key(index);
      if (key !== null) keys.add(key);
    }
    return Array.from(keys).sort();
  }

  private read(key: string): string | null {
    const held = this.held.get(key);
    if (held !== undefined) return held;
    try {
      return this.shelf.getItem(key);
    } catch {
      return null;
    }
  }

  private keyOf(assignment: Id, kind: string): string {
    return `${kPrefix}/${this.owner}/${assignment}/${kind}`;
  }
}

/** Nothing for what is no draft: an older version's, or somebody else's text under the same name. */
function parse(text: string | null): Draft | null {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<Draft> | null;
    if (typeof value?.act_id !== 'string' || typeof value.fields !== 'object' || value.fields === null) return null;
    return { act_id: value.act_id, fields: value.fields };
  } catch {
    return null;
  }
}
