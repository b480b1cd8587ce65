// packaging/demo-city as people call it, on a folder and on ports of the test's own.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const script = path.join(root, 'packaging/demo-city');
const offsets = [0, 1, 11, 12, 21, 22];

function isFree(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/// The first of ports that are free where the city wants them.
export async function freePorts() {
  for (let port = 20_000 + (process.pid % 400) * 30; port < 60_000; port += 30) {
    const free = await Promise.all(offsets.map((offset) => isFree(port + offset)));
    if (free.every(Boolean)) return port;
  }
  throw new Error('no free ports');
}

export class Script {
  constructor(dir, port) {
    this.dir = dir;
    this.port = port;
  }

  #env(more) {
    return { ...process.env, FIELDNODE_DEMO_DIR: this.dir, FIELDNODE_DEMO_PORT: String(this.port), ...more };
  }

  page(offset) {
    return `http://127.0.0.1:${this.port + offset}`;
  }

  /// Runs a command to its end. Returns {code, out, err}.
  run(args, env = {}) {
    const done = spawnSync(script, args, { encoding: 'utf8', timeout: 240_000, env: this.#env(env) });
    return { code: done.status, out: done.stdout, err: done.stderr };
  }

  must(...args) {
    const done = this.run(args);
    if (done.code !== 0) throw new Error(`demo-city ${args.join(' ')}: exit ${done.code}\n${done.out}${done.err}`);
    return done.out;
  }

  /// Starts, and kills the script with all that it waits for as soon as it has printed `words` and `probe` says so.
  /// What it started as a service of its own lives on.
  async startAndKill(words, probe) {
    const stdio = ['ignore', 'pipe', 'inherit'];
    const child = spawn(script, ['start'], { env: this.#env({}), detached: true, stdio });
    let out = '';
    child.stdout.on('data', (data) => (out += data));
    const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)));
    const end = performance.now() + 120_000;
    while (!(out.includes(words) && (await probe()))) {
      if (performance.now() > end || child.exitCode !== null) throw new Error(`nothing to kill:\n${out}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    process.kill(-child.pid, 'SIGKILL');
    return ended;
  }

  /// Command lines of processes that have to do with this city.
  processes() {
    return fs
      .readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => {
        try {
          return fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        } catch {
          return '';
        }
      })
      .filter((line) => line.includes(this.dir));
  }

  /// [{place, name, role, password}] as the summary names them.
  logins() {
    const lines = fs.readFileSync(path.join(this.dir, 'logins.txt'), 'utf8').trim().split('\n');
    return lines.map((line) => {
      const [place, name, role, password] = line.split(/\s+/);
      return { place, name, role, password };
    });
  }
}
