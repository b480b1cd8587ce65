// Policies and calendars at the centre's page: looked at, published, confirmed by a second person.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { kSupervisor } from './central_server.mjs';
import { RulesCentre } from './fixture_rules.mjs';
import { checkAt, shoot, toEnglish } from './walk.mjs';

const kAxe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const check = (name, use) => checkAt(() => new RulesCentre(), name, use);
const kStricter = '{"version":"measures-v2","limits":{"contact":"2wd"}}';
const kPast = '{"year":2026,"version":"2026-10-09","region":"云州市","off":["2026-09-28"],"work":[]}';

async function openRules(page, centre) {
  await page.getByTestId('login-name').fill(centre.staff.name);
  await page.getByTestId('login-password').fill(centre.password);
  await page.getByTestId('login-submit').click();
  await page.getByTestId('place-rules').click();
  await page.getByTestId('rule-book').waitFor();
}

async function lookAt(id, kind, text) {
  await id(`rules-kind-${kind}`).check();
  await id('rules-text').fill(text);
  await id('rules-preview').click();
}

function asked(centre, door) {
  return centre.requests.filter((request) => request === door).length;
}

check('a policy is published as it was looked at, and a changed text is looked at anew', async (page, centre, id) => {
  await openRules(page, centre);
  await lookAt(id, 'policy', kStricter);
  await id('rules-trial').waitFor();
  assert.match(await id('rules-trial').innerText(), /在办 921 件，提前 3 件，推后 0 件[\s\S]*1 件因此超期/);
  await shoot(page, 'central-rules-preview');
  await id('rules-text').fill(kStricter.replace('2wd', '1wd'));
  assert.equal(await id('rules-publish').count(), 0, 'what was not looked at cannot be published');
  await id('rules-text').fill(kStricter);
  await id('rules-publish').dblclick();
  await id('rules-sent').waitFor();
  assert.equal(await id('rules-sent').getAttribute('data-published'), 'true');
  assert.equal(asked(centre, 'POST /api/rules'), 1);
  assert.equal(await page.locator('[data-testid=rules-publication][data-version=measures-v2]').count(), 1);
  await shoot(page, 'central-rules-published');
});

check('what changes past days waits for a second person, who is somebody else', async (page, centre, id) => {
  await openRules(page, centre);
  await lookAt(id, 'calendar', kPast);
  await id('rules-trial').waitFor();
  assert.equal(await id('rules-trial').getAttribute('data-needs-second'), 'true');
  await id('rules-publish').click();
  await id('rules-proposal').waitFor();
  assert.match(await id('rules-proposal').innerText(), /您本人提出/);
  assert.equal(await id('rules-confirm').count(), 0);
  centre.staff = kSupervisor;
  await id('sign-out').click();
  await openRules(page, centre);
  await shoot(page, 'central-rules-proposal');
  await id('rules-confirm').click();
  await id('rules-publication').waitFor();
  assert.match(await id('rules-publication').innerText(), /方敏 确认/);
  assert.equal(await id('rules-proposal').count(), 0);
});

check('a text that is none says so and keeps what was written; a reader may look only', async (page, centre, id) => {
  await openRules(page, centre);
  await lookAt(id, 'policy', '{"limits":{}}');
  await page.locator('[data-testid=rules-problem][data-code=bad_policy]').waitFor();
  assert.equal(await id('rules-text').inputValue(), '{"limits":{}}');
  centre.staff = { id: '9', name: '顾问', role: 'auditor' };
  await id('sign-out').click();
  await openRules(page, centre);
  assert.equal(await id('rules-text').count(), 0);
});

for (const scheme of ['light', 'dark']) {
  check(`the place of the rules: no serious finding of axe, narrow and in English, ${scheme}`, async (page, centre, id) => {
    await page.emulateMedia({ colorScheme: scheme });
    await openRules(page, centre);
    await toEnglish(page);
    await lookAt(id, 'policy', kStricter);
    await id('rules-trial').waitFor();
    await page.evaluate(kAxe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] }));
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    assert.deepEqual(serious.map(({ id: rule, nodes }) => `${rule}: ${nodes.map((node) => node.html).join(' | ')}`), []);
    for (const width of [1366, 683, 400, 320]) {
      await page.setViewportSize({ width, height: 768 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(over <= 0, `${width}: ${over} px too wide`);
    }
    await page.setViewportSize({ width: 1366, height: 768 });
    await shoot(page, `central-rules-${scheme}`);
  });
}
