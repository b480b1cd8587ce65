// The measuring programs, run to their end.
import { spawn } from 'node:child_process';
import path from 'node:path';

import { tools } from './settings.mjs';

/// What `program` prints. `within`: words in front of it, such as those that enter a network namespace.
export async function tool(program, args, within = []) {
  const [command, ...rest] = [...within, path.join(tools, program), ...args.map(String)];
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => (out += data));
  child.stderr.on('data', (data) => (err += data));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: exit ${code}\n${err}`);
  return out;
}

export const measured = async (program, args, within) => JSON.parse(await tool(program, args, within));
