// Evidence of a case leaves the house through the page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { check, open, shoot, signIn } from './walk.mjs';

check('a supervisor takes evidence to the disk, byte for byte', async (page, office, id) => {
  office.knobs.role = 'supervisor';
  await signIn(page, office);
  await open(page, '1003');
  const coming = page.waitForEvent('download');
  await id('evidence').click();
  const download = await coming;
  assert.match(download.suggestedFilename(), /^evidence-.*\.fnev$/);
  assert.deepEqual([...readFileSync(await download.path())], [0x46, 0x4e, 0x45, 0x56, 1, 0xff]);
  assert.match(await id('evidence-saved').innerText(), /evidence-/);
  await id('evidence').scrollIntoViewIfNeeded();
  await shoot(page, 'evidence');
});

check('why there is none is said where it was asked for', async (page, office, id) => {
  office.knobs.role = 'supervisor';
  office.knobs.refuse = ['storage_failed', '本机存储出现故障，已停止写入。', 'Nothing is written any more.'];
  await signIn(page, office);
  await open(page, '1003');
  await id('evidence').click();
  assert.match(await id('evidence-problem').innerText(), /存储出现故障/);
});

check('clerks are not offered it', async (page, office, id) => {
  await signIn(page, office);
  await open(page, '1003');
  assert.equal(await id('evidence').count(), 0);
});
