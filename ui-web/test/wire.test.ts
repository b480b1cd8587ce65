import assert from 'node:assert/strict';
import { test } from 'node:test';

import { hashOf, readRoute } from '../src/office/route';
import { readAnswer } from '../src/shared/api';
import { EventText } from '../src/shared/event_text';

const kTiming = { sentAt: 0, receivedAt: 1 };

function problemOf(status: number, text: string) {
  const answer = readAnswer(status, text, kTiming);
  assert.ok(!answer.ok);
  return answer.problem;
}

test('an error is a code and a sentence in two languages', () => {
  const text = '{"error":{"code":"contact_missing","sentence":{"zh":"中","en":"e"},"field":"outcome"}}';
  assert.deepEqual(problemOf(409, text), { status: 409, code: 'contact_missing', sentence: { zh: '中', en: 'e' }, field: 'outcome' });
});

test('a plain sentence is taken for both languages', () => {
  assert.deepEqual(problemOf(413, '{"error":{"code":"too_large","sentence":"Too large."}}').sentence, { zh: 'Too large.', en: 'Too large.' });
});

test('what is no error of ours still has a code', () => {
  for (const text of ['', 'null', '[]', '"x"', '<html>', '{"error":null}', '{"error":{"code":7}}']) {
    assert.equal(problemOf(502, text).code, 'http_502', text);
  }
  assert.equal(problemOf(200, '<html>of some proxy').code, 'http_200');
});

test('an answer without content is a success', () => {
  assert.ok(readAnswer(204, '', kTiming).ok);
});

test('events are read however the bytes are cut', () => {
  const text = ': beat\n\nid: 4\nevent: assignment\ndata: {"id":"17"}\n\n\nevent: status\r\ndata: {}\r\n\r\ndata: a\ndata: b\n\n';
  const whole = new EventText().take(text);
  assert.deepEqual(whole, [
    { type: 'assignment', data: '{"id":"17"}', id: '4' },
    { type: 'status', data: '{}', id: '4' },
    { type: 'message', data: 'a\nb', id: '4' },
  ]);
  for (let cut = 0; cut <= text.length; cut++) {
    const reader = new EventText();
    assert.deepEqual([...reader.take(text.slice(0, cut)), ...reader.take(text.slice(cut))], whole, `cut at ${cut}`);
  }
});

test('an event that was cut off is not heard', () => {
  assert.deepEqual(new EventText().take('event: status\ndata: {}\n'), []);
});

test('the address says where the reader is, and back', () => {
  for (const route of [
    { list: 'work' as const, assignment: null, form: null },
    { list: 'closed' as const, assignment: '18446744073709551615', form: null },
    { list: 'work' as const, assignment: '1003', form: 'contact' },
  ]) {
    assert.deepEqual(readRoute(hashOf(route)), route);
  }
  assert.deepEqual(readRoute('#/nonsense/%E0%A4%A'), { list: 'work', assignment: null, form: null });
});
