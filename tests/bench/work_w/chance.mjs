// Chance that is the same on every machine (xoshiro128** by Blackman and Vigna, seeded by splitmix32).
function splitmix32(state) {
  let x = (state + 0x9e3779b9) | 0;
  const next = x;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return [next, (x ^ (x >>> 15)) >>> 0];
}

const rotated = (x, by) => (x << by) | (x >>> (32 - by));

export class Chance {
  #state = [];

  constructor(seed) {
    let next = seed | 0;
    for (let i = 0; i < 4; i += 1) {
      let word;
      [next, word] = splitmix32(next);
      this.#state.push(word);
    }
  }

  /// 32 bits.
  bits() {
    const s = this.#state;
    const result = Math.imul(rotated(Math.imul(s[1], 5), 7), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotated(s[3], 11);
    return result;
  }

  /// In [0, 1).
  share() {
    return this.bits() / 2 ** 32;
  }

  /// In 0 .. bound - 1.
  below(bound) {
    return Math.floor(this.share() * bound);
  }

  one(list) {
    return list[this.below(list.length)];
  }

  shuffled(list) {
    const result = [...list];
    for (let i = result.length - 1; i > 0; i -= 1) {
      const j = this.below(i + 1);
      [result[i], result[j]] = [result[j], result[i]];
    }
    return result;
  }

  uuid() {
    const hex = Array.from({ length: 4 }, () => this.bits().toString(16).padStart(8, '0')).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}
