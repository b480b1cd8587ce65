// An operator and a clerk on the telephone, each at a real browser on the real programs, the data link being down; then
// the link is back and both pages say that it holds. Besides: times that were signed wrongly are taken back by two.
// Screenshots stay in the build folder.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { misheard } from './phone/digits.mjs';
import { City, password } from './support/city.mjs';
import { eventually } from './support/program.mjs';

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
const dir = mkdtempSync(path.join(os.tmpdir(), 'fieldnode-phone-page-'));
const city = new City(dir);
const stage = (text) => console.log(`- ${text}`);
const byId = (page, id) => page.locator(`[data-testid="${id}"]`);

async function signedIn(context, at, name, problems) {
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);  // a code is made to be dear, and a busy machine takes its time
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(at);
  await byId(page, 'login-name').fill(name);
  await byId(page, 'login-password').fill(password);
  await byId(page, 'login-submit').click();
  await byId(page, 'staff').waitFor();
  return page;
}

const axe = readFileSync(createRequire(path.join(root, 'ui-web/package.json')).resolve('axe-core/axe.min.js'), 'utf8');

/// Light and dark, on a narrow screen and in English: nobody is kept out.
async function examine(page, name) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] }));
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    assert.deepEqual(serious.map(({ id, nodes }) => [id, nodes[0].html]), [], `${name}, ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await byId(page, 'language-switch').click();
  await page.locator('html[lang=en]').waitFor();
  await page.setViewportSize({ width: 400, height: 800 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(over <= 0, `${name}: ${over} px too wide`);
  await shoot(page, `${name}-narrow-en`);
  await page.setViewportSize({ width: 1366, height: 768 });
  await byId(page, 'language-switch').click();
}

const shoot = (page, name) => page.screenshot({ path: path.join(shots, `phone-${name}.png`), fullPage: true });

async function call(centre, office) {
  await byId(centre, 'place-units').click();
  await byId(centre, 'unit-phone').click();
  await byId(centre, 'phone-draw').click();
  const challenge = await byId(centre, 'phone-challenge').innerText();
  await shoot(centre, 'centre-challenge');

  await byId(office, 'to-phone').click();
  await byId(office, 'field-challenge').fill(misheard(challenge));
  await byId(office, 'submit-challenge').click();
  await byId(office, 'problem-challenge').waitFor();
  await shoot(office, 'office-mistyped');
  await byId(office, 'field-challenge').fill(challenge);
  await byId(office, 'submit-challenge').click();
  const code = await byId(office, 'phone-code').innerText();
  await shoot(office, 'office-code');
  await examine(office, 'office');

  await byId(centre, 'field-code').fill(code);
  await byId(centre, 'submit-code').click();
  const answer = await byId(centre, 'phone-answer').innerText();
  await shoot(centre, 'centre-answer');
  await examine(centre, 'centre');

  await byId(office, 'field-answer').fill(answer);
  await byId(office, 'submit-answer').click();
  await byId(office, 'phone-proven').waitFor();
  assert.equal(await byId(office, 'phone-proof').getAttribute('data-state'), 'told');
  await shoot(office, 'office-proven');
}

async function takeBack(context, centre, problems) {
  const colleague = await signedIn(context.second, city.centre.ready.page, '钱进', problems);
  await centre.goto(`${city.centre.ready.page}/#/units`);
  await byId(centre, 'times').locator('summary').click();
  await byId(centre, 'times-from').fill('2026-01-01T00:00');
  await byId(centre, 'times-until').fill('2099-01-01T00:00');
  await byId(centre, 'times-reason').fill('授时服务停了一小时');
  await byId(centre, 'times-propose').click();
  await byId(centre, 'times-proposal').waitFor();
  assert.equal(await byId(centre, 'times-confirm').count(), 0, 'nobody confirms their own');
  await shoot(centre, 'centre-times');
  await examine(centre, 'centre-times');
  await byId(colleague, 'place-units').click();
  await byId(colleague, 'times-confirm').click();
  await colleague.locator('[data-testid="times-proposal"][data-standing="confirmed"]').waitFor();
  await shoot(colleague, 'centre-times-confirmed');
}

try {
  await city.init();
  city.addUnit('XF', '幸福街道办事处');
  await city.startCentre();
  await city.visit('钱进');
  const office = await city.office('XF');
  const { id } = (await city.dispatchNew('XF', 1)).assignment;
  await eventually('the office holds it', async () => (await office.assignments()).length === 1);
  const problems = [];
  await withBrowser(async (first) => {
    await withBrowser(async (second) => {
      const centre = await signedIn(first, city.centre.ready.page, '赵敏', problems);
      const clerk = await signedIn(second, office.daemon.ready.page, '王芳', problems);
      stage('the cable is pulled, somebody telephones');
      office.link.set('refuse');
      const acted = await office.visitor.post(`/api/assignments/${id}/acts`, { act_id: 'phone-page-1', kind: 'acknowledgement' });
      assert.equal(acted.status, 201);
      await call(centre, clerk);
      stage('the link is back');
      office.link.set('pass');
      office.nudge();
      await clerk.locator('[data-testid="phone-proof"][data-state="holds"]').waitFor();
      await centre.locator('[data-testid="phone-receipt"][data-state="holds"]').waitFor();
      await shoot(clerk, 'office-holds');
      await shoot(centre, 'centre-holds');
      stage('wrong times are taken back');
      await takeBack({ second }, centre, problems);
    });
  });
  assert.deepEqual(problems, []);
  console.log(`ok: phone pages (screenshots in ${shots})`);
} catch (error) {
  console.error(city.logs());
  throw error;
} finally {
  await city.stopAll();
  rmSync(dir, { recursive: true, force: true });
}
