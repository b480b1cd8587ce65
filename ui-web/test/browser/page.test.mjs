// The office page in a real browser against an office that answers from memory: what staff do, and what goes wrong while
// they do it. Screenshots are kept in FIELDNODE_SHOTS, if that is set.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';

import { browserProgram, withBrowser } from './browser.mjs';
import { FixtureOffice } from './fixture_server.mjs';

const kShots = process.env.FIELDNODE_SHOTS;
const kAxe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** An office with its page open, nobody signed in. `problems` gathers what the page may never do. */
async function withPage(use) {
  const office = new FixtureOffice();
  await office.listen();
  try {
    await withBrowser(async (context) => {
      const page = await context.newPage();
      const problems = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => /Content Security Policy/.test(message.text()) && problems.push(message.text()));
      page.on('request', (request) => request.url().startsWith(office.url) || problems.push(`outside: ${request.url()}`));
      await page.goto(office.url);
      await use(page, office, (id) => page.getByTestId(id), context);
      assert.deepEqual(problems, []);
    });
  } finally {
    await office.stop();
  }
}

async function signIn(page, office) {
  office.mustChange = false;
  await page.getByTestId('login-name').fill('王晓燕');
  await page.getByTestId('login-password').fill(office.password);
  await page.getByTestId('login-submit').click();
  await page.getByTestId('assignment-row').first().waitFor();
}

async function open(page, id) {
  await page.locator(`[data-testid=assignment-row][data-id="${id}"]`).click();
  await page.locator(`[data-testid=assignment][data-id="${id}"]`).waitFor();
}

async function shoot(page, name) {
  if (!kShots) return;
  mkdirSync(kShots, { recursive: true });
  await page.waitForTimeout(200);
  await page.screenshot({ path: path.join(kShots, `${name}.png`) });
}

function truthOf(page, kind) {
  return page.locator(`[data-testid=timeline-item][data-kind=${kind}] [data-testid=truth]`).first();
}

async function waitForTruth(page, kind, truth) {
  await page.locator(`[data-testid=timeline-item][data-kind=${kind}] [data-truth=${truth}]`).first().waitFor();
}

const skip = browserProgram() || process.env.CI ? false : 'no chromium here; packaging/install brings it';
const check = (name, use) => test(name, { skip, timeout: 120_000 }, () => withPage(use));

check('a one-time password opens nothing but the choice of another', async (page, office, id) => {
  await id('login-name').fill('王晓燕');
  await id('login-password').fill('wrong');
  await id('login-submit').click();
  await id('login-error').waitFor();
  await id('login-password').fill(office.password);
  await id('login-submit').click();
  await id('new-password').fill('short');
  await id('new-password-again').fill('other');
  await id('new-password-submit').click();
  assert.match(await id('login-error').innerText(), /不一致/);
  assert.equal(office.requests.includes('POST /api/session/password'), false);
  await id('new-password-again').fill('short');
  await id('new-password-submit').click();
  await page.locator('[data-code=password_too_short]').waitFor();
  await id('new-password').fill('eight or more');
  await id('new-password-again').fill('eight or more');
  await id('new-password-submit').click();
  await id('assignment-row').first().waitFor();
  assert.equal(office.password, 'eight or more');
});

check('work stands in groups by what presses', async (page, office) => {
  await signIn(page, office);
  const groups = await page.locator('[data-testid^=group-]').evaluateAll((all) => all.map((one) => [one.dataset.testid, one.querySelectorAll('a').length]));
  assert.deepEqual(groups, [['group-overdue', 2], ['group-today', 3], ['group-week', 2], ['group-later', 4], ['group-waiting', 2]]);
  await shoot(page, 'home');
});

check('an acknowledgement made with the centre out of reach is saved here, then in force with its receipt', async (page, office, id) => {
  office.knobs.link = 'offline';
  await signIn(page, office);
  assert.equal(await id('band-link').getAttribute('data-state'), 'offline');
  await open(page, '1003');
  await id('action-acknowledgement').click();
  await waitForTruth(page, 'acknowledgement', 'saved');
  await shoot(page, 'saved-here');
  await page.reload();
  await waitForTruth(page, 'acknowledgement', 'saved');
  // What happens before the event stream is open again is not told; the page must be listening.
  await page.locator('[data-testid=page-link][data-state=live]').waitFor();
  office.settle();
  await waitForTruth(page, 'acknowledgement', 'in_force');
  assert.match(await truthOf(page, 'acknowledgement').innerText(), /R-2026-004199/);
  assert.equal(await id('band-link').getAttribute('data-state'), 'online');
});

check('a double click and a lost answer record one act', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1003');
  office.knobs.swallow = 1;
  await id('action-acknowledgement').dblclick();
  await page.getByText('没有收到答复').first().waitFor();
  await id('action-acknowledgement').click();
  await waitForTruth(page, 'acknowledgement', 'saved');
  assert.equal(office.acts.size, 1);
  assert.equal(await page.locator('[data-testid=timeline-item][data-kind=acknowledgement]').count(), 1);
});

