// The clocks of a test's programs under its hand, by the library clock_shift.so: one true time for all of them, which stands
// still unless the test moves it, and what each program's own machine makes of it.
import fs from 'node:fs';
import path from 'node:path';

function numbers(...values) {
  const bytes = Buffer.alloc(8 * values.length);
  values.forEach((value, i) => bytes.writeBigInt64LE(BigInt(value), 8 * i));
  return bytes;
}

/// A file that programs look into all the time: written in place, in one piece.
class LookedAt {
  constructor(file) {
    this.file = file;
    fs.writeFileSync(file, '');
  }

  write(...values) {
    const descriptor = fs.openSync(this.file, 'r+');
    fs.writeSync(descriptor, numbers(...values), 0, 8 * values.length, 0);
    fs.closeSync(descriptor);
  }
}

/// The machine that one program runs on.
class Machine {
  #clocks;
  #file;
  #boots = 0;
  #wallAhead = 0;
  #bootedAt = 0;

  constructor(clocks, program) {
    this.#clocks = clocks;
    this.#file = new LookedAt(clocks.path(program));
    this.bootIdFile = clocks.path(`${program}.boot_id`);
    this.powerOn();
  }

  /// A boot: the clocks since boot begin at zero. The program must not run. `wall`: what the real-time clock says; nothing:
  /// it has gone on as it was.
  powerOn(wall) {
    this.#boots += 1;
    fs.writeFileSync(this.bootIdFile, `00000000-0000-4000-8000-${String(this.#boots).padStart(12, '0')}\n`);
    this.#bootedAt = this.#clocks.now;
    if (wall !== undefined) this.#wallAhead = wall - this.#clocks.now;
    this.#write();
  }

  /// Somebody sets the wall clock by hand.
  stepWall(milliseconds) {
    this.#wallAhead += milliseconds;
    this.#write();
  }

  get wall() {
    return this.#clocks.now + this.#wallAhead;
  }

  #write() {
    this.#file.write(this.#wallAhead, this.#bootedAt);
  }
}

export class TestClocks {
  #dir;
  #trueTime;
  now;

  /// From now on every program that is started has these clocks if a machine was made for it.
  constructor(dir, library, now) {
    this.#dir = dir;
    fs.mkdirSync(dir);
    this.#trueTime = new LookedAt(this.path('true_time'));
    this.set(now);
    Object.assign(process.env, { FIELDNODE_CLOCKS: dir, LD_PRELOAD: library, ASAN_OPTIONS: 'verify_asan_link_order=0' });
  }

  path(name) {
    return path.join(this.#dir, name);
  }

  machineOf(program) {
    return new Machine(this, program);
  }

  set(moment) {
    if (moment < this.now) throw new Error('true time does not go back');
    this.now = moment;
    this.#trueTime.write(moment);
  }

  /// Programs that `action` starts have the real clocks.
  async apart(action) {
    const { LD_PRELOAD } = process.env;
    delete process.env.LD_PRELOAD;
    try {
      return await action();
    } finally {
      process.env.LD_PRELOAD = LD_PRELOAD;
    }
  }
}
