// The centre's page in a real browser against a centre that answers from memory: what operators do in a day, and what
// goes wrong while they do it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { FixtureCentre, kSupervisor } from './central_server.mjs';
import { checkAt, live, shoot, toEnglish } from './walk.mjs';

const kAxe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const check = (name, use) => checkAt(() => new FixtureCentre(), name, use);

async function signIn(page, centre) {
  await page.getByTestId('login-name').fill(centre.staff.name);
  await page.getByTestId('login-password').fill(centre.password);
  await page.getByTestId('login-submit').click();
  await page.getByTestId('band').waitFor();
}

/** A row of one of the lists, by the number that people call it by. */
function row(page, list, text) {
  return page.locator(`[data-testid=${list}-row]`, { hasText: text });
}

async function openCase(page, text) {
  await page.getByTestId('place-cases').click();
  await row(page, 'case', text).click();
  await page.getByTestId('case').waitFor();
}

async function confirm(page) {
  await page.getByTestId('form-submit').first().click();
  await page.getByTestId('form-confirm').click();
}

function caseOf(centre, number) {
  return centre.cases.find((one) => one.number === number);
}

check('home shows what offices wait for; an extension is granted for fewer days than asked', async (page, centre, id) => {
  await signIn(page, centre);
  await id('awaiting-row').first().waitFor();
  assert.equal(await id('awaiting-row').count(), 6);
  assert.equal(await id('band-awaiting').getAttribute('data-state'), '6');
  assert.equal(await id('band-units').getAttribute('data-state'), '3');
  await shoot(page, 'central-home');
  await row(page, 'awaiting', 'SF202609280017').click();
  assert.match(await id('waiting').innerText(), /申请延期 3 个工作日[\s\S]*水质检测须由市水务集团/);
  await id('form-submit').click();
  assert.equal(await page.locator('.fault').count(), 1);
  await id('option-ruling-yes').check();
  await id('field-days').fill('2');
  await id('form-submit').click();
  assert.match(await id('confirm-sentence').innerText(), /同意，2 个工作日.*不能撤销/);
  await shoot(page, 'central-ruling');
  assert.equal(centre.done.size, 0);
  await id('form-confirm').click();
  await id('result').waitFor();
  const [{ content }] = centre.done.values();
  assert.deepEqual(JSON.parse(content)[1], { kind: 'extension_decision', application: { epoch: '9', seq: '18' }, granted: true, days: 2 });
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=awaiting-row]').length === 5);
  await id('next').click();
  await page.locator('[data-testid=waiting][data-kind=conflict]').waitFor();
});

check('a refusal of an application says why, and what is changed is confirmed anew', async (page, centre, id) => {
  await signIn(page, centre);
  await row(page, 'awaiting', 'SF202610080044').click();
  await id('option-ruling-no').check();
  await id('form-submit').click();
  assert.equal(await page.locator('.fault').count(), 1);
  await id('field-reason').fill('职责清单明确由街道会同交警处理。');
  await id('form-submit').click();
  await id('form-confirm').waitFor();
  await id('field-reason').fill('由街道会同交警处理。');
  await id('form-confirm').waitFor({ state: 'detached' });
  await confirm(page);
  await page.locator('[data-testid=result][data-kind=return_decision]').waitFor();
  await page.locator('[data-testid=timeline-item][data-kind=return_decision] >> text=由街道会同交警处理').waitFor();
});

check('`unreachable` is confirmed, a conflict settled', async (page, centre, id) => {
  await signIn(page, centre);
  await row(page, 'awaiting', 'SF202610040009').click();
  await id('option-ruling-yes').check();
  await confirm(page);
  await page.locator('[data-testid=result][data-kind=unreachable_decision]').waitFor();
  await row(page, 'awaiting', 'SF202610080031').click();
  await page.locator('[data-testid=waiting][data-kind=conflict]').waitFor();
  await id('option-ruling-yes').check();
  await id('field-reason').fill('登记在收回之前。');
  await confirm(page);
  await page.locator('[data-testid=result][data-kind=settlement]').waitFor();
  const bodies = Array.from(centre.done.values(), ({ content }) => JSON.parse(content)[1]);
  assert.deepEqual(bodies.map(({ kind, confirmed, stands }) => [kind, confirmed ?? stands]), [['unreachable_decision', true], ['settlement', true]]);
});

