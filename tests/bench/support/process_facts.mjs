// What the kernel says of a process.
import fs from 'node:fs';

const ticksPerSecond = 100; // USER_HZ is 100 on every Linux

export function residentMib(pid) {
  const line = fs.readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmRSS:\s+(\d+) kB$/m);
  return Number(line[1]) / 1024;
}

export function cpuSeconds(pid) {
  // The name in brackets may hold blanks; what follows it may not.
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/// How many transactions have been committed to the database since its log was last opened anew: SQLite counts them in
/// the head of the log's index (walformat, WalIndexHdr.iChange).
export const commitsSoFar = (database) => {
  const index = fs.openSync(`${database}-shm`, 'r');
  const counter = Buffer.alloc(4);
  fs.readSync(index, counter, 0, 4, 8);
  fs.closeSync(index);
  return counter.readUInt32LE();
};
