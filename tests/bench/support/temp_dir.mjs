// A folder for one measurement, gone when the benchmark ends, however it does.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export function tempDir(name) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), `fieldnode-bench-${name}-`));
  process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true, maxRetries: 3 }));
  return dir;
}
