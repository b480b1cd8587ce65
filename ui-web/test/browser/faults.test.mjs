// What goes wrong while people work, each with a clear sentence and nothing lost.
import assert from 'node:assert/strict';

import { check, live, open, shoot, signIn, toEnglish, waitForTruth } from './walk.mjs';

check('a double click and a lost answer record one act', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1003');
  office.knobs.swallow = 2; // on a busy machine the second click may become a request of its own
  await id('action-acknowledgement').dblclick();
  await page.getByText('没有收到答复').first().waitFor();
  office.knobs.swallow = 0;
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
  assert.equal(office.acts.size, 1);
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
  await live(page);
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


check('a double click on the button of a form records one act', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1003');
  await id('action-note').click();
  await id('field-note').fill('双击');
  office.knobs.slow = 300;
  await id('form-submit').dblclick();
  await waitForTruth(page, 'note', 'saved');
  await page.keyboard.press('Enter');
  assert.equal(office.acts.size, 1);
});

check('one form in two tabs is one form: both show the same, and it is recorded once', async (page, office, id, context) => {
  await signIn(page, office);
  await open(page, '1003');
  await id('action-note').click();
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByTestId('field-note').waitFor();
  await id('field-note').fill('在第一个标签页写的');
  await other.waitForFunction(() => document.querySelector('[data-testid=field-note]').value === '在第一个标签页写的');
  await id('form-submit').click();
  await waitForTruth(page, 'note', 'saved');
  await other.getByTestId('form-gone-elsewhere').waitFor();
  await shoot(other, 'two-tabs');
  await other.getByTestId('form-submit').click();
  await waitForTruth(other, 'note', 'saved');
  assert.equal(office.acts.size, 1);
});

check('the back button keeps a half-filled form, and after sending there is nothing to send again', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1003');
  await id('action-note').click();
  await id('field-note').fill('写到一半');
  await page.goBack();
  await id('draft-waiting').waitFor();
  await page.goForward();
  assert.equal(await id('field-note').inputValue(), '写到一半');
  await id('form-submit').click();
  await waitForTruth(page, 'note', 'saved');
  await page.goBack();
  await id('assignment').waitFor();
  assert.equal(await page.locator('form').count(), 0);
  await page.goForward();
  await id('assignment').waitFor();
  assert.equal(await page.locator('form').count(), 0);
  assert.equal(office.acts.size, 1);
});

check('a program that dies with the act on disk: not known at first, then settled without doubling', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1003');
  await id('action-contact').click();
  await id('option-channel-telephone').check();
  await id('option-outcome-reached').check();
  office.knobs.die = true;
  await id('form-submit').click();
  await id('form-unsure').waitFor();
  assert.match(await id('form-unsure').innerText(), /不会重复登记/);
  assert.equal(await page.locator('[data-testid=result]').count(), 0, 'no success on a timeout');
  assert.equal(office.acts.size, 1);
  await office.listen();
  await live(page);
  await id('form-submit').click();
  await id('result').waitFor();
  assert.equal(office.acts.size, 1);
  assert.equal(await page.locator('[data-testid=timeline-item][data-kind=contact]').count(), 1);
});

check('a program that is gone while reading: said, and read when it is back', async (page, office, id) => {
  await signIn(page, office);
  await live(page);
  await office.stop();
  await page.locator('[data-testid=page-link][data-state=gone]').waitFor();
  await page.locator('[data-testid=assignment-row][data-id="1006"]').click();
  await page.locator('[data-testid=problem][data-code=no_answer]').waitFor();
  assert.match(await id('problem').innerText(), /没有收到答复/);
  assert.ok((await id('assignment-row').count()) > 5, 'what was read stays in sight');
  await shoot(page, 'gone-while-reading');
  await office.listen();
  await page.locator('[data-testid=assignment][data-id="1006"]').waitFor();
  assert.equal(await id('problem').count(), 0);
});

