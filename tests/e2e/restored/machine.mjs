// A data directory that is backed up, lost, restored, or copied behind the program's back.
import fs from 'node:fs';

import { must } from '../support/program.mjs';

const state = (file) => !file.endsWith('.sock') && !file.endsWith('.lock');

export class Machine {
  #files = 0;

  /// `program` keeps `dir`, `recoveryKey` opens its backups.
  constructor(program, dir, recoveryKey) {
    Object.assign(this, { program, dir, recoveryKey });
  }

  /// A sealed backup, while the program runs. Returns its file.
  backUp(options = []) {
    const file = `${this.dir}.backup-${(this.#files += 1)}`;
    must(this.program, ['backup', '--dir', this.dir, ...options, file]);
    return file;
  }

  /// The disk is gone; what stands there afterwards is the backup, by the program's own command.
  restore(file) {
    fs.rmSync(this.dir, { recursive: true });
    const key = `${this.dir}.recovery-key`;
    fs.writeFileSync(key, `${this.recoveryKey}\n`, { mode: 0o600 });
    must(this.program, ['restore', '--dir', this.dir, '--key-file', key, file]);
    this.verify();
  }

  /// A copy that a person or a virtual machine's snapshot made; the program must not run.
  copy() {
    const copy = `${this.dir}.copy-${(this.#files += 1)}`;
    fs.cpSync(this.dir, copy, { recursive: true, filter: state });
    return copy;
  }

  /// The copy is put back, and nobody tells the program.
  putBack(copy) {
    fs.rmSync(this.dir, { recursive: true });
    fs.cpSync(copy, this.dir, { recursive: true });
  }

  /// The program itself says that what it holds is whole.
  verify() {
    must(this.program, ['verify', '--dir', this.dir]);
  }
}
