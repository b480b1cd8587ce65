import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assessmentHash, readAssessmentRoute } from '../src/office/assessment_route';
import { readRoute } from '../src/office/route';
import { spellShare } from '../src/shared/assessment_figures';
import { askOf, isOver, monthOf, queryOf, readPeriod, spellPeriod, yearOf } from '../src/shared/assessment_period';

const at = (text: string) => Date.parse(text);

test('a month is whole, also in December and over a leap day', () => {
  assert.deepEqual(monthOf(at('2026-10-12T09:00:00+08:00')), { from: '2026-10-01', to: '2026-10-31' });
  assert.deepEqual(monthOf(at('2026-12-31T23:59:59+08:00')), { from: '2026-12-01', to: '2026-12-31' });
  assert.deepEqual(monthOf(at('2027-01-01T00:00:00+08:00'), 1), { from: '2026-12-01', to: '2026-12-31' });
  assert.deepEqual(monthOf(at('2028-02-10T09:00:00+08:00')), { from: '2028-02-01', to: '2028-02-29' });
  assert.deepEqual(yearOf(at('2026-10-12T09:00:00+08:00')), { from: '2026-01-01', to: '2026-12-31' });
});

test('the server is asked for the first day that does not belong', () => {
  assert.deepEqual(askOf({ from: '2026-10-01', to: '2026-10-31' }), { from: '2026-10-01', until: '2026-11-01' });
  assert.equal(queryOf({ from: '2026-12-01', to: '2026-12-31' }), 'from=2026-12-01&until=2027-01-01');
});

test('a period in the address is read, and nonsense is none', () => {
  const october = { from: '2026-10-01', to: '2026-10-31' };
  assert.deepEqual(readPeriod(spellPeriod(october)), october);
  for (const text of ['', '2026-10-01', '2026-10-31..2026-10-01', '2026-02-30..2026-03-01', 'a..b', '2026-10-01..2026-10-02..x']) {
    assert.equal(readPeriod(text), null, text);
  }
});

test('a period is over when its last day is', () => {
  const october = { from: '2026-10-01', to: '2026-10-31' };
  assert.equal(isOver(october, at('2026-10-31T23:59:59+08:00')), false);
  assert.equal(isOver(october, at('2026-11-01T00:00:00+08:00')), true);
});

test('of nothing there is no share', () => {
  assert.equal(spellShare(0, 0), '–');
  assert.equal(spellShare(2, 3), '66.7%');
});

test("the office's assessment has its own place in the address", () => {
  assert.deepEqual(readAssessmentRoute(assessmentHash('2026-10-01..2026-10-31', 'acknowledge.overdue')), {
    period: '2026-10-01..2026-10-31',
    cell: 'acknowledge.overdue',
  });
  assert.deepEqual(readAssessmentRoute(assessmentHash('', '')), { period: '', cell: '' });
  assert.equal(readAssessmentRoute('#/all/12'), null);
  assert.deepEqual(readRoute('#/assessment/2026-10-01..2026-10-31/x'), { list: 'work', assignment: null, form: null });
});