/** As a browser behaves that is told to keep nothing. */
function forbidStorage() {
  Object.defineProperty(window, 'localStorage', {
    get() {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
  });
}

/** As a browser behaves whose disk is full. */
function fillStorage() {
  Storage.prototype.setItem = () => {
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  };
}

for (const [how, take] of [['forbidden', forbidStorage], ['full', fillStorage]]) {
  check(`a browser that keeps nothing (${how}): the form says so, an ended session loses nothing, and it is sent`, async (page, office, id) => {
    await signIn(page, office);
    await open(page, '1003');
    await id('action-note').click();
    await id('field-note').fill('不能留草稿');
    assert.match(await id('form-state').innerText(), /浏览器不能保留草稿，请勿关闭本页/);
    office.signedIn = false;
    await id('form-submit').click();
    await id('sign-in-again').waitFor();
    await id('login-password').fill(office.password);
    await id('login-submit').click();
    await id('sign-in-again').waitFor({ state: 'detached' });
    assert.equal(await id('field-note').inputValue(), '不能留草稿');
    await id('form-submit').click();
    await waitForTruth(page, 'note', 'saved');
    await toEnglish(page);
    assert.equal(office.acts.size, 1);
  }, (page) => page.addInitScript(take));
}

check('an answer of somebody else is taken for no answer', async (page, office, id) => {
  office.knobs.portal = true;
  await page.reload();
  await id('unreachable').waitFor();
  office.knobs.portal = false;
  await id('login-name').waitFor();
  await signIn(page, office);
  await open(page, '1003');
  await live(page);
  await id('action-note').click();
  await id('field-note').fill('网络要求认证');
  office.knobs.portal = true;
  await id('form-submit').click();
  await id('form-unsure').waitFor();
  assert.equal(office.acts.size, 0);
  await page.locator('[data-testid=assignment-row][data-id="1006"]').click();
  await page.locator('[data-testid=problem][data-code=http_200]').waitFor();
  assert.match(await id('problem').innerText(), /可能是上网登录页/);
  await shoot(page, 'portal');
  office.knobs.portal = false;
  office.tell('status');
  await page.locator('[data-testid=assignment][data-id="1006"]').waitFor();
  await page.goBack();
  await id('form-submit').click();
  await waitForTruth(page, 'note', 'saved');
  assert.equal(office.acts.size, 1);
});

check('after many wrong passwords the wait is shown, and the button waits with it', async (page, office, id) => {
  office.mustChange = false;
  await id('login-name').fill('王晓燕');
  for (let time = 0; time < 8; time++) {
    await id('login-password').fill(`wrong-${time}`);
    const answered = page.waitForResponse((response) => response.url().endsWith('/api/session'));
    await id('login-submit').click();
    if ((await (await answered).json()).error.code === 'wait') break;
  }
  await page.locator('[data-testid=login-error][data-code=wait]').waitFor();
  assert.match(await id('login-wait').innerText(), /请在 \d+ 秒后再试/);
  await shoot(page, 'login-wait');
  const asked = office.requests.length;
  await id('login-password').fill(office.password);
  await id('login-submit').click({ force: true });
  assert.equal(office.requests.length, asked, 'nothing is asked while the answer is known');
  await id('login-wait').waitFor({ state: 'detached' });
  await id('login-submit').click();
  await id('assignment-row').first().waitFor();
});

check('a colleague who was first is named, and what was written stays', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1005');
  await id('action-resolution').click();
  await id('option-verified-yes').check();
  await id('option-solved-yes').check();
  await id('field-note').fill('我也办了');
  office.desk.colleague('1005', { kind: 'resolution', verified: 'yes', solved: 'yes', note: '已送餐上门' });
  await id('form-submit').click();
  await page.locator('[data-testid=form-problem][data-code=already_resolved]').waitFor();
  const row = page.locator('[data-testid=timeline-item][data-kind=resolution]');
  await row.waitFor();
  assert.match(await row.innerText(), /李文博/);
  assert.match(await id('form-first').innerText(), /李文博/);
  assert.equal(await id('field-note').inputValue(), '我也办了');
  assert.equal(office.acts.size, 0);
  await shoot(page, 'colleague-first');
});

check('two clerks who acknowledge the same one: both get a clear answer', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1003');
  office.desk.colleague('1003', { kind: 'acknowledgement' });
  await id('action-acknowledgement').click();
  await id('result').waitFor();
  assert.match(await id('result').innerText(), /此前已签收，以先签收的为准/);
});

check('a page that is left alone is locked, one that is worked at is not, and locked loses nothing', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1003');
  await live(page);
  await id('action-note').click();
  await id('field-note').fill('写很长的说明');
  office.asked.length = 0;
  await page.clock.fastForward('01:01');
  await page.waitForTimeout(300);
  assert.deepEqual(office.asked, ['GET /api/session'], 'hands at the keyboard are told once a minute');
  office.asked.length = 0;
  office.tell('status');
  await page.clock.fastForward('05:00');
  await page.waitForTimeout(300);
  assert.deepEqual(office.asked.filter((door) => door !== 'GET /api/events'), [], 'what the page reads by itself is no use of it');
  office.signedIn = false;
  office.locked = true;
  await id('form-submit').click();
  await id('sign-in-again').waitFor();
  assert.match(await id('sign-in-again').innerText(), /长时间没有操作，页面已锁定/);
  await id('login-password').fill(office.password);
  await id('login-submit').click();
  await id('sign-in-again').waitFor({ state: 'detached' });
  assert.equal(await id('field-note').inputValue(), '写很长的说明');
}, (page) => page.clock.install());
