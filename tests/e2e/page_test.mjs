// One clerk at a real browser on the real office program: signs in, works with the centre out of reach, sees "saved
// here", and after the link is back "in force" with the receipt. Screenshots stay in the build folder.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { City } from './support/city.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
if (!existsSync(path.join(root, 'ui-web/node_modules/playwright-core'))) {
  console.log('skipped: playwright-core is not installed; packaging/install brings it');
  process.exit(77);
}
const { browserProgram, withBrowser } = await import('../../ui-web/test/browser/browser.mjs');
if (!browserProgram()) {
  console.log('skipped: no chromium here; packaging/install brings it');
  process.exit(77);
}

const shots = process.env.FIELDNODE_SHOTS ?? path.join(os.tmpdir(), 'fieldnode-shots');
mkdirSync(shots, { recursive: true });
const dir = mkdtempSync(path.join(os.tmpdir(), 'fieldnode-page-'));
const city = new City(dir);

const truth = (page, kind, state) =>
  page.locator(`[data-testid=timeline-item][data-kind=${kind}] [data-truth=${state}]`).first();
const shoot = async (page, name) => {
  await page.waitForTimeout(250);
  await page.screenshot({ path: path.join(shots, `e2e-${name}.png`) });
};

async function clerkAtWork(context, office) {
  const page = await context.newPage();
  const id = (name) => page.getByTestId(name);
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => /Content Security Policy/.test(message.text()) && problems.push(message.text()));
  await page.goto(office.daemon.ready.page);

  await id('login-name').fill('李静');
  await id('login-password').fill(office.secondLogin);
  await id('login-submit').click();
  await id('new-password').fill('浏览器里的长密码');
  await id('new-password-again').fill('浏览器里的长密码');
  await id('new-password-submit').click();
  await id('assignment-row').first().waitFor();
  await shoot(page, 'home');

  office.link.set('refuse');
  await page.locator('[data-testid=band-link][data-state=offline]').waitFor({ timeout: 60_000 });
  await id('assignment-row').first().click();
  await id('assignment').waitFor();

  await id('action-acknowledgement').click();
  await truth(page, 'acknowledgement', 'saved').waitFor();
  await page.reload();
  await truth(page, 'acknowledgement', 'saved').waitFor();
  await shoot(page, 'saved-here');

  await id('action-contact').click();
  await id('option-channel-telephone').check();
  await id('option-outcome-reached').check();
  await id('field-spoke_with').fill('本人');
  await id('field-note').fill('已电话说明处理安排');
  await id('form-submit').click();
  await truth(page, 'contact', 'saved').waitFor();

  await id('action-resolution').click();
  await id('option-verified-yes').check();
  await id('option-solved-yes').check();
  await id('field-note').fill('现场修复路灯');
  await id('field-public_answer').fill('您反映的路灯已修复。');
  await shoot(page, 'resolution-form');
  await id('form-submit').click();
  await truth(page, 'resolution', 'saved').waitFor();
  await page.reload();
  await truth(page, 'resolution', 'saved').waitFor();
  assert.equal(await page.locator('[data-truth=in_force]').count(), 0, 'nothing is in force with the cable pulled');
  await shoot(page, 'three-acts-offline');

  office.link.set('pass');
  for (const kind of ['acknowledgement', 'contact', 'resolution']) {
    await truth(page, kind, 'in_force').waitFor({ timeout: 60_000 });
  }
  assert.match(await truth(page, 'acknowledgement', 'in_force').innerText(), /R-\d+/);
  await page.locator('[data-testid=band-link][data-state=online]').waitFor();
  await shoot(page, 'in-force');
  await page.setViewportSize({ width: 400, height: 800 });
  await shoot(page, 'narrow');
  assert.deepEqual(problems, []);
}

try {
  await city.init();
  city.addUnit('XF', '幸福街道办事处');
  await city.startCentre();
  const office = await city.office('XF', { secondUser: '李静' });
  for (let number = 1; number <= 12; number += 1) await city.dispatchNew('XF', number);
  await withBrowser((context) => clerkAtWork(context, office));
  console.log(`ok: page (screenshots in ${shots})`);
} catch (error) {
  console.error(city.logs());
  throw error;
} finally {
  await city.stopAll();
  rmSync(dir, { recursive: true, force: true });
}
