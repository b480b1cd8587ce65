// Figures as they are printed: `id value unit ratio-to-floor`, and kept as JSON.
import fs from 'node:fs';
import path from 'node:path';

import { out } from './settings.mjs';

export function median(values) {
  const sorted = [...values].sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const short = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));

/// What one group of figures comes to.
export class Figures {
  #group;
  #kept = [];

  constructor(group) {
    this.#group = group;
  }

  /// `values`: what the rounds gave. `floors`: the same of the floor, in the same run; left out where nothing is one.
  add(id, unit, values, floors) {
    const value = median(values);
    if (!Number.isFinite(value)) throw new Error(`${id} is no number: ${values}`);
    const floor = floors ? median(floors) : null;
    const ratio = floor === null ? null : value / floor;
    this.#kept.push({ id, value, unit, ratio, floor, rounds: values, floor_rounds: floors ?? null });
    console.log(`${id} ${short(value)} ${unit} ${ratio === null ? '-' : ratio.toFixed(2)}`);
  }

  one(id, unit, value, floor) {
    this.add(id, unit, [value], floor === undefined ? undefined : [floor]);
  }

  /// In place of figures that cannot be had here.
  skipped(id, why) {
    this.#kept.push({ id, skipped: why });
    console.log(`${id} skipped: ${why}`);
  }

  write() {
    fs.mkdirSync(out, { recursive: true });
    fs.writeFileSync(path.join(out, `${this.#group}.json`), `${JSON.stringify(this.#kept, null, 1)}\n`);
  }
}

/// Progress goes where it does not stand between the figures.
export const note = (text) => console.error(`  ${text}`);
