import assert from 'node:assert/strict';
import { test } from 'node:test';

import { actBody, missingFields } from '../src/office/act_body';

test('an acknowledgement needs and sends nothing', () => {
  assert.deepEqual(missingFields('acknowledgement', {}, 'complaint'), []);
  assert.deepEqual(actBody('acknowledgement', { note: 'x' }, 'complaint'), {});
});

test('a contact names channel and outcome; empty texts are not sent', () => {
  assert.deepEqual(missingFields('contact', { note: 'x' }, 'complaint'), ['channel', 'outcome']);
  const fields = { channel: 'telephone', outcome: 'no_answer', note: '  ', spoke_with: ' 本人 ' };
  assert.deepEqual(actBody('contact', fields, 'complaint'), { channel: 'telephone', outcome: 'no_answer', spoke_with: '本人' });
});

const kCompleting = {
  channel: 'telephone', outcome: 'reached', completes: true, verified: 'yes', solved: 'yes', note: 'n', public_answer: 'p',
};

test('a consultation that was answered is contacted and completed in one act', () => {
  assert.deepEqual(actBody('contact', kCompleting, 'consultation'), {
    channel: 'telephone',
    outcome: 'reached',
    note: 'n',
    completes: { verified: 'yes', solved: 'yes', public_answer: 'p', beyond_duty: false },
  });
  assert.deepEqual(missingFields('contact', { ...kCompleting, solved: 'no' }, 'consultation'), ['reason']);
});

test('a tick that no longer applies completes nothing', () => {
  assert.equal('completes' in actBody('contact', kCompleting, 'complaint'), false);
  assert.equal('completes' in actBody('contact', { ...kCompleting, outcome: 'no_answer' }, 'consultation'), false);
});

test('a resolution answers verified and solved, and says why where it is not solved', () => {
  assert.deepEqual(missingFields('resolution', {}, 'complaint'), ['verified', 'solved']);
  assert.deepEqual(missingFields('resolution', { verified: 'no', solved: 'partly', reason: ' ' }, 'complaint'), ['reason']);
  assert.deepEqual(actBody('resolution', { verified: 'yes', solved: 'yes' }, 'complaint'), {
    verified: 'yes',
    solved: 'yes',
    beyond_duty: false,
    unreachable: false,
  });
});

test('days are a number', () => {
  const fields = { ground: 'site_work', days: '3', text: 't' };
  assert.deepEqual(missingFields('extension_application', fields, 'complaint'), []);
  assert.deepEqual(actBody('extension_application', fields, 'complaint'), { ground: 'site_work', days: 3, text: 't' });
});

test('the same form always makes the same content', () => {
  assert.equal(JSON.stringify(actBody('contact', kCompleting, 'consultation')), JSON.stringify(actBody('contact', { ...kCompleting }, 'consultation')));
});
