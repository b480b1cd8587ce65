// What a line takes for a payload alone: both ends send all they have over one TLS connection at once.
//   node tls_floor.mjs UP_FILE DOWN_BYTES PORT HOST    the sending end behind the line; prints when it had everything
import fs from 'node:fs';
import path from 'node:path';
import tls from 'node:tls';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(import.meta.url);

/// Seconds of the machine's one monotonic clock, comparable between processes.
const monotonic = () => Number(process.hrtime.bigint()) / 1e9;

/// Resolves when `bytes` have come.
const received = (socket, bytes) =>
  new Promise((resolve, reject) => {
    let rest = bytes;
    socket.on('error', reject);
    socket.on('data', (data) => {
      rest -= data.length;
      if (rest <= 0) resolve(monotonic());
    });
  });

/// `pems`: certificate and key of the listening end. `up`, `down`: files. Gives seconds from `linkUp` until both have all.
export async function tlsFloor({ pems, up, down, host, within, linkUp }) {
  const upBytes = fs.statSync(up).size;
  const payload = fs.readFileSync(down);
  let finished;
  const server = tls.createServer(pems, (socket) => {
    socket.setNoDelay(true);
    finished = received(socket, upBytes);
    socket.write(payload);
  });
  await new Promise((resolve) => server.listen(0, host, resolve));
  const words = [...within, process.execPath, here, up, String(payload.length), String(server.address().port), host];
  const child = spawn(words[0], words.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
  let out = '';
  const ready = new Promise((resolve) => child.stdout.on('data', (data) => resolve((out += data))));
  await ready; // it has started and waits for the word
  const began = monotonic();
  linkUp();
  child.stdin.end('go\n');
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error('the end behind the line failed');
  const ends = [await finished, Number(out.trim().split('\n').at(-1))];
  server.close();
  return Math.max(...ends) - began;
}

async function sendingEnd(up, downBytes, port, host) {
  const payload = fs.readFileSync(up);
  process.stdout.write('waiting\n');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  const socket = tls.connect({ host, port: Number(port), rejectUnauthorized: false });
  socket.setNoDelay(true);
  socket.write(payload);
  const at = await received(socket, Number(downBytes));
  console.log(at);
  await new Promise((resolve) => (socket.writableLength === 0 ? resolve() : socket.once('drain', resolve)));
  socket.end();
}

if (process.argv[1] && path.resolve(process.argv[1]) === here) await sendingEnd(...process.argv.slice(2));
