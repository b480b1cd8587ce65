// What either end answered with 201: from then on it is promised, whatever is killed.
import assert from 'node:assert/strict';

import { keyOf } from './act_book.mjs';

/// What an answer says that must never change. The assignment in it goes on living.
export function gistOf({ act, entry, case: taken, assignment }) {
  if (act) return { act: keyOf(act), kind: act.kind, time: act.time };
  if (entry) return { entry: keyOf(entry), assignment: assignment.id };
  if (taken) return { case: taken.id, number: taken.number };
  return { assignment: assignment.id };
}

export class Promises {
  #all;

  constructor(all = []) {
    this.#all = all;
  }

  get size() {
    return this.#all.length;
  }

  /// `place`: who promised it, 'office' or 'centre'.
  note(place, url, form, answer) {
    this.#all.push({ place, url, form, said: gistOf(answer) });
  }

  /// {key, kind} of each act that was promised.
  get acts() {
    return this.#all.filter(({ said }) => said.act).map(({ said }) => ({ key: said.act, kind: said.kind }));
  }

  /// {key, kind} of each decision.
  get decisions() {
    return this.#all.filter(({ said }) => said.entry).map(({ said, form }) => ({ key: said.entry, kind: form.kind }));
  }

  get assignments() {
    return this.#all.filter(({ said }) => said.assignment && !said.entry).map(({ said }) => said.assignment);
  }

  /// Each is asked for again, under its id: nothing happens, and the answer says the same. `posts`: by place.
  async assertRepeated(posts) {
    for (const { place, url, form, said } of this.#all) {
      const again = await posts[place](url, form);
      assert.ok([200, 201].includes(again.status), `${url} again: ${again.status} ${JSON.stringify(again.body)}`);
      assert.deepEqual(gistOf(again.body), said, `${url} ${JSON.stringify(form)}: another answer than the first time`);
    }
  }

  /// Lies that a program could have told, each as the book would look then: [what, book].
  forged() {
    const at = this.#all.findLastIndex(({ said }) => said.act);
    const last = this.#all[at];
    const others = this.#all.filter((one) => one !== last);
    const [epoch] = last.said.act.split(':');
    const saying = (said) => new Promises([...this.#all, { ...last, said: { ...last.said, ...said } }]);
    return [
      ['an act that was never written', saying({ act: `${epoch}:999999` })],
      ['one act as the answer to two', saying({})],
      ['an act that nobody was told of', new Promises(others)],
      ['an act of another kind', new Promises([...others, { ...last, said: { ...last.said, kind: 'redo' } }])],
      ['a decision that was never written', saying({ act: undefined, entry: `${epoch}:999999` })],
      ['an assignment that was never dispatched', saying({ act: undefined, assignment: '999999' })],
    ];
  }
}
