// Disks of the test's own: small ones that can be filled, and views that cannot be written. Permissions would not do,
// they do not bind root. The mounts live in a mount namespace of the test and end with it, however it ends.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const mark = 'FIELDNODE_OWN_MOUNTS';

function runs(program, args, options = {}) {
  return spawnSync(program, args, { encoding: 'utf8', ...options });
}

/// Starts the script again in a mount namespace where one can be had, and ends with its exit code. Returns in the copy,
/// or where no namespace can be had.
export function moveIntoOwnMounts() {
  if (process.env[mark]) return;
  const ways = [['--mount'], ['--mount', '--map-root-user']];
  const way = ways.find((flags) => runs('unshare', [...flags, 'mount', '-t', 'tmpfs', 'tmpfs', os.tmpdir()]).status === 0);
  if (!way) return;
  const copy = runs('unshare', [...way, process.execPath, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, [mark]: '1' },
  });
  process.exit(copy.status ?? 1);
}

/// Why mounts are not possible here; null where they are.
export const mountsMissing = () => (process.env[mark] ? null : 'no mount namespace can be had here');

function mount(...args) {
  const done = runs('mount', args);
  if (done.status !== 0) throw new Error(`mount ${args.join(' ')}: ${done.stderr}`);
}

export class SmallDisk {
  constructor(dir) {
    this.dir = dir;
  }

  mount(kilobytes) {
    fs.mkdirSync(this.dir, { recursive: true });
    mount('-t', 'tmpfs', '-o', `size=${kilobytes}k,mode=700`, 'tmpfs', this.dir);
    return this;
  }

  resize(kilobytes) {
    mount('-o', `remount,size=${kilobytes}k`, this.dir);
  }

  get #filler() {
    return path.join(this.dir, 'filler');
  }

  /// Not one byte is left.
  fill() {
    const file = fs.openSync(this.#filler, 'a');
    for (const size of [65536, 4096, 1]) {
      try {
        for (;;) fs.writeSync(file, Buffer.alloc(size));
      } catch (error) {
        if (error.code !== 'ENOSPC') throw error;
      }
    }
    fs.closeSync(file);
  }

  free() {
    fs.rmSync(this.#filler);
  }

  unmount() {
    runs('umount', ['--lazy', this.dir]);
  }
}

/// Runs `action` while nothing beneath `dir` can be written.
export async function whileReadOnly(dir, action) {
  mount('--bind', dir, dir);
  try {
    mount('-o', 'remount,bind,ro', dir);
    await action();
  } finally {
    runs('umount', ['--lazy', dir]);
  }
}
