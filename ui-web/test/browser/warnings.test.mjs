// Limits that press: the bell, the digest, what is new, and notices of the desktop.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { check, live, open, shoot, signIn, toEnglish } from './walk.mjs';

const kAxe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A headless browser shows no notices: they are counted instead, in every tab. `answer`: of the person who is asked. */
async function watchNotices(page, answer = 'granted') {
  await page.addInitScript((given) => {
    let permission = sessionStorage.getItem('permission') ?? 'default';
    window.notices = [];
    window.asked = 0;
    window.Notification = class {
      static get permission() {
        return permission;
      }
      static async requestPermission() {
        window.asked++;
        permission = given;
        sessionStorage.setItem('permission', given);
        return given;
      }
      constructor(title, options) {
        window.notices.push({ title, ...options });
        window.lastNotice = this;
      }
      close() {}
    };
  }, answer);
}

const notices = (page) => page.evaluate(() => window.notices);

/** As if another window lay over the page. */
const hide = (page, hidden) =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);

async function examine(page, where) {
  await page.evaluate(kAxe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] }));
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  assert.deepEqual(serious.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map((node) => node.html).join(' | ')}`), []);
}

check('a clerk sees in groups what presses, and goes there', async (page, office, id) => {
  office.warnings.delivered.set('1002', '2026-10-09T15:02:00+08:00');
  await signIn(page, office);
  assert.match(await id('warnings-open').innerText(), /时限预警\s*7/);
  await id('warnings-open').click();
  const groups = await id('warning-group').evaluateAll((all) => all.map((one) => [one.dataset.state, one.dataset.clock, one.querySelector('.count').textContent]));
  assert.deepEqual(groups, [
    ['overdue', 'resolve', '1'],
    ['late_on_arrival', 'acknowledge', '1'],
    ['due_soon', 'acknowledge', '1'],
    ['due_soon', 'contact', '3'],
    ['due_soon', 'resolve', '1'],
  ]);
  assert.match(await page.locator('[data-state=late_on_arrival]').innerText(), /送达时已超期[\s\S]*今天 15:02 送达/);
  assert.equal(await id('warnings-escalated').count(), 0);
  await examine(page, 'the digest');
  await shoot(page, 'warnings-clerk');
  await page.locator('[data-testid=warning-line][data-id="1004"]').click();
  await page.locator('[data-testid=assignment][data-id="1004"]').waitFor();
  assert.equal(await id('warnings').count(), 0);
});

check('an assignment says which of its limits had passed when it came', async (page, office, id) => {
  office.desk.find('clerk', '1002').clocks[0].arrived_late_at = '2026-10-09T15:02:00+08:00';
  await signIn(page, office);
  await open(page, '1002');
  assert.match(await page.locator('[data-testid=clock][data-clock=acknowledge]').innerText(), /送达时已超期（今天 15:02 送达）/);
  assert.equal(await id('arrived-late').count(), 1);
  await examine(page, 'an assignment that was late on arrival');
  await shoot(page, 'arrived-late');
});

check('a supervisor sees apart what went up, and who has it', async (page, office, id) => {
  office.knobs.role = 'supervisor';
  office.desk.find('supervisor', '1009').summary.due.due = '2026-10-10T17:00:00+08:00';
  await signIn(page, office);
  await id('warnings-open').click();
  assert.match(await id('warnings-own').innerText(), /我经办的/);
  assert.match(await id('warnings-escalated').innerText(), /王晓燕[\s\S]*超/);
  assert.match(await id('warnings-escalated').innerText(), /无人经办/);
  await examine(page, 'a supervisor’s digest');
  await shoot(page, 'warnings-supervisor');
});

check('nothing asks for notices but the button, and one notice tells of many', async (page, office, id) => {
  await signIn(page, office);
  await live(page);
  office.warnings.comeUp(7);
  office.tell('warnings');
  await page.locator('[data-testid=warnings-news] >> text=新增 7').waitFor();
  assert.equal(await page.evaluate(() => window.asked), 0);
  assert.deepEqual(await notices(page), []);
  await id('warnings-open').click();
  await page.waitForFunction(() => document.querySelector('[data-testid=warnings-news]').textContent === '');
  assert.equal(office.warnings.heard, 1, 'who has looked has heard');
  await id('warnings-notify').click();
  await page.locator('[data-testid=warnings-notice][data-permission=granted]').waitFor();
  await id('warnings-close').click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'warnings-bell');

  office.warnings.comeUp(3);
  office.tell('warnings');
  await page.waitForFunction(() => window.notices.length === 1);
  const [notice] = await notices(page);
  assert.equal(notice.title, '时限预警：新增 3 件');
  assert.equal(notice.body, '已超期 2 · 临期 5');
  for (const { summary } of office.desk.assignments) assert.ok(!`${notice.title}${notice.body}`.includes(summary.title));
  await page.evaluate(() => window.lastNotice.onclick());
  await id('warnings').waitFor();
}, (page) => watchNotices(page));

check('nothing rings twice: not after a reload, not in a second tab, and one tab only', async (page, office, id, context) => {
  await signIn(page, office);
  await id('warnings-open').click();
  await id('warnings-notify').click();
  await id('warnings-close').click();
  await live(page);
  const second = await context.newPage();
  await second.addInitScript(() => sessionStorage.setItem('permission', 'granted'));
  await watchNotices(second);
  await second.goto(office.url);
  await live(second);
  office.warnings.comeUp(2);
  office.tell('warnings');
  await page.waitForFunction(() => document.querySelector('[data-testid=warnings-news]').textContent === '');
  await second.waitForFunction(() => document.querySelector('[data-testid=warnings-news]')?.textContent === '');
  await live(page);
  assert.equal((await notices(page)).length + (await notices(second)).length, 1);
  await page.reload();
  await live(page);
  assert.deepEqual(await notices(page), []);
}, (page) => watchNotices(page));

check('what was looked at in one tab is not marked as new in another', async (page, office, id, context) => {
  await signIn(page, office);
  await live(page);
  const second = await context.newPage();
  await second.goto(office.url);
  await live(second);
  office.warnings.comeUp(2);
  office.tell('warnings');
  await page.locator('[data-testid=warnings-news] >> text=新增 2').waitFor();
  await second.locator('[data-testid=warnings-news] >> text=新增 2').waitFor();
  await id('warnings-open').click();
  await second.waitForFunction(() => document.querySelector('[data-testid=warnings-news]').textContent === '');
});

check('a page out of sight asks by itself, and a locked one is told numbers', async (page, office, id) => {
  await signIn(page, office);
  await id('warnings-open').click();
  await id('warnings-notify').click();
  await id('warnings-close').click();
  await live(page);
  await hide(page, true);
  office.warnings.comeUp(1);
  await page.clock.runFor(61_000);
  await page.waitForFunction(() => window.notices.length === 1);
  office.signedIn = false;
  office.locked = true;
  await hide(page, false);
  await id('sign-in-again').waitFor();
  office.warnings.comeUp(4);
  await page.clock.runFor(61_000);
  await page.waitForFunction(() => window.notices.length === 2);
  assert.equal((await notices(page))[1].title, '时限预警：新增 4 件');
}, async (page) => {
  await page.clock.install();
  await watchNotices(page);
});

check('a refused permission says where to change it', async (page, office, id) => {
  await signIn(page, office);
  await id('warnings-open').click();
  await id('warnings-notify').click();
  assert.match(await id('warnings-notice').innerText(), /网站设置/);
  assert.equal(await id('warnings-notify').count(), 0);
}, (page) => watchNotices(page, 'denied'));

check('the digest is read and left by keyboard, in English, in a small window, by the estimate', async (page, office, id) => {
  office.knobs.clock = 'floor';
  await page.setViewportSize({ width: 400, height: 800 });
  await signIn(page, office);
  await toEnglish(page);
  await id('warnings-open').focus();
  await page.keyboard.press('Enter');
  await id('warnings').waitFor();
  assert.match(await id('warnings').innerText(), /goes by the estimate/);
  assert.doesNotMatch(await page.locator('.digest h2, .warning-state, .notice-choice').allInnerTexts().then((all) => all.join(' ')), /[一-鿿]/);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(over <= 0, `${over} px too wide`);
  await examine(page, 'a small digest');
  await shoot(page, 'warnings-en-400');
  await page.keyboard.press('Escape');
  await id('warnings').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.id), 'warnings-bell');
});

check('where nothing presses the bell says so', async (page, office, id) => {
  for (const one of office.desk.assignments) one.summary.due = null;
  await signIn(page, office);
  assert.equal(await id('warnings-count').count(), 0);
  await page.waitForFunction(() => !document.title.startsWith('('));
  await id('warnings-open').click();
  await id('warnings-none').waitFor();
});
