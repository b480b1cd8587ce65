// Disks that fail beneath running programs, by the library disk_fault.so.
import fs from 'node:fs';
import path from 'node:path';

export const readOnly = 30;  // EROFS: the kernel has remounted the disk after an error
export const inputOutput = 5;  // EIO

export class FailingDisks {
  #dir;

  /// From now on every program that is started has a disk under the test's hand.
  constructor(dir, library) {
    this.#dir = dir;
    fs.mkdirSync(dir);
    for (const program of ['fieldnode', 'fieldnode-central']) this.#write(program, 0, 'w');
    Object.assign(process.env, { FIELDNODE_DISK_FAULTS: dir, LD_PRELOAD: library, ASAN_OPTIONS: 'verify_asan_link_order=0' });
  }

  /// `errno`: how everything fails that would change a file of `program`.
  fail(program, errno) {
    this.#write(program, errno);
  }

  mend(program) {
    this.#write(program, 0);
  }

  #write(program, errno, flags = 'r+') {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(errno));
    const file = fs.openSync(path.join(this.#dir, program), flags);
    fs.writeSync(file, bytes, 0, 8, 0);
    fs.closeSync(file);
  }

  /// Programs that are started from now on are left alone.
  close() {
    delete process.env.LD_PRELOAD;
  }
}