check('a case is taken in, its like is shown, and it is dispatched at once', async (page, centre, id) => {
  await signIn(page, centre);
  await id('place-intake').click();
  await id('form-submit').click();
  assert.equal(await page.locator('.fault').count(), 3);
  await id('field-title').fill('解放路112号门口井盖又不见了');
  await id('field-place').fill('老城街道 解放路112号');
  await id('option-category-A2').check();
  await id('option-kind-report').check();
  await id('field-telephone').fill('13812345678');
  await id('form-submit').dblclick();
  await page.locator('[data-testid=result][data-kind=intake]').waitFor();
  assert.equal(centre.done.size, 1);
  assert.equal(await id('similar').count(), 2);
  assert.equal(await id('field-title').inputValue(), '');
  await shoot(page, 'central-intake');
  await id('action-dispatch').click();
  await id('search-unit').fill('老城');
  await id('option-unit-LC').check();
  await page.locator('[data-testid=own-limits] summary').click();
  await id('field-limit_resolve_count').fill('2');
  await shoot(page, 'central-dispatch');
  await page.locator('[data-testid=form-dispatch] [data-testid=form-submit]').click();
  await page.locator('[data-testid=result][data-kind=dispatch]').waitFor();
  await page.locator('[data-testid=case][data-state=dispatched]').waitFor();
  assert.deepEqual(centre.dossiers[centre.dossiers.length - 1].limits, [{ clock: 'resolve', limit: '2wd' }]);
});

check('N1 names the right body; the case ends', async (page, centre, id) => {
  await signIn(page, centre);
  await openCase(page, 'SF202610090030');
  await id('action-refusal').click();
  await id('field-code').selectOption('n1');
  assert.match(await id('refusal-why').innerText(), /告知有权处理的机关/);
  await id('form-submit').click();
  assert.equal(await page.locator('.fault').count(), 2);
  await id('field-referred_to').fill('市出入境管理局');
  await id('field-text').fill('已告知地址和办公时间。');
  await shoot(page, 'central-refusal');
  await confirm(page);
  await page.locator('[data-testid=refusal][data-code=n1] >> text=市出入境管理局').waitFor();
  assert.equal(caseOf(centre, 'SF202610090030').state, 'refused');
});

check('N7 is confirmed by another person, never by the one who refused', async (page, centre, id) => {
  await signIn(page, centre);
  await openCase(page, 'SF202610090027');
  await id('action-refusal').click();
  await id('field-code').selectOption('n7');
  await id('field-text').fill('已告知无法受理。');
  await confirm(page);
  await page.locator('[data-testid=refusal] .notice').waitFor();
  await id('action-dispatch').click({ force: true });
  assert.match(await id('why-not').innerText(), /另一人确认/);
  await id('action-refusal_ruling').click();
  await id('option-confirmed-yes').check();
  await confirm(page);
  await page.locator('[data-testid=form-problem][data-code=same_person]').waitFor();
  await id('sign-out').click();
  centre.staff = kSupervisor;
  await signIn(page, centre);
  await id('action-refusal_ruling').waitFor();
  if ((await id('form-refusal_ruling').count()) === 0) await id('action-refusal_ruling').click();
  await id('option-confirmed-yes').check();
  await confirm(page);
  await page.locator('[data-testid=case][data-state=refused]').waitFor();
  assert.equal(caseOf(centre, 'SF202610090027').refusal.confirmed_by.name, '方敏');
});

