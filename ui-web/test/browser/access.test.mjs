// The page for everybody: both languages, small windows, axe, keyboard.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { check, open, shoot, signIn, toEnglish, waitForTruth } from './walk.mjs';

const kAxe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

check('the whole page speaks English, keeps the choice and fits small windows', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1001');
  await toEnglish(page);
  await page.reload();
  await id('assignment').waitFor();
  const own = await page.locator('.top-bar .brand, .band, .tabs, .group h2, .buttons, .column h2, .side').allInnerTexts();
  assert.doesNotMatch(own.join(' '), /[一-鿿]/);
  for (const [width, height] of [[1920, 1080], [1366, 768], [1199, 768], [683, 384], [400, 800], [320, 640]]) {
    await page.setViewportSize({ width, height });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(over <= 0, `${width}: ${over} px too wide`);
    await shoot(page, `en-${width}`);
  }
});

for (const scheme of ['light', 'dark']) {
  check(`no serious finding of axe, ${scheme}`, async (page, office, id) => {
    await page.emulateMedia({ colorScheme: scheme });
    await examine(page, 'sign-in');
    office.knobs.link = 'offline';
    office.knobs.storage = true;
    await signIn(page, office);
    await examine(page, 'home');
    await open(page, '1001');
    await page.locator('[data-testid=clock][data-clock=resolve] summary').click();
    await id('action-resolution').click();
    await id('field-unreachable').check();
    await id('form-submit').click();
    await examine(page, 'one assignment');
    await shoot(page, `assignment-${scheme}`);
    await id('form-cancel').click();
    await id('unmask').click();
    await examine(page, 'the reason for contact data');
    await id('unmask-reason-visit').check();
    await id('unmask-submit').click();
    await id('in-clear').waitFor();
    await examine(page, 'contact data in clear');
    await id('bulk-begin').click();
    await id('bulk-all').click();
    await examine(page, 'several chosen');
    await id('bulk-send').click();
    await page.locator('[data-testid=bulk-result] [data-truth=saved]').first().waitFor();
    await examine(page, 'several acknowledged');
    await id('search').fill('路灯');
    await id('group-found').waitFor();
    await examine(page, 'found');
    await id('search').fill('没有');
    await id('search-nothing').waitFor();
    await examine(page, 'nothing found');
    await id('shortcut-help-button').click();
    await id('shortcut-help').waitFor();
    await examine(page, 'the help');
    await shoot(page, `help-${scheme}`);
  });
}

async function examine(page, where) {
  await page.evaluate(kAxe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] }));
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = serious.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map((node) => node.html).join(' | ')}`);
  assert.deepEqual(told, []);
}

/** What the tab key passes on its way there. */
async function tabTo(page, testid) {
  const passed = [];
  for (let step = 0; step < 10; step++) {
    await page.keyboard.press('Tab');
    const reached = await page.evaluate(() => document.activeElement?.dataset.testid ?? '');
    if (reached === testid) return passed;
    passed.push(reached);
  }
  throw new Error(`${testid} is not reached by way of ${passed.join(' ')}`);
}

check('everything is reached and done by keyboard', async (page, office, id) => {
  await signIn(page, office);
  await page.locator('[data-id="1003"]').focus();
  await page.keyboard.press('Enter');
  await id('assignment').waitFor();
  await page.locator('.skip').focus();
  await page.keyboard.press('Enter');
  const reached = [];
  for (let step = 0; step < 12; step++) {
    reached.push(await page.evaluate(() => document.activeElement?.dataset.testid ?? ''));
    await page.keyboard.press('Tab');
  }
  for (const kind of ['acknowledgement', 'contact', 'resolution', 'note']) assert.ok(reached.includes(`action-${kind}`), reached.join(' '));
  await id('action-note').focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-testid=field-note]:focus').waitFor();
  await page.keyboard.type('by keyboard');
  const passed = await tabTo(page, 'form-submit');
  assert.ok(passed.includes('attach-choose'), 'files are chosen by keyboard, too');
  await page.keyboard.press('Enter');
  await waitForTruth(page, 'note', 'saved');
});

const focusedRow = (page) => page.evaluate(() => document.activeElement?.dataset.id ?? '');

check('single keys go through the list, open, search and explain themselves; switched off they are letters', async (page, office, id) => {
  await signIn(page, office);
  for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
  assert.equal(await focusedRow(page), '1002');
  await page.keyboard.press('Enter');
  await page.locator('[data-testid=assignment][data-id="1002"]').waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'assignment');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.testid), 'action-acknowledgement');
  await page.keyboard.press('j');
  assert.equal(await focusedRow(page), '1003', 'on from the one that is open');
  await page.keyboard.press('/');
  await page.keyboard.type('jk?');
  assert.equal(await id('search').inputValue(), 'jk?', 'in a field a letter is a letter');
  await page.keyboard.press('Escape');
  await id('search').blur();
  await page.keyboard.press('?');
  await id('shortcut-help').waitFor();
  await page.keyboard.press('j');
  await shoot(page, 'shortcut-help');
  await id('shortcuts-on').uncheck();
  await page.keyboard.press('Escape');
  await id('shortcut-help').waitFor({ state: 'detached' });
  await page.locator('[data-testid=assignment-row]').first().focus();
  await page.keyboard.press('j');
  assert.equal(await focusedRow(page), '1001');
  await page.reload();
  await id('assignment').waitFor();
  await page.keyboard.press('?');
  assert.equal(await id('shortcut-help').count(), 0, 'the choice is kept');
});

check('a form gives the focus back: to its button, or to what came of it', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1003');
  await id('action-note').press('Enter');
  await page.locator('[data-testid=field-note]:focus').waitFor();
  await id('form-cancel').press('Enter');
  await page.locator('[data-testid=action-note]:focus').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('[data-testid=field-note]:focus').waitFor();
  await page.keyboard.type('记一笔');
  await id('form-submit').press('Enter');
  await id('result').waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'assignment');
});
