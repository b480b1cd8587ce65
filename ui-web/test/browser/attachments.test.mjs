// Files in forms and in the history of an assignment.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { choosePhoto, sizeOfJpeg } from './photos.mjs';
import { check, open, shoot, signIn } from './walk.mjs';

const kAxe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kText = { name: '现场记录.txt', mimeType: 'text/plain', buffer: Buffer.from('路灯已修复。\n'.repeat(40_000)) };

async function openForm(page, office, id, kind = 'note') {
  await signIn(page, office);
  await open(page, '1003');
  await id(`action-${kind}`).click();
  await id('attach').waitFor();
}

function whole(page) {
  return page.locator('[data-testid=attach-file][data-state=here]').first().waitFor();
}

check('a file goes up in pieces, is named by the act and comes down again', async (page, office, id) => {
  await openForm(page, office, id);
  await id('attach-choose').setInputFiles(kText);
  await whole(page);
  assert.ok(office.attachments.pieces > 3, 'more than one piece');
  await id('field-note').fill('附现场记录');
  await shoot(page, 'attach-form');
  await id('form-submit').click();
  const coming = page.waitForEvent('download');
  await id('attached-link').click();
  const download = await coming;
  assert.equal(download.suggestedFilename(), kText.name);
  assert.deepEqual(readFileSync(await download.path()), kText.buffer);
  const [act] = office.acts.values();
  assert.equal(act.item.attachments[0].address, createHash('sha256').update(kText.buffer).digest('hex'));
  await id('attached').scrollIntoViewIfNeeded();
  await shoot(page, 'attach-timeline');
});

check('a connection that breaks off costs a piece, not the file', async (page, office, id) => {
  office.knobs.cut = 2;
  await openForm(page, office, id);
  await id('attach-choose').setInputFiles(kText);
  await whole(page);
  assert.equal(office.knobs.cut <= 0, true);
});

check('an act waits for its files, and a reload goes on with them', async (page, office, id) => {
  office.knobs.cut = 10_000;
  await openForm(page, office, id);
  await id('attach-choose').setInputFiles(kText);
  await id('field-note').fill('附现场记录');
  await id('attach-file').waitFor();
  await id('form-submit').click();
  assert.match(await id('attach-fault').innerText(), /请等待附件传完/);
  assert.equal(office.acts.size, 0);
  office.knobs.cut = 0;
  await page.reload();
  await whole(page);
  await id('form-submit').click();
  await id('attached-link').waitFor();
  assert.equal(office.acts.size, 1);
});

check('why a file is not taken stands beside it, and it can be taken out', async (page, office, id) => {
  office.attachments.refuse = 'attachment_kind';
  await openForm(page, office, id);
  await id('attach-choose').setInputFiles({ name: 'setup.exe', mimeType: 'application/octet-stream', buffer: randomBytes(100) });
  await page.locator('[data-testid=attach-file][data-state=failed]').waitFor();
  assert.match(await id('attach-file').innerText(), /不能作为附件/);
  await shoot(page, 'attach-refused');
  await id('attach-remove').click();
  assert.equal(await id('attach-file').count(), 0);
});

const kPhotos = [
  { name: '现场.png', type: 'image/png', shown: [1600, 1200] },
  { name: '现场.jpg', type: 'image/jpeg', shown: [1600, 1200] },
  { name: '竖拍.jpg', type: 'image/jpeg', turned: true, shown: [1200, 1600] },
];

for (const photo of kPhotos) {
  check(`a photo of twelve megapixels goes with 1,600 on its longest side: ${photo.name}`, async (page, office, id) => {
    await openForm(page, office, id);
    const size = await choosePhoto(page, 'attach-choose', photo);
    await whole(page);
    const [sent] = office.attachments.uploads.values();
    assert.match(sent.name, /^(现场|竖拍)\.jpg$/);
    assert.deepEqual(sizeOfJpeg(sent.bytes), photo.shown);
    assert.ok(sent.size * 4 < size, `${sent.size} of ${size} bytes`);
    assert.equal(sent.bytes.includes('Exif'), false, 'where and with what it was taken stays on the telephone');
  });
}

check('the original goes as it is where it is asked for', async (page, office, id) => {
  await openForm(page, office, id);
  await id('attach-original').check();
  const size = await choosePhoto(page, 'attach-choose', kPhotos[2]);
  await whole(page);
  const [sent] = office.attachments.uploads.values();
  assert.deepEqual([sent.size, sent.name], [size, kPhotos[2].name]);
  assert.deepEqual(sizeOfJpeg(sent.bytes), [4000, 3000]);
});

check('a file that is still coming says how much of it is here', async (page, office, id) => {
  const found = office.desk.assignments.find((one) => one.summary.id === '1003');
  const address = 'ab'.repeat(32);
  found.timeline[0].attachments = [{ address, name: '群众提供的录音.mp3', size: 1000, class: 'handling' }];
  office.attachments.held.set(address, 400);
  await signIn(page, office);
  await open(page, '1003');
  await page.getByText('已到 40%').waitFor();
  assert.equal(await id('attached-link').count(), 0);
});

check('everything is reached by keyboard, and axe finds nothing serious', async (page, office, id) => {
  await openForm(page, office, id);
  await id('attach-choose').setInputFiles(kText);
  await whole(page);
  await id('attach-choose').focus();
  for (const testid of ['attach-camera', 'attach-original']) {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), testid);
  }
  await page.evaluate(kAxe);
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }));
  const serious = found.violations.filter((one) => ['serious', 'critical'].includes(one.impact));
  assert.deepEqual(serious.map((one) => `${one.id}: ${one.nodes[0].html}`), []);
});