check('what is incomplete waits, is completed and can be dispatched', async (page, centre, id) => {
  await signIn(page, centre);
  await openCase(page, 'SF202610090024');
  assert.match(await id('action-completion').getAttribute('class'), /primary/);
  await id('action-completion').click();
  await id('form-submit').click();
  assert.equal(await page.locator('.fault').count(), 1);
  await id('field-place').fill('滨河街道 望江苑6栋');
  await id('form-submit').click();
  await page.locator('[data-testid=case][data-state=new]').waitFor();
  assert.equal(await id('action-dispatch').getAttribute('aria-disabled'), 'false');
});

check('files are attached to a case; what was chosen is not lost by leaving', async (page, centre, id) => {
  await signIn(page, centre);
  await openCase(page, 'SF202610090021');
  assert.equal(await id('form-attachments').count(), 0);
  await id('attach-open').click();
  await id('form-submit').click();
  await id('attach-fault').waitFor();
  await id('attach-choose').setInputFiles({ name: '现场.txt', mimeType: 'text/plain', buffer: Buffer.from('井盖缺失。') });
  await page.locator('[data-testid=attach-file][data-state=here]').waitFor();
  await id('form-cancel').click();
  await page.locator('[data-testid=case-files] [data-truth=unsaved]').waitFor();
  await shoot(page, 'central-files-wait');
  await id('attach-open').click();
  await shoot(page, 'central-files');
  await id('form-submit').click();
  await page.locator('[data-testid=result][data-kind=attachments]').waitFor();
  await page.locator('[data-testid=attached][data-here=true] >> text=现场.txt').waitFor();
  assert.deepEqual(caseOf(centre, 'SF202610090021').attachments.map(({ name }) => name), ['现场.txt']);
});

check('a duplicate is merged into the case beside it', async (page, centre, id) => {
  await signIn(page, centre);
  await openCase(page, 'SF202610090031');
  await id('merge-into').click();
  assert.ok(await id('option-into-35').isChecked());
  await id('form-submit').click();
  assert.match(await id('confirm-sentence').innerText(), /SF202610090021/);
  await shoot(page, 'central-merge');
  await id('form-confirm').click();
  await page.locator('[data-testid=case][data-state=merged]').waitFor();
  assert.equal(caseOf(centre, 'SF202610090021').merged.length, 1);
});

check('cases are narrowed by state and words; the address keeps both', async (page, centre, id) => {
  await signIn(page, centre);
  await id('place-cases').click();
  await id('case-state').selectOption('new');
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=case-row]').length === 4);
  await id('case-search').fill('井盖');
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=case-row]').length === 1);
  await page.reload();
  await id('case-row').first().waitFor();
  assert.equal(await id('case-row').count(), 1);
  assert.equal(await id('case-search').inputValue(), '井盖');
  await id('case-search').fill('没有这样的');
  await page.getByText('没有符合条件的诉求').waitFor();
  await page.getByText('显示全部').click();
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=case-row]').length > 4);
});

check('a long list is read on while it is scrolled', async (page, centre, id) => {
  const [first] = centre.cases;
  for (let count = 0; count < 120; count++) centre.cases.push({ ...first, id: String(1000 + count), number: `SF2026${1000 + count}`, state: 'new' });
  await signIn(page, centre);
  await id('place-cases').click();
  await id('case-row').first().waitFor();
  assert.equal(await id('case-row').count(), 50);
  await id('case-row').nth(49).scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=case-row]').length >= 100);
});

check('contact data is shown for a reason, and only as long as the case is', async (page, centre, id) => {
  await signIn(page, centre);
  await openCase(page, 'SF202610090021');
  await id('unmask').click();
  await id('field-reason').fill('回访核实地点');
  await id('form-submit').click();
  assert.match(await id('contact-clear').innerText(), /13812341002/);
  const [look] = centre.unmaskings;
  assert.deepEqual([look.id, look.reason, look.by.name], ['35', '回访核实地点', '陈立']);
  await page.locator('[data-testid=unmaskings] >> text=已查看 1 次').waitFor();
  await row(page, 'case', 'SF202610090030').click();
  await row(page, 'case', 'SF202610090021').click();
  await id('unmask').waitFor();
  assert.doesNotMatch(await page.locator('body').innerText(), /13812341002/);
});

