// A thin line between this network namespace and one behind it, shaped by bench_link.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';

import { tools } from './settings.mjs';

/// kbit/s up and down, round trip in ms, loss in percent each way.
const profiles = { '3g': [200, 400, 200, 0], edge: [40, 100, 600, 2], drip: [0.8, 0.8, 300, 0], lossy: [64, 64, 2000, 30] };

export const centreAddress = '10.77.0.2';
const officeAddress = '10.77.0.1';

function must(command, ...args) {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.error ?? done.stderr}`);
}

/// How to start a program again with a network of its own; null where that is not allowed.
export function ownNetwork() {
  if (!fs.existsSync('/dev/net/tun')) return null;
  const works = 'ip link set lo up && ip tuntap add dev fn0 mode tun';
  const ways = [['--net'], ['--net', '--map-root-user']];
  const way = ways.find((flags) => spawnSync('unshare', [...flags, 'sh', '-c', works]).status === 0);
  return way ? ['unshare', ...way] : null;
}

/// Once, in a network of its own: the address under which the centre is reached, with or without a line.
export function prepareNetwork() {
  must('ip', 'link', 'set', 'lo', 'up');
  must('ip', 'addr', 'add', `${centreAddress}/32`, 'dev', 'lo');
  // What TCP remembers of one round must not help the next.
  fs.writeFileSync('/proc/sys/net/ipv4/tcp_no_metrics_save', '1');
}

export class Link {
  async open(profile, seed) {
    const [up, down, rtt, loss] = profiles[profile];
    this.process = spawn(path.join(tools, 'bench_link'), ['fn0', 'fn0', up, down, rtt, loss, seed].map(String), {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.exited = new Promise((resolve) => this.process.on('exit', resolve));
    this.lines = readline.createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
    if ((await this.#line()) !== 'ready') throw new Error('the link does not come up');
    /// Words in front of a program that shall run behind the line.
    this.behind = ['nsenter', `--net=/proc/${this.process.pid}/ns/net`, '--'];
    must('ip', 'addr', 'add', `${centreAddress}/24`, 'dev', 'fn0');
    must('ip', 'link', 'set', 'fn0', 'up');
    this.#behind('ip', 'link', 'set', 'lo', 'up');
    this.#behind('sh', '-c', 'echo 1 > /proc/sys/net/ipv4/tcp_no_metrics_save');
    this.#behind('ip', 'addr', 'add', `${officeAddress}/24`, 'dev', 'fn0');
    return this;
  }

  async #line() {
    return (await this.lines.next()).value;
  }

  #behind(...words) {
    must(...this.behind, ...words);
  }

  /// The office's end has a carrier from now on; it begins without.
  up() {
    this.#behind('ip', 'link', 'set', 'fn0', 'up');
  }

  async reset() {
    this.process.stdin.write('reset\n');
    await this.#line();
  }

  /// IP packets and bytes each way since `reset`.
  async counts() {
    this.process.stdin.write('counts\n');
    return JSON.parse(await this.#line());
  }

  async close() {
    this.process.stdin.end();
    await this.exited;
  }
}
