// A fresh headless Chromium for each run, with the APIs taken away that Chromium 86 does not have.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { chromium } from 'playwright-core';

const kArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** The browser's program, or nothing where none is installed. */
export function browserProgram() {
  const candidates = [process.env.FIELDNODE_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return candidates.find((candidate) => candidate && existsSync(candidate));
}

/** Runs in the page before anything of ours. */
function takeAwayLaterApis() {
  delete Array.prototype.at;
  delete String.prototype.at;
  delete Array.prototype.findLast;
  delete Array.prototype.findLastIndex;
  delete Array.prototype.toSorted;
  delete Array.prototype.toReversed;
  delete Object.hasOwn;
  delete Object.groupBy;
  delete window.structuredClone;
  delete Crypto.prototype.randomUUID;
  delete AbortSignal.timeout;
  delete AbortSignal.any;
  delete Promise.withResolvers;
}

/** Calls `use` with a way to open pages; everything is taken down behind it. */
export async function withBrowser(use) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'fieldnode-browser-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: browserProgram(),
    headless: true,
    args: kArguments,
    locale: 'zh-CN',
    // Another zone than the office's: what the page shows must not change by it.
    timezoneId: 'America/New_York',
    viewport: { width: 1366, height: 768 },
  });
  await context.addInitScript(takeAwayLaterApis);
  try {
    await use(context);
  } finally {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
}
