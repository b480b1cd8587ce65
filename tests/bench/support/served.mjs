// The real programs while they serve.
import { spawn } from 'node:child_process';
import http from 'node:http';
import path from 'node:path';

import { bin } from './settings.mjs';

const open = new Set();
// However a measurement ends, what it started ends with it.
process.on('exit', () => open.forEach((served) => served.process.kill('SIGTERM')));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

/// A running `serve`. `ready`: the addresses that it printed; `startMs`: from its start to that line.
export class Served {
  log = '';

  constructor(program, dir, args = [], within = []) {
    this.dir = dir;
    const words = [...within, path.join(bin, program), 'serve', '--dir', dir, ...args];
    this.process = spawn(words[0], words.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
    this.exited = new Promise((resolve) => this.process.on('exit', resolve));
    open.add(this);
  }

  get pid() {
    return this.process.pid;
  }

  async start() {
    const began = performance.now();
    let out = '';
    this.process.stderr.on('data', (data) => (this.log += data));
    await new Promise((resolve, reject) => {
      this.process.on('error', reject);
      this.process.on('exit', (code) => reject(new Error(`serve --dir ${this.dir} ended with ${code}:\n${out}${this.log}`)));
      this.process.stdout.on('data', (data) => {
        out += data;
        const line = out.match(/^ready (.*)\n/m);
        if (!line) return;
        this.ready = Object.fromEntries(line[1].split(' ').map((pair) => pair.split(/=(.*)/s)));
        resolve();
      });
    });
    this.startMs = performance.now() - began;
    return this;
  }

  async stop() {
    open.delete(this);
    this.process.kill('SIGTERM');
    await this.exited;
  }

  /// A call at the program's control socket, as its own commands make.
  control(method, what) {
    return new Promise((resolve, reject) => {
      const request = http.request(
        { socketPath: path.join(this.dir, 'control.sock'), path: `/control/${what}`, method, agent: false,
          headers: method === 'POST' ? { host: 'localhost', 'content-type': 'application/json', 'content-length': 2 } : { host: 'localhost' } },
        (response) => {
          let text = '';
          response.on('data', (data) => (text += data));
          response.on('end', () => {
            if (response.statusCode === 200) resolve(JSON.parse(text));
            else reject(new Error(`/control/${what}: ${response.statusCode} ${text}`));
          });
        },
      );
      request.on('error', reject);
      request.end(method === 'POST' ? '{}' : undefined);
    });
  }
}

/// Whatever still runs, when a measurement fails.
export async function stopAll() {
  for (const served of [...open]) await served.stop();
}
