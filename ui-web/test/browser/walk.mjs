// Walks through a page in a real browser, against a program that answers from memory: the office, unless another is named. Screenshots are kept in
// FIELDNODE_SHOTS, if that is set.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { browserProgram, withBrowser } from './browser.mjs';
import { FixtureOffice } from './fixture_server.mjs';

const kShots = process.env.FIELDNODE_SHOTS;
const skip = browserProgram() || process.env.CI ? false : 'no chromium here; packaging/install brings it';

/**
 * A program with its page open, nobody signed in. `problems` gathers what the page may never do. `before` runs before
 * the page is loaded.
 */
async function withPage(office, use, before = async () => {}) {
  await office.listen();
  try {
    await withBrowser(async (context) => {
      const page = await context.newPage();
      const problems = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => /Content Security Policy/.test(message.text()) && problems.push(message.text()));
      page.on('request', (request) => request.url().startsWith(office.url) || problems.push(`outside: ${request.url()}`));
      await before(page, office);
      await page.goto(office.url);
      await use(page, office, (id) => page.getByTestId(id), context);
      assert.deepEqual(problems, []);
    });
  } finally {
    await office.stop();
  }
}

/** One walk: `use` gets the page, the office, a short way to an element by its data-testid, and the browser. */
export function check(name, use, before) {
  checkAt(() => new FixtureOffice(), name, use, before);
}

/** The same at another program's page. */
export function checkAt(makeProgram, name, use, before) {
  test(name, { skip, timeout: 120_000 }, () => withPage(makeProgram(), use, before));
}

export async function signIn(page, office) {
  office.mustChange = false;
  await page.getByTestId('login-name').fill('王晓燕');
  await page.getByTestId('login-password').fill(office.password);
  await page.getByTestId('login-submit').click();
  await page.getByTestId('assignment-row').first().waitFor();
}

/** The English words come when they are asked for. */
export async function toEnglish(page) {
  await page.getByTestId('language-switch').click();
  await page.locator('html[lang=en]').waitFor();
}

export async function open(page, id) {
  await page.locator(`[data-testid=assignment-row][data-id="${id}"]`).click();
  await page.locator(`[data-testid=assignment][data-id="${id}"]`).waitFor();
}

/** The page hears every change from here on. */
export function live(page) {
  return page.locator('[data-testid=page-link][data-state=live]').waitFor();
}

export async function shoot(page, name) {
  if (!kShots) return;
  mkdirSync(kShots, { recursive: true });
  await page.waitForTimeout(200);
  await page.screenshot({ path: path.join(kShots, `${name}.png`) });
}

export function truthOf(page, kind) {
  return page.locator(`[data-testid=timeline-item][data-kind=${kind}] [data-testid=truth]`).first();
}

export async function waitForTruth(page, kind, truth) {
  await page.locator(`[data-testid=timeline-item][data-kind=${kind}] [data-truth=${truth}]`).first().waitFor();
}
