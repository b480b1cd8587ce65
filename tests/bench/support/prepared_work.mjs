// A city in which W has been done at both ends and the link has not returned yet.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { actForm, applicationForm, caseForm, decisionForm } from '../work_w/forms.mjs';
import { asJson, madeWork, sizes } from '../work_w/made_work.mjs';
import { jsonSizes, packedActs, packedNews } from '../work_w/packed.mjs';
import { unitCode } from '../work_w/cases_csv.mjs';
import { BenchCity, converge } from './bench_city.mjs';
import { choose, tools } from './settings.mjs';

/// Ids of the office's assignments in the order of W's.
async function idsByNumber(page, work) {
  const byTitle = new Map();
  let next = null;
  do {
    const answer = await page.get(`/api/assignments?view=all&limit=200${next ? `&after=${encodeURIComponent(next)}` : ''}`);
    for (const item of answer.items) byTitle.set(item.title, item.id);
    next = answer.next;
  } while (next);
  return work.open.map((assignment) => byTitle.get(assignment.title));
}

async function act(page, ids, index, form) {
  await page.must('POST', `/api/assignments/${ids[index]}/acts`, form);
}

/// What both ends know before the link goes: the later assignments are acknowledged, on the last ones applications wait.
async function before(page, ids, size) {
  for (let i = size.acks; i < size.open; i += 1) await act(page, ids, i, { act_id: crypto.randomUUID(), kind: 'acknowledgement' });
  for (let i = size.open - size.decisions; i < size.open; i += 1) await act(page, ids, i, applicationForm('需多单位会商，申请延期。'));
}

async function meanwhile(page, ids, work) {
  // Decisions first: the list of the office then tells when all has come.
  for (const decision of work.decisions) await page.post(`/api/assignments/${ids[decision.index]}/decisions`, decisionForm(decision));
  for (const one of work.fresh) {
    const made = await page.post('/api/cases', caseForm(one));
    await page.post(`/api/cases/${made.case.id}/dispatch`, { request_id: crypto.randomUUID(), unit: unitCode });
  }
}

/// The least that must travel, as files: packed fields, compressed as one batch each way with a dictionary.
function payloads(dir, work) {
  const up = path.join(dir, 'up');
  const down = path.join(dir, 'down');
  const samples = path.join(dir, 'samples');
  fs.writeFileSync(up, packedActs(work.acts));
  fs.writeFileSync(down, packedNews(work.fresh, work.decisions));
  const others = Array.from({ length: choose(8, 2) }, (_, i) => madeWork(i + 2));
  fs.writeFileSync(samples, Buffer.concat(others.flatMap((other) => [packedActs(other.acts), packedNews(other.fresh, other.decisions)])));
  const done = spawnSync(path.join(tools, 'bench_pack'), [samples, up, down], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`bench_pack: ${done.error ?? done.stderr}`);
  return { up: `${up}.dict.zst`, down: `${down}.dict.zst` };
}

export async function prepareWork(dir, host, scale) {
  const size = sizes(scale);
  const work = madeWork(1, scale);
  const city = new BenchCity(path.join(dir, 'prepared'), host);
  await city.init(work.open);
  let centre = await city.startCentre();
  await city.enrol();
  let office = await city.startOffice();
  await converge(office, size.open);
  let page = await city.signedInStaff(office);
  const ids = await idsByNumber(page, work);
  await before(page, ids, size);
  await converge(office, size.open);
  const operator = await city.signedInOperator(centre);
  await office.stop();
  await meanwhile(operator, ids, work);
  operator.close();
  page.close();
  await centre.stop();
  office = await city.startOffice(); // nobody listens at the centre's address now
  page = await city.signedInStaff(office);
  const began = performance.now();
  for (const one of work.acts) await act(page, ids, one.index, actForm(one));
  const enteredSeconds = (performance.now() - began) / 1000;
  page.close();
  await office.stop();
  // What is open once both ends know all.
  const open = size.open - size.resolutions + size.fresh;
  return { city, open, enteredSeconds, files: payloads(dir, work), json: jsonSizes(work), openBytes: Buffer.byteLength(asJson(work.open)) };
}
