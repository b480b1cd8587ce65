// What a refusal is like, whoever gives it: a stable code, and a sentence that says what, where and what to do.
import assert from 'node:assert/strict';

function holds(sentence, says) {
  for (const word of says) assert.ok(sentence.includes(word), `"${word}" is missing in: ${sentence}`);
}

/// The last line that a command wrote: "fieldnode due: The sentence. (its_code)".
function lastWords(err) {
  const line = err.trimEnd().split('\n').at(-1);
  const found = line.match(/^fieldnode[a-z -]*: (?<sentence>.+) \((?<code>[a-z0-9_]+)\)$/);
  assert.ok(found, `no sentence with a code: ${err}`);
  return found.groups;
}

/// `done` as `run` gave it. `exit`: 2 for bad usage or input, 1 where the world did not allow it.
export function assertTurnedAway(done, { exit = 2, code, says }) {
  assert.equal(done.code, exit, `exit code of: ${done.out}${done.err}`);
  assert.equal(done.out, '', 'a command that is turned away gives no answer');
  const { sentence, code: found } = lastWords(done.err);
  assert.equal(found, code, sentence);
  holds(sentence, says);
}

/// `answer` as `Visitor.post` gave it.
export function assertRefused(answer, { status, code, says = [] }) {
  const shown = `${answer.status} ${JSON.stringify(answer.body)}`;
  assert.equal(answer.status, status, shown);
  assert.equal(answer.body?.error?.code, code, shown);
  const { sentence } = answer.body.error;
  const english = sentence.en ?? sentence;
  assert.ok(english.length > 15, `that is no sentence: ${shown}`);
  if (sentence.en) assert.match(sentence.zh, /[\u4e00-\u9fff]/, 'the same in Chinese');
  holds(english, says);
}
