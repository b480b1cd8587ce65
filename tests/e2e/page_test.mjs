// One clerk at a real browser on the real office program: works with the centre out of reach, sees "saved here", and
// after the link is back "in force" with the receipt or "not accepted" with the reason; with two tabs, and with the
// program killed beneath the page. Screenshots stay in the build folder.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { City } from './support/city.mjs';
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
const { Desk } = await import('./page/desk.mjs');
const { surviveKill, workInTwoTabs } = await import('./page/interruptions.mjs');
const { seeRefusal, workThroughOutage, workThroughSilence } = await import('./page/outage.mjs');

const shots = process.env.FIELDNODE_SHOTS ?? path.join(os.tmpdir(), 'fieldnode-shots');
mkdirSync(shots, { recursive: true });
const dir = mkdtempSync(path.join(os.tmpdir(), 'fieldnode-page-'));
const city = new City(dir);
const began = performance.now();
const stage = (text) => console.log(`[${((performance.now() - began) / 1000).toFixed(1)} s] ${text}`);

async function clerkAtWork(context, office, ids) {
  const problems = [];
  const desk = await Desk.open(context, office.daemon.ready.page, { shots, problems });
  await desk.signIn('李静', office.secondLogin, '浏览器里的长密码');
  await desk.shoot('home');
  stage('the cable is pulled');
  await workThroughOutage(desk, office, ids[0]);
  stage('the centre is silent');
  await workThroughSilence(desk, office, ids[1]);
  stage('the centre does not accept');
  await seeRefusal(desk, { city, office, id: ids[2] });
  stage('two tabs');
  await workInTwoTabs(context, desk, office, ids[3]);
  stage('the program is killed');
  await surviveKill(desk, office, ids[4]);
  await desk.page.setViewportSize({ width: 400, height: 800 });
  await desk.shoot('narrow');
  assert.deepEqual(problems, []);
}

try {
  await city.init();
  city.addUnit('XF', '幸福街道办事处');
  await city.startCentre();
  const office = await city.office('XF', { secondUser: '李静' });
  const ids = [];
  for (let number = 1; number <= 12; number += 1) ids.push((await city.dispatchNew('XF', number)).assignment.id);
  await eventually('the office holds them', async () => (await office.assignments()).length === ids.length);
  await withBrowser((context) => clerkAtWork(context, office, ids));
  console.log(`ok: page (screenshots in ${shots})`);
} catch (error) {
  console.error(city.logs());
  throw error;
} finally {
  await city.stopAll();
  rmSync(dir, { recursive: true, force: true });
}
