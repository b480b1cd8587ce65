import { signal } from '@preact/signals';

import { newActId } from './act_id';

/** What a person has filled in and not yet sent. */
export interface Draft {
  act_id: string;
  fields: Record<string, unknown>;
}

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const kPrefix = 'fieldnode.draft';

/** The browser's own shelf; where a setting forbids it, one that keeps nothing and says so at the first writing. */
export function browserShelf(): Shelf {
  try {
    return localStorage;
  } catch {
    return kNoShelf;
  }
}

const kNoShelf: Shelf = {
  length: 0,
  key: () => null,
  getItem: () => null,
  removeItem: () => undefined,
  setItem: () => {
    throw new Error('this browser keeps nothing');
  },
};

/**
 * Drafts of one person on this PC, one per subject (an assignment, a case) and kind. They outlive a reload, an expired session and a
 * dead server, and carry the id of what will be sent, so that a repeated sending is the same. `changes` counts up with each change.
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

  find(subject: string, kind: string): Draft | null {
    return parse(this.read(this.keyOf(subject, kind)));
  }

  /** The draft that stands, or a new one with a new act id. */
  open(subject: string, kind: string): Draft {
    return this.find(subject, kind) ?? { act_id: newActId(), fields: {} };
  }

  keep(subject: string, kind: string, draft: Draft): void {
    const key = this.keyOf(subject, kind);
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

  discard(subject: string, kind: string): void {
    const key = this.keyOf(subject, kind);
    this.held.delete(key);
    try {
      this.shelf.removeItem(key);
    } catch {
      this.kept.value = false;
    }
    this.changes.value++;
  }

  /** The kinds that have a draft on the subject. */
  kindsOf(subject: string): string[] {
    const prefix = this.keyOf(subject, '');
    return this.keys().filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  }

  private keys(): string[] {
    const keys = new Set(this.held.keys());
    try {
      for (let index = 0; index < this.shelf.length; index++) {
        const key = this.shelf.key(index);
        if (key !== null) keys.add(key);
      }
    } catch {
      // A shelf that cannot be read holds nothing; what the page holds itself is there.
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

  private keyOf(subject: string, kind: string): string {
    return `${kPrefix}/${this.owner}/${subject}/${kind}`;
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
