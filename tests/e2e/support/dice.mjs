// Chance that a seed repeats. Each part of a test that runs beside others throws its own dice.

/// The seed of this run, printed so that FIELDNODE_SEED can repeat it.
export function seedOfRun(usual) {
  const seed = Number(process.env.FIELDNODE_SEED ?? usual);
  console.log(`seed ${seed} (FIELDNODE_SEED repeats it)`);
  return seed;
}

export class Dice {
  #state;

  constructor(seed, name) {
    this.#state = seed >>> 0;
    for (const letter of name) this.#state = Math.imul(this.#state ^ letter.codePointAt(0), 16777619) >>> 0;
  }

  /// A whole number from 0 to `bound` - 1.
  below(bound) {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * bound);
  }

  oneIn(chances) {
    return this.below(chances) === 0;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  shuffled(list) {
    const left = [...list];
    for (let end = left.length - 1; end > 0; end -= 1) {
      const other = this.below(end + 1);
      [left[end], left[other]] = [left[other], left[end]];
    }
    return left;
  }

  /// One list of all that stands in `lists`; what stands in one list keeps its order. Every such order is as likely.
  interleaved(lists) {
    const turns = this.shuffled(lists.flatMap((list, at) => list.map(() => at)));
    const taken = lists.map(() => 0);
    return turns.map((at) => lists[at][taken[at]++]);
  }
}
