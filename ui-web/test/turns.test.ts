import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Turns } from '../src/shared/turns';

test('an answer that was overtaken is not shown', () => {
  const turns = new Turns();
  const [first, second] = [turns.begin(), turns.begin()];
  assert.equal(turns.mayShow(second), true);
  assert.equal(turns.mayShow(first), false);
});

test('answers that come in their order are all shown, each once', () => {
  const turns = new Turns();
  const [first, second] = [turns.begin(), turns.begin()];
  assert.deepEqual([turns.mayShow(first), turns.mayShow(second), turns.mayShow(second)], [true, true, false]);
});

test('what was asked for before something newer was shown is outdated; what is asked for later is not', () => {
  const turns = new Turns();
  const before = turns.begin();
  turns.outdate();
  assert.equal(turns.mayShow(before), false);
  assert.equal(turns.mayShow(turns.begin()), true);
});