check('what was changed after a lost answer is no repeat of it, and is not lost', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1003');
  await id('action-note').click();
  await id('field-note').fill('first');
  office.knobs.swallow = 1;
  await id('form-submit').click();
  await id('form-unsure').waitFor();
  await id('field-note').fill('second');
  await id('form-submit').click();
  await page.locator('[data-code=act_id_reused]').waitFor();
  assert.equal(await id('field-note').inputValue(), 'second');
  await id('form-submit').click();
  await page.locator('[data-kind=note] >> text=second').waitFor();
  assert.equal(office.acts.size, 2);
});

check('a contact completes a consultation; its draft survives a reload and the back button', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1004');
  await id('action-contact').click();
  await id('form-submit').click();
  assert.equal(await page.locator('.fault').count(), 2);
  await id('option-channel-telephone').check();
  await id('option-outcome-reached').check();
  await id('field-spoke_with').fill('本人');
  await page.reload();
  assert.equal(await id('field-spoke_with').inputValue(), '本人');
  await page.goBack();
  await id('draft-waiting').waitFor();
  await page.goForward();
  await id('field-completes').check();
  await id('option-verified-yes').check();
  await id('option-solved-yes').check();
  await id('field-public_answer').fill('请携带身份证到窗口办理。');
  await shoot(page, 'contact-form');
  await id('form-submit').click();
  await waitForTruth(page, 'contact', 'saved');
  const [{ content }] = office.acts.values();
  assert.deepEqual(JSON.parse(content).completes, { verified: 'yes', solved: 'yes', public_answer: '请携带身份证到窗口办理。', beyond_duty: false });
  assert.equal(await id('draft-waiting').count(), 0);
});

check('a session that ends in the middle of a form loses nothing', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1003');
  await id('action-note').click();
  await id('field-note').fill('写到一半');
  office.signedIn = false;
  await id('form-submit').click();
  await id('sign-in-again').waitFor();
  await shoot(page, 'session-ended');
  await id('login-password').fill(office.password);
  await id('login-submit').click();
  await id('sign-in-again').waitFor({ state: 'detached' });
  assert.equal(await id('field-note').inputValue(), '写到一半');
  await id('form-submit').click();
  await waitForTruth(page, 'note', 'saved');
});

check('a server that is gone is said plainly; what was being written goes on when it is back', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1003');
  await id('action-note').click();
  await id('field-note').fill('断线时写的');
  await office.stop();
  await page.locator('[data-testid=page-link][data-state=gone]').waitFor();
  await id('form-submit').click();
  await id('form-unsure').waitFor();
  await shoot(page, 'server-gone');
  await office.listen();
  await page.locator('[data-testid=page-link][data-state=live]').waitFor();
  await id('form-submit').click();
  await waitForTruth(page, 'note', 'saved');
});

check('two tabs on one assignment record one act, and each other\'s acts are seen', async (page, office, id, context) => {
  await signIn(page, office);
  await open(page, '1003');
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByTestId('action-acknowledgement').click();
  await waitForTruth(other, 'acknowledgement', 'saved');
  await page.bringToFront();
  office.tell('assignment', { id: '1003' });
  await waitForTruth(page, 'acknowledgement', 'saved');
  assert.equal(office.acts.size, 1);
});

check('a refused act says why, and its content stays', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1003');
  assert.equal(await id('action-resolution').getAttribute('aria-disabled'), 'true');
  await id('action-resolution').click({ force: true });
  assert.match(await id('why-not').innerText(), /尚未联系上群众/);
  office.knobs.refuse = 'application_late';
  await id('action-return_application').click();
  await id('field-reason').selectOption('not_ours');
  await id('field-basis').fill('职责清单第三条');
  await id('form-submit').click();
  await page.locator('[data-code=application_late]').waitFor();
  assert.equal(await id('field-basis').inputValue(), '职责清单第三条');
});

check('an uncertain clock is drawn as a range, an unknown one as an estimate', async (page, office, id) => {
  office.knobs.clock = 'carried';
  await signIn(page, office);
  const chip = page.locator('[data-id="1006"] [data-testid=clock-chip]');
  assert.match(await chip.innerText(), /剩 24–27 小时/);
  office.knobs.clock = 'floor';
  office.tell('status');
  await page.locator('[data-testid=band-clock][data-state=floor]').waitFor();
  await page.locator('[data-id="1006"] >> text=约剩 1 天 1 小时').waitFor();
  await open(page, '1001');
  await page.locator('[data-testid=clock][data-clock=resolve] summary').click();
  await page.locator('[data-testid=clock][data-clock=resolve] >> text=周六补班').waitFor();
});

check('the whole page speaks English, keeps the choice and fits small windows', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1001');
  await id('language-switch').click();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await page.reload();
  await id('assignment').waitFor();
  const own = await page.locator('.top-bar .brand, .band, .tabs, .group h2, .buttons, .column h2, .side').allInnerTexts();
  assert.doesNotMatch(own.join(' '), /[一-鿿]/);
  for (const [width, height] of [[1366, 768], [1199, 768], [683, 384], [400, 800], [320, 640]]) {
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
  });
}

async function examine(page, where) {
  await page.evaluate(kAxe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] }));
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = serious.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map((node) => node.html).join(' | ')}`);
  assert.deepEqual(told, []);
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
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await waitForTruth(page, 'note', 'saved');
});
