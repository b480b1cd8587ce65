// P3, P4: what an idle link costs, and how soon new work is at an office that is online, over loopback.
import { EventEmitter, once } from 'node:events';
import http from 'node:http';
import path from 'node:path';

import { CutLink } from '../../e2e/support/cut_link.mjs';
import { BenchCity, converge } from '../support/bench_city.mjs';
import { cpuSeconds, residentMib } from '../support/process_facts.mjs';
import { choose, rounds } from '../support/settings.mjs';
import { tempDir } from '../support/temp_dir.mjs';
import { measured } from '../support/tools.mjs';
import { caseForm } from '../work_w/forms.mjs';
import { Chance } from '../work_w/chance.mjs';
import { madeAssignment } from '../work_w/made_work.mjs';
import { unitCode } from '../work_w/cases_csv.mjs';

const pushes = choose(50, 3);
const newsMaxMs = 30_000; // no word by then: it will not come
const cpuWindow = choose(20_000, 300);
const idlePolls = choose(3, 0); // each takes the length of a parked poll, 50 s

/// Emits `assignment` with an id whenever the office says that one looks different.
function events(page) {
  const told = new EventEmitter();
  let text = '';
  const request = http.get(`${page.address}/api/events`, { headers: { cookie: page.cookie }, agent: false }, (response) => {
    told.emit('open');
    response.on('data', (data) => {
      text += data;
      const whole = text.split('\n\n');
      text = whole.pop();
      for (const event of whole) {
        if (event.includes('event: assignment')) told.emit('assignment', JSON.parse(event.match(/data: (.*)/)[1]).id);
      }
    });
  });
  told.close = () => request.destroy();
  request.on('error', () => {});
  return told;
}

/// Milliseconds from the operator's click until the office says that it holds the assignment.
async function push(operator, page, told, assignment) {
  const made = await operator.post('/api/cases', caseForm(assignment));
  const news = once(told, 'assignment', { signal: AbortSignal.timeout(newsMaxMs) });
  const began = performance.now();
  const answer = operator.post(`/api/cases/${made.case.id}/dispatch`, { request_id: crypto.randomUUID(), unit: unitCode });
  const [id] = await news;
  const ms = performance.now() - began;
  if ((await answer).assignment.id !== id) throw new Error('another assignment was announced');
  await page.get(`/api/assignments/${id}`); // 404 if it were not there
  return ms;
}

async function pushLatency(figures, operator, page, link, dir) {
  const told = events(page);
  await once(told, 'open');
  const chance = new Chance(4);
  const ms = [];
  const before = link.counters.upBytes + link.counters.downBytes;
  for (let i = 0; i < pushes; i += 1) {
    ms.push(await push(operator, page, told, madeAssignment(chance, 1, 1000 + i, 10)));
    await new Promise((resolve) => setTimeout(resolve, 30)); // the poll is parked again
  }
  const bytes = link.counters.upBytes + link.counters.downBytes - before;
  told.close();
  // Two commits stand between the click and the word: the centre's and the office's.
  const commit = await measured('bench_sqlite', ['commits', path.join(dir, 'floor.db'), 1500, 1, choose(1, 0.05)]);
  figures.add('P4.push.lo', 'ms', ms, [2000 / commit.commits_per_second]);
  figures.one('P4.push.bytes', 'B', bytes / pushes);
}

const taken = ({ counters }) => ({ up: counters.upBytes, down: counters.downBytes, connections: counters.connections });

/// What went over the link since `before`, TLS included.
function since(link, before) {
  const now = taken(link);
  return Object.fromEntries(Object.keys(now).map((key) => [key, now[key] - before[key]]));
}

function addExchange(figures, id, each) {
  figures.add(id, 'B', each.map((one) => one.up + one.down));
  figures.add(`${id}.up`, 'B', each.map((one) => one.up));
  figures.add(`${id}.down`, 'B', each.map((one) => one.down));
  figures.add(`${id}.connections`, 'connections', each.map((one) => one.connections));
}

/// Exchanges in which neither end has anything: polls that run out, and those that a nudge asks for.
async function idle(figures, office, link) {
  const done = async () => (await office.control('GET', 'status')).link.exchanges;
  const rest = () => new Promise((resolve) => setTimeout(resolve, 200)); // the next poll is parked
  const onePoll = async () => {
    const before = [await done(), taken(link)];
    while ((await done()) === before[0]) await rest();
    await rest();
    return since(link, before[1]);
  };
  const oneNudge = async () => {
    const before = taken(link);
    await office.control('POST', 'sync');
    await rest();
    return since(link, before);
  };
  await oneNudge(); // both connections are open from here on
  const nudges = [];
  for (let i = 0; i < rounds; i += 1) nudges.push(await oneNudge());
  addExchange(figures, 'P3.nudged_exchange', nudges);
  const polls = [];
  for (let i = 0; i < idlePolls; i += 1) polls.push(await onePoll());
  if (polls.length > 0) addExchange(figures, 'P3.idle_exchange', polls);
}

async function footprint(figures, office, centre) {
  figures.one('P8.resident_office.empty', 'MiB', residentMib(office.pid));
  figures.one('P8.resident_centre.empty', 'MiB', residentMib(centre.pid));
  const before = [cpuSeconds(office.pid), cpuSeconds(centre.pid)];
  await new Promise((resolve) => setTimeout(resolve, cpuWindow));
  const share = (pid, from) => ((cpuSeconds(pid) - from) / (cpuWindow / 1000)) * 100;
  figures.one('P8.idle_cpu_office', '%', share(office.pid, before[0]));
  figures.one('P8.idle_cpu_centre', '%', share(centre.pid, before[1]));
}

export async function run(figures) {
  const dir = tempDir('live');
  const city = new BenchCity(path.join(dir, 'city'));
  await city.init([madeAssignment(new Chance(3), 1, 1, 10)]);
  const centre = await city.startCentre();
  const link = await new CutLink(city.syncPort).listen();
  try {
    await city.enrol(link.port);
    const office = await city.startOffice();
    await converge(office, 1);
    const operator = await city.signedInOperator(centre);
    const page = await city.signedInStaff(office);
    await footprint(figures, office, centre);
    await idle(figures, office, link);
    await pushLatency(figures, operator, page, link, dir);
    operator.close();
    page.close();
    await office.stop();
    await centre.stop();
  } finally {
    await link.close();
  }
}
