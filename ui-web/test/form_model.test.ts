import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';

import { Drafts } from '../src/shared/drafts';
import { FormModel } from '../src/shared/form_model';

// Node 18 does not give it by itself; browsers do.
if (!('crypto' in globalThis)) Object.defineProperty(globalThis, 'crypto', { value: webcrypto });

/** What two tabs of one browser share. */
function shelf() {
  const kept = new Map<string, string>();
  return {
    kept,
    get length() {
      return kept.size;
    },
    key: (index: number) => Array.from(kept.keys())[index] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

function twoTabs() {
  const shared = shelf();
  const tabs = [new Drafts(shared, '7'), new Drafts(shared, '7')] as const;
  return { tabs, forms: [new FormModel(tabs[0], '1003', 'note'), new FormModel(tabs[1], '1003', 'note')] as const };
}

test('what one tab writes stands in the other, under the same id', () => {
  const { tabs, forms } = twoTabs();
  forms[0].set('note', 'x');
  forms[1].follow();
  assert.equal(forms[1].text('note'), 'x');
  forms[1].set('note', 'xy');
  assert.equal(tabs[1].find('1003', 'note')?.act_id, tabs[0].open('1003', 'note').act_id);
});

test('a form that another tab has sent keeps content and id: sent again, it is the same act', () => {
  const { tabs, forms } = twoTabs();
  forms[0].set('note', 'x');
  forms[1].follow();
  const sent = tabs[0].find('1003', 'note')?.act_id;
  tabs[0].discard('1003', 'note');
  forms[1].follow();
  assert.equal(forms[1].goneElsewhere.value, true);
  assert.equal(forms[1].text('note'), 'x');
  forms[1].keep();
  assert.equal(tabs[1].find('1003', 'note')?.act_id, sent);
});

test('a form that was discarded is another act afterwards', () => {
  const { tabs, forms } = twoTabs();
  forms[0].set('note', 'x');
  const first = tabs[0].find('1003', 'note')?.act_id;
  forms[0].discard();
  forms[0].set('note', 'y');
  assert.notEqual(tabs[0].find('1003', 'note')?.act_id, first);
});

test('following what stands there already changes nothing', () => {
  const { forms } = twoTabs();
  forms[0].set('note', 'x');
  const before = forms[0].fields.value;
  forms[0].follow();
  assert.equal(forms[0].fields.value, before);
});