check('decisions are taken on an assignment of a case; a refused one says why', async (page, centre, id) => {
  await signIn(page, centre);
  await openCase(page, 'SF202610090021');
  await id('action-supervision_note').waitFor();
  await id('action-close').click({ force: true });
  await page.getByText('该交办尚未办结').first().waitFor();
  await id('action-supervision_note').click();
  await id('field-ground').selectOption('slow_data');
  await id('field-reason').fill('请今日内到场设置围挡。');
  await id('form-submit').click();
  await page.locator('[data-testid=timeline-item][data-kind=supervision_note]').waitFor();
  await id('action-pause').click();
  await id('field-reason').fill('等待管线图。');
  await id('form-submit').click();
  await id('action-resume').waitFor();
  await id('action-take_back').click();
  await id('field-reason').fill('改由水务集团办理。');
  await confirm(page);
  await page.locator('[data-testid=assignment][data-stage=taken_back]').waitFor();
});

check('a call-back without satisfaction allows handling again', async (page, centre, id) => {
  centre.dossiers.find(({ case: one }) => one.number === 'SF202610090021').stage = 'resolved';
  await signIn(page, centre);
  await openCase(page, 'SF202610090021');
  assert.match(await id('action-call_back').getAttribute('class'), /primary/);
  await id('action-call_back').click();
  await id('option-reached-yes').check();
  await id('form-submit').click();
  assert.equal(await page.locator('.fault').count(), 2);
  await id('option-satisfied-no').check();
  await id('option-solved-no').check();
  await id('form-submit').click();
  await page.locator('[data-testid=action-redo].primary').waitFor();
  await id('action-redo').click();
  await id('field-reason').fill('群众反映井盖仍未更换。');
  await confirm(page);
  await page.locator('[data-testid=assignment][data-stage=redone]').waitFor();
});

check('a session that ends in the middle of a form, a reload and a lost answer lose and double nothing', async (page, centre, id) => {
  await signIn(page, centre);
  await openCase(page, 'SF202610090030');
  await id('action-refusal').click();
  await id('field-code').selectOption('n9');
  await id('field-text').fill('调解已达成一致。');
  centre.signedIn = false;
  await confirm(page);
  await id('sign-in-again').waitFor();
  await id('login-password').fill(centre.password);
  await id('login-submit').click();
  await id('sign-in-again').waitFor({ state: 'detached' });
  await page.reload();
  await id('form-refusal').waitFor();
  assert.equal(await id('field-text').inputValue(), '调解已达成一致。');
  centre.swallow = 1;
  await confirm(page);
  await id('form-unsure').waitFor();
  await confirm(page);
  await page.locator('[data-testid=case][data-state=refused]').waitFor();
  assert.equal(centre.done.size, 1);
});

check('a server that is gone is said plainly; the form goes on when it is back', async (page, centre, id) => {
  await signIn(page, centre);
  await row(page, 'awaiting', 'SF202609280017').click();
  await id('option-ruling-no').check();
  await id('field-reason').fill('断线时写的');
  await centre.stop();
  await page.locator('[data-testid=page-link][data-state=gone]').waitFor();
  await confirm(page);
  await id('form-unsure').waitFor();
  await shoot(page, 'central-gone');
  await centre.listen();
  await live(page);
  await confirm(page);
  await id('result').waitFor();
  assert.equal(centre.done.size, 1);
});

check('what changes elsewhere appears by itself; two operators rule once', async (page, centre, id, context) => {
  await signIn(page, centre);
  await row(page, 'awaiting', 'SF202609280017').click();
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByTestId('option-ruling-yes').check();
  await confirm(other);
  await other.getByTestId('result').waitFor();
  await page.bringToFront();
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=awaiting-row]').length === 5);
  await id('waiting').waitFor({ state: 'detached' });
  await page.locator('[data-testid=timeline-item][data-kind=extension_decision]').waitFor();
});

