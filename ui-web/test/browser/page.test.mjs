// What clerks do with the page all day.
import assert from 'node:assert/strict';

import { check, live, open, shoot, signIn, toEnglish, truthOf, waitForTruth } from './walk.mjs';

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
  assert.deepEqual(groups, [['group-overdue', 2], ['group-today', 3], ['group-week', 2], ['group-later', 3], ['group-waiting', 2]]);
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
  await live(page);
  office.settle();
  await waitForTruth(page, 'acknowledgement', 'in_force');
  assert.match(await truthOf(page, 'acknowledgement').innerText(), /R-2026-004199/);
  assert.equal(await id('band-link').getAttribute('data-state'), 'online');
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

check('an uncertain clock is drawn as a range, one after a boot as an estimate, a dead one as a bound', async (page, office) => {
  office.knobs.radius = 3600e3;
  await signIn(page, office);
  const chip = page.locator('[data-id="1006"] [data-testid=clock-chip]');
  assert.match(await chip.innerText(), /剩 24–27 小时/);
  assert.equal(await page.locator('.figure dd').first().innerText(), '2');
  office.knobs.clock = 'carried';
  office.tell('status');
  await page.locator('[data-testid=band-clock][data-state=carried]').waitFor();
  await page.locator('[data-id="1006"] >> text=约剩 1 天 1 小时').waitFor();
  assert.equal(await page.locator('.figure dd').first().innerText(), '≥ 2');
  office.knobs.clock = 'floor';
  office.tell('status');
  await page.locator('[data-testid=band-clock][data-state=floor]').waitFor();
  await page.locator('[data-id="1006"] >> text=至多剩 1 天 2 小时').waitFor();
  assert.deepEqual((await page.locator('.figure dd').allInnerTexts()).slice(0, 2), ['≥ 2', '不明']);
  assert.equal(await page.getByTestId('group-today').count(), 0, 'nobody here knows which day it is');
  await open(page, '1001');
  await page.locator('[data-testid=clock][data-clock=resolve] summary').click();
  await page.locator('[data-testid=clock][data-clock=resolve] [data-code=days_off] >> text=2026-10-01至2026-10-07放假').waitFor();
});


check('what changes between the first look and the opening of the event stream is seen', async (page, office) => {
  office.knobs.link = 'offline';
  await signIn(page, office);
  await open(page, '1003');
  await page.getByTestId('action-acknowledgement').click();
  await waitForTruth(page, 'acknowledgement', 'saved');
  await live(page);
  // Nobody listens at that moment, so no event tells of it; there is none afterwards either.
  office.knobs.beforeStream = () => office.settle();
  await page.reload();
  await waitForTruth(page, 'acknowledgement', 'in_force');
  assert.equal(await page.getByTestId('band-link').getAttribute('data-state'), 'online');
});

check('contact data are shown in clear for a reason, on record, and not for long', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1003');
  assert.doesNotMatch(await page.locator('.citizen').innerText(), /13812341002/);
  await id('unmask').click();
  await id('unmask-submit').click({ force: true });
  assert.equal(office.acts.size, 0, 'no reason, no number');
  await id('unmask-reason-call').check();
  await shoot(page, 'unmask-reason');
  await id('unmask-submit').click();
  assert.equal(await id('telephone').getAttribute('href'), 'tel:13812341002');
  await waitForTruth(page, 'unmasking', 'saved');
  assert.equal(JSON.parse([...office.acts.values()][0].content).reason, '电话联系群众');
  await shoot(page, 'unmasked');
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }) + location.href);
  assert.doesNotMatch(kept, /13812341002/);
  await id('unmask-record').click();
  assert.equal(await id('field-number_used').inputValue(), '138****1002');
  assert.equal(await id('option-channel-telephone').isChecked(), true);
  await open(page, '1004');
  await open(page, '1003');
  await id('unmask').waitFor();
  assert.equal(await id('in-clear').count(), 0, 'leaving the assignment hides it');
});

check('contact data in clear go by themselves after five minutes', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1003');
  await id('unmask').click();
  await id('unmask-reason-other').check();
  await id('unmask-other').fill('核对门牌号');
  await id('unmask-submit').click();
  await id('in-clear').waitFor();
  await page.clock.fastForward('04:50');
  assert.equal(await id('in-clear').count(), 1);
  await page.clock.fastForward('00:11');
  await id('unmask').waitFor();
  assert.equal(await id('in-clear').count(), 0);
}, (page) => page.clock.install());

