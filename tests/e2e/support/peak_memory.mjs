// How much memory a command, or a running program, takes at most.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/// The peak of a running process' resident memory in KiB; 0 when it has ended.
export function peakOf(pid) {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/// Counts the peak of a running process from now on. Returns what it takes now, in KiB.
export function beginPeak(pid) {
  fs.writeFileSync(`/proc/${pid}/clear_refs`, '5');
  return peakOf(pid);
}

/// Runs a command to its end. Returns {code, out, err, peakKib}.
export async function runMeasured(program, args) {
  const child = spawn(path.join(process.env.FIELDNODE_BIN, program), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err, peakKib] = ['', '', 0];
  child.stdout.on('data', (data) => (out += data));
  child.stderr.on('data', (data) => (err += data));
  const looks = setInterval(() => (peakKib = Math.max(peakKib, peakOf(child.pid))), 5);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(looks);
  return { code, out, err, peakKib };
}
