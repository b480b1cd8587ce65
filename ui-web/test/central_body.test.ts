import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Waiting } from '../src/central/central_types';
import { caseBody, intakeBody, missingOfCase } from '../src/central/case_body';
import { decisionBody, missingOfDecision, missingOfRuling, rulingBody } from '../src/central/decision_body';

const kAct = { epoch: '9', seq: '18' };

function waiting(kind: Waiting['kind']): Waiting {
  return { kind, act: kAct, item: {} as Waiting['item'] };
}

test('a refusal asks for what its reason needs, and for nothing else', () => {
  const needs: Record<string, string[]> = {
    n1: ['referred_to'], n2: ['referred_to'], n3: ['referred_to'], n4: ['referred_to'],
    n5: [], n6: ['earlier_case'], n7: [], n8: [], n9: [],
  };
  assert.deepEqual(missingOfCase('refusal', {}), ['code', 'text']);
  for (const [code, more] of Object.entries(needs)) assert.deepEqual(missingOfCase('refusal', { code }), [...more, 'text'], code);
});

test('what was filled in for another reason is not sent', () => {
  const fields = { code: 'n1', referred_to: ' 市公安局 ', earlier_case: '7', earlier_case_name: 'x', text: '已告知' };
  assert.deepEqual(caseBody('refusal', fields), { code: 'n1', referred_to: '市公安局', text: '已告知' });
  assert.deepEqual(caseBody('refusal', { ...fields, code: 'n6' }), { code: 'n6', earlier_case: '7', text: '已告知' });
  assert.deepEqual(caseBody('refusal', { ...fields, code: 'n7' }), { code: 'n7', text: '已告知' });
});

test('own limits are those with a number; a law without one is missed', () => {
  const fields = { unit: 'BH', limit_resolve_count: '24', limit_resolve_unit: 'h', limit_contact_count: '2', limit_contact_statute: ' 某条例第三条 ' };
  assert.deepEqual(caseBody('dispatch', fields), {
    unit: 'BH',
    limits: [{ clock: 'contact', limit: '2wd', statute: '某条例第三条' }, { clock: 'resolve', limit: '24h' }],
  });
  assert.deepEqual(caseBody('dispatch', { unit: 'BH' }), { unit: 'BH' });
  assert.deepEqual(missingOfCase('dispatch', { unit: 'BH', limit_return_statute: '某法' }), ['limit_return_count']);
});

test('a completion needs one change and sends only what changes', () => {
  assert.deepEqual(missingOfCase('completion', { title: ' ' }), ['text']);
  assert.deepEqual(missingOfCase('completion', { telephone: '1' }), []);
  assert.deepEqual(caseBody('completion', { place: '3号楼', telephone: '138' }), { place: '3号楼', contact: { telephone: '138' } });
});

test('a case without contact data sends none', () => {
  const fields = { title: ' 井盖 ', category: 'A2', kind: 'report', urgent: true };
  assert.deepEqual(intakeBody(fields), { title: '井盖', category: 'A2', kind: 'report', urgent: true, confidential: false });
  assert.deepEqual(intakeBody({ ...fields, telephone: '138' }).contact, { telephone: '138' });
});

test('what is ruled is always said, with the place of what it rules on', () => {
  assert.deepEqual(rulingBody(waiting('extension_application'), { ruling: 'yes', days: '2' }), {
    kind: 'extension_decision', application: kAct, granted: true, days: 2,
  });
  assert.deepEqual(rulingBody(waiting('extension_application'), { ruling: 'no', days: '2', reason: '理由不足' }), {
    kind: 'extension_decision', application: kAct, granted: false, reason: '理由不足',
  });
  assert.deepEqual(rulingBody(waiting('return_application'), { ruling: 'no', reason: 'x' }), {
    kind: 'return_decision', application: kAct, granted: false, final_ruling: false, reason: 'x',
  });
  assert.deepEqual(rulingBody(waiting('unreachable'), { ruling: 'yes' }), { kind: 'unreachable_decision', resolution: kAct, confirmed: true });
  assert.deepEqual(rulingBody(waiting('conflict'), { ruling: 'no', reason: 'x' }), { kind: 'settlement', act: kAct, stands: false, reason: 'x' });
});

test('a refusal and a settlement say why, a grant need not', () => {
  assert.deepEqual(missingOfRuling('extension_decision', {}), ['ruling']);
  assert.deepEqual(missingOfRuling('extension_decision', { ruling: 'yes' }), []);
  assert.deepEqual(missingOfRuling('extension_decision', { ruling: 'no' }), ['reason']);
  assert.deepEqual(missingOfRuling('settlement', { ruling: 'yes' }), ['reason']);
});

test('a call-back asks for satisfaction only where somebody was reached', () => {
  assert.deepEqual(missingOfDecision('call_back', { reached: 'no' }), []);
  assert.deepEqual(missingOfDecision('call_back', { reached: 'yes' }), ['satisfied', 'solved']);
  assert.deepEqual(decisionBody('call_back', { reached: 'no', satisfied: 'yes' }), { kind: 'call_back', reached: false });
  assert.deepEqual(decisionBody('supervision_note', { ground: 'errors', reason: 'x' }), { kind: 'supervision_note', ground: 'errors', reason: 'x' });
  assert.deepEqual(missingOfDecision('close', {}), []);
  assert.deepEqual(missingOfDecision('take_back', {}), ['reason']);
});