check('a part of a number, title or place finds an assignment wherever it stands', async (page, office, id) => {
  await signIn(page, office);
  await page.keyboard.press('/');
  await page.keyboard.type('公租房');
  const rows = id('group-found').getByTestId('assignment-row');
  await rows.first().waitFor();
  assert.deepEqual(await rows.evaluateAll((all) => all.map((row) => row.dataset.id)), ['1013']);
  assert.equal(await page.locator('mark').first().innerText(), '公租房');
  await shoot(page, 'search');
  await id('search').fill('没有这样的事');
  await id('search-nothing').waitFor();
  assert.match(await id('search-nothing').innerText(), /没有找到“没有这样的事”/);
  await shoot(page, 'search-nothing');
  await id('search').press('Escape');
  await id('group-overdue').waitFor();
  assert.equal(await id('search').inputValue(), '');
  const asked = office.searches.length;
  assert.ok(asked <= 3, `asked once for a pause in typing, not for each character: ${asked}`);
});

check('several assignments are acknowledged in one go, and each says what came of it', async (page, office, id) => {
  await signIn(page, office);
  await id('bulk-begin').click();
  assert.equal(await id('bulk-tick').count(), 2);
  await id('bulk-all').click();
  office.knobs.swallow = 1;
  await id('bulk-send').dblclick();
  await page.locator('[data-testid=bulk-result][data-id="1002"][data-phase=unsure]').waitFor();
  await page.locator('[data-testid=bulk-result][data-id="1003"] [data-truth=unsaved]').waitFor();
  await shoot(page, 'bulk-unsure');
  await id('bulk-again').click();
  for (const one of ['1002', '1003']) await page.locator(`[data-testid=bulk-result][data-id="${one}"] [data-truth=saved]`).waitFor();
  assert.equal(office.acts.size, 2);
  assert.equal(new Set(office.acts.keys()).size, 2);
  await shoot(page, 'bulk-done');
  office.settle();
  await page.locator('[data-testid=bulk-result][data-id="1002"] [data-truth=in_force]').waitFor();
});

check('an application is withdrawn from its own row', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1004');
  await id('action-extension_application').click();
  assert.match(await id('law').innerText(), /最多延期两次，每次不超过原时限（5 个工作日）；已批准 0 次/);
  await shoot(page, 'extension-form');
  await id('field-ground').selectOption('site_work');
  await id('field-days').fill('3');
  await id('field-text').fill('需要开挖路面');
  await id('form-submit').click();
  await waitForTruth(page, 'extension_application', 'saved');
  await page.locator('[data-testid=action-extension_application][aria-disabled=true]').waitFor();
  await id('withdraw').click();
  await id('withdraw-reason').fill('工期已确定');
  await shoot(page, 'withdraw');
  await id('withdraw-submit').click();
  await page.locator('[data-testid=timeline-item][data-kind=extension_application][data-standing=withdrawn]').waitFor();
  assert.equal(await id('withdraw').count(), 0);
  const [application, withdrawal] = [...office.acts.values()];
  assert.deepEqual(JSON.parse(withdrawal.content).application, { epoch: application.item.epoch, seq: application.item.seq });
});

check('the days of a limit stand in a small calendar', async (page, office) => {
  await signIn(page, office);
  await open(page, '1001');
  const clock = page.locator('[data-testid=clock][data-clock=resolve]');
  await clock.locator('summary').click();
  const counted = await clock.locator('[data-testid=calendar-strip] [data-count]').evaluateAll((all) => all.map((day) => day.querySelector('.day-number').textContent));
  assert.deepEqual(counted, ['22', '23', '24', '28', '29', '30', '8']);
  assert.equal(await clock.locator('[data-mark=holiday]').count(), 10);
  await shoot(page, 'why-this-due');
});

check('what was not accepted and what is in conflict stand on top, with what to do next', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1001');
  assert.match(await id('attention').innerText(), /申请退单[\s\S]*申请已超过时限/);
  await open(page, '1003');
  await id('action-note').click();
  await id('field-note').fill('已到现场');
  await id('form-submit').click();
  await waitForTruth(page, 'note', 'saved');
  office.desk.conflict('1003', 'note');
  office.tell('assignment', { id: '1003' });
  await page.locator('[data-testid=attention] [data-standing=conflict]').waitFor();
  assert.match(await id('attention').innerText(), /不用重新办理/);
  await shoot(page, 'conflict');
});

check('a confidential assignment is for supervisors, and says so', async (page, office, id) => {
  office.knobs.role = 'supervisor';
  await signIn(page, office);
  await open(page, '1009');
  assert.match(await page.locator('.overline').innerText(), /保密/);
  office.knobs.role = 'clerk';
  office.tell('assignment', { id: '1009' });
  await page.locator('[data-testid=assignment-row][data-id="1009"]').waitFor({ state: 'detached' });
  await id('tab-work').click();
});

check('how many limits press stands in the title', async (page, office, id) => {
  await signIn(page, office);
  await page.waitForFunction(() => document.title.startsWith('(7) '));
  await open(page, '1008');
  await toEnglish(page);
  await page.waitForFunction(() => document.title.startsWith('(7) Office'));
  office.desk.find('clerk', '1006').summary.due = null;
  office.tell('warnings');
  await page.waitForFunction(() => document.title.startsWith('(6) '));
  await id('sign-out').click();
  await page.waitForFunction(() => !document.title.startsWith('('));
});
