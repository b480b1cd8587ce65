// Bundles the unit tests (TypeScript) and gives them to node's own test runner.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const folder = path.dirname(fileURLToPath(import.meta.url));
const out = mkdtempSync(path.join(os.tmpdir(), 'fieldnode-page-tests-'));
const names = readdirSync(folder).filter((name) => name.endsWith('.test.ts')).sort();
try {
  await build({
    absWorkingDir: path.dirname(folder),
    entryPoints: names.map((name) => path.join(folder, name)),
    outdir: out,
    bundle: true,
    platform: 'node',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
  });
  const files = names.map((name) => path.join(out, name.replace(/\.ts$/, '.mjs')));
  const result = spawnSync(process.execPath, ['--test', ...files], { stdio: 'inherit', cwd: path.dirname(folder) });
  process.exitCode = result.status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