check('a city whose units have no node yet is not said to be in contact with them', async (page, centre, id) => {
  for (const unit of centre.units) unit.node = { state: 'none', last_exchange_at: null, undelivered: 0 };
  await signIn(page, centre);
  await page.locator('[data-testid=band-units][data-state=none]').waitFor();
});

check('units are ordered and found; who may only read changes nothing', async (page, centre, id) => {
  centre.staff = { id: '8', name: '许审', role: 'auditor' };
  await signIn(page, centre);
  await id('place-units').click();
  await id('unit-row').first().waitFor();
  assert.equal(await id('unit-row').count(), 10);
  await id('sort-undelivered').click();
  await id('sort-undelivered').click();
  assert.match(await id('unit-row').first().innerText(), /高新技术/);
  await id('unit-search').fill('qs');
  assert.equal(await id('unit-row').count(), 1);
  await openCase(page, 'SF202610090031');
  await id('action-dispatch').click({ force: true });
  assert.match(await id('why-not').innerText(), /只能查看/);
  await id('place-intake').click();
  await page.locator('.empty', { hasText: '只能查看' }).waitFor();
});

check('the whole page speaks English and fits small windows', async (page, centre, id) => {
  await signIn(page, centre);
  await toEnglish(page);
  for (const place of ['decisions', 'cases', 'intake', 'units']) {
    await page.setViewportSize({ width: 1366, height: 768 });
    await id(`place-${place}`).click();
    if (place === 'decisions') await row(page, 'awaiting', 'SF202609280017').click();
    if (place === 'cases') await row(page, 'case', 'SF202609280017').click();
    await page.waitForTimeout(100);
    const own = await page.locator('.top-bar .brand, .places, .band, .list-head, .buttons, .act-form, .side h2, thead').allInnerTexts();
    assert.doesNotMatch(own.join(' '), /[一-鿿]/, place);
    for (const [width, height] of [[1366, 768], [1199, 768], [683, 384], [400, 800], [320, 640]]) {
      await page.setViewportSize({ width, height });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(over <= 0, `${place} ${width}: ${over} px too wide`);
      await shoot(page, `central-en-${place}-${width}`);
    }
  }
});

for (const scheme of ['light', 'dark']) {
  check(`no serious finding of axe, ${scheme}`, async (page, centre, id) => {
    await page.emulateMedia({ colorScheme: scheme });
    centre.safeMode = true;
    await signIn(page, centre);
    await id('awaiting-row').first().waitFor();
    await examine(page, 'home');
    await row(page, 'awaiting', 'SF202609280017').click();
    await id('option-ruling-yes').check();
    await id('form-submit').click();
    await examine(page, 'ruling');
    await openCase(page, 'SF202610090031');
    await id('action-dispatch').click();
    await page.locator('[data-testid=own-limits] summary').click();
    await id('form-submit').click();
    await examine(page, 'dispatch');
    await id('action-refusal').click();
    await id('field-code').selectOption('n6');
    await id('form-submit').click();
    await examine(page, 'refusal');
    await row(page, 'case', 'SF202609280017').click();
    await id('timeline-item').first().waitFor();
    await examine(page, 'case');
    await shoot(page, `central-case-${scheme}`);
    for (const place of ['intake', 'units']) {
      await id(`place-${place}`).click();
      await page.waitForTimeout(200);
      await examine(page, place);
    }
  });
}

async function examine(page, where) {
  await page.evaluate(kAxe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] }));
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = serious.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map((node) => node.html).join(' | ')}`);
  assert.deepEqual(told, []);
}

check('a ruling is given by keyboard alone', async (page, centre, id) => {
  await signIn(page, centre);
  await row(page, 'awaiting', 'SF202609280017').focus();
  await page.keyboard.press('Enter');
  await id('waiting').waitFor();
  await page.locator('.skip').focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'detail');
  for (let step = 0; step < 4 && !(await page.evaluate(() => document.activeElement.name === 'ruling')); step++) await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await page.locator('[data-testid=form-confirm]:focus').waitFor();
  await page.keyboard.press('Enter');
  await id('result').waitFor();
  assert.equal(centre.done.size, 1);
});
