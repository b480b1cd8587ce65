// Where everything is, and how long to measure.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const build = path.join(root, 'build/release');

export const tools = process.env.FIELDNODE_BENCH_TOOLS ?? path.join(build, 'tests');
export const out = process.env.FIELDNODE_BENCH_OUT ?? path.join(build, 'bench');
// The library that starts the programs reads it.
process.env.FIELDNODE_BIN ??= path.join(build, 'bin');
export const bin = process.env.FIELDNODE_BIN;

/// --quick: a smoke run with tiny numbers, whose figures mean nothing.
export const quick = process.argv.includes('--quick');
export const names = process.argv.slice(2).filter((word) => !word.startsWith('-'));

/// What to measure with: `full`, or `small` in a smoke run.
export const choose = (full, small) => (quick ? small : full);

const asked = process.argv.find((word) => word.startsWith('--rounds='));
/// How often floor and product alternate.
export const rounds = asked ? Number(asked.split('=')[1]) : choose(5, 1);
