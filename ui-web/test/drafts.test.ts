import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';

import { newActId } from '../src/shared/act_id';
import { Drafts } from '../src/shared/drafts';

// Node 18 does not give it by itself; browsers do.
if (!('crypto' in globalThis)) Object.defineProperty(globalThis, 'crypto', { value: webcrypto });

class Shelf {
  readonly kept = new Map<string, string>();
  full = false;
  get length() {
    return this.kept.size;
  }
  key(index: number) {
    return Array.from(this.kept.keys())[index] ?? null;
  }
  getItem(key: string) {
    return this.kept.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    if (this.full) throw new Error('quota');
    this.kept.set(key, value);
  }
  removeItem(key: string) {
    this.kept.delete(key);
  }
}

test('a draft outlives the page and keeps its act id', () => {
  const shelf = new Shelf();
  const draft = new Drafts(shelf, '7').open('1003', 'contact');
  new Drafts(shelf, '7').keep('1003', 'contact', { ...draft, fields: { note: '无人接听' } });
  const later = new Drafts(shelf, '7').open('1003', 'contact');
  assert.equal(later.act_id, draft.act_id);
  assert.deepEqual(later.fields, { note: '无人接听' });
});

test('each person has drafts of their own', () => {
  const shelf = new Shelf();
  new Drafts(shelf, '7').keep('1003', 'note', { act_id: 'a', fields: {} });
  assert.equal(new Drafts(shelf, '8').find('1003', 'note'), null);
});

test('the kinds of an assignment are its own, not those of one whose number begins alike', () => {
  const drafts = new Drafts(new Shelf(), '7');
  drafts.keep('100', 'note', { act_id: 'a', fields: {} });
  drafts.keep('1003', 'contact', { act_id: 'b', fields: {} });
  assert.deepEqual(drafts.kindsOf('100'), ['note']);
  drafts.discard('100', 'note');
  assert.deepEqual(drafts.kindsOf('100'), []);
});

test('what the browser refuses to keep is held as long as the page lives, and it is said', () => {
  const shelf = new Shelf();
  shelf.full = true;
  const drafts = new Drafts(shelf, '7');
  drafts.keep('1003', 'note', { act_id: 'a', fields: { note: 'x' } });
  assert.equal(drafts.kept.value, false);
  assert.deepEqual(drafts.find('1003', 'note')?.fields, { note: 'x' });
  assert.deepEqual(drafts.kindsOf('1003'), ['note']);
});

test('what is no draft is no draft', () => {
  const shelf = new Shelf();
  for (const text of ['', 'null', '[]', '{"act_id":1,"fields":{}}', '{"act_id":"a","fields":null}', '{half']) {
    shelf.setItem('fieldnode.draft/7/1/note', text);
    assert.equal(new Drafts(shelf, '7').find('1', 'note'), null, text);
  }
});

test('act ids are random UUIDs of version 4', () => {
  const ids = new Set(Array.from({ length: 1000 }, newActId));
  assert.equal(ids.size, 1000);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
