// What happened in the demo city, chapter by chapter. Every act and every decision has an id that follows from the
// order and the deed's place, so a chapter that was broken off is told again from its beginning, and nothing doubles.
import * as bh from './deeds/BH.mjs';
import * as qs from './deeds/QS.mjs';
import { rulings, unheard } from './rulings.mjs';

const lanesMax = 4;

/// Runs `work` for every item, some at a time.
async function inLanes(items, work) {
  const queue = [...items];
  const lane = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: lanesMax }, lane));
}

/// Who works on an order is always the same; what is confidential is the supervisor's.
function clerkFor(office, row) {
  if (row.confidential || ['A3', 'A5'].includes(row.category)) return office.supervisor;
  const clerks = office.withRole('clerk');
  return clerks[Number(BigInt(row.id) % BigInt(clerks.length))];
}

async function perform(office, row, order, deeds) {
  const clerk = clerkFor(office, row);
  const acts = [];
  for (const deed of deeds) {
    const form = typeof deed === 'function' ? deed(acts) : deed;
    const { act } = await clerk.post(`/api/assignments/${row.id}/acts`, { act_id: `${order}-${acts.length}`, ...form });
    acts.push(act);
  }
}

/// `deeds`: by order. Deeds that were done before are told again: their acts are what later deeds refer to.
async function work(city, code, deeds) {
  const office = city.offices[code];
  const numberOf = (order) => city.case(order).number;
  const orders = Object.keys(deeds);
  await office.hold(orders.map(numberOf));
  await inLanes(orders, (order) => perform(office, office.assignments.get(numberOf(order)), order, deeds[order]));
}

const goingOn = (before, more) =>
  Object.fromEntries(Object.entries(more).map(([order, deeds]) => [order, [...(before[order] ?? []), ...deeds]]));

/// What the centre does with a case that no unit has: `done` names doors and what is said there.
async function settleCase(city, key, id, done) {
  const say = (who, door, form) =>
    who.post(`/api/cases/${id}/${door}`, { request_id: `${key}-${door.replace('/', '-')}`, ...form });
  if (done.dispatch) await say(city.operator, 'dispatch', { unit: done.dispatch });
  if (done.refusal) {
    const { earlier, ...refusal } = done.refusal;
    await say(city.operator, 'refusal', earlier ? { ...refusal, earlier_case: city.case(earlier).id } : refusal);
  }
  if (done.ruling) await say(city.centre.supervisor, 'refusal/ruling', done.ruling);
  if (done.completion) await say(city.operator, 'completion', done.completion);
  if (done.merge) await say(city.operator, 'merge', { into: city.case(done.merge).id });
  if (done.unmasking) await say(city.operator, 'unmasking', { reason: done.unmasking });
}

async function rule(city, order, decisions) {
  const assignment = await city.assignmentOf(order);
  for (const [index, { dispatch, merge, ...decision }] of decisions.entries()) {
    const key = `${order}-ruling-${index}`;
    if (dispatch || merge) await settleCase(city, key, city.case(order).id, { dispatch, merge });
    else await city.operator.post(`/api/assignments/${assignment}/decisions`, { request_id: key, ...decision });
  }
}

async function ruleAll(city, ofOrders) {
  await inLanes(Object.entries(ofOrders), ([order, decisions]) => rule(city, order, decisions));
}

async function takeCall(city, call) {
  const [name, telephone, address] = call.contact;
  const { done, key, ...form } = call;
  const made = await city.operator.post('/api/cases', {
    request_id: key, ...form, contact: { name, telephone, address },
  });
  await settleCase(city, key, made.case.id, done);
}

/// One after the other: the newest stands on top of the centre's list.
async function calls(city) {
  for (const call of city.calls) await takeCall(city, call);
}

async function day(city) {
  await Promise.all([work(city, 'BH', bh.day), work(city, 'QS', qs.day)]);
  for (const office of Object.values(city.offices)) await office.delivered();
}

/// Office BH is cut off for a while; the centre decides on the same cases meanwhile.
async function rift(city) {
  await work(city, 'BH', goingOn(bh.day, bh.rift));
  await ruleAll(city, unheard.rift);
}

/// The link of BH is back: the centre saw acts on cases that it had taken back, and rules on one of them.
async function mend(city) {
  await city.offices.BH.delivered();
  const order = 'SF202610230017';
  const assignment = await city.assignmentOf(order);
  const { waiting } = (await city.operator.get(`/api/assignments/${assignment}`)).assignment;
  const conflict = waiting.find((one) => one.kind === 'conflict');
  if (!conflict) return;
  await city.operator.post(`/api/assignments/${assignment}/decisions`, {
    request_id: `${order}-settlement`, kind: 'settlement', act: conflict.act, stands: true,
    reason: '联系发生在收回之前，予以认可。',
  });
}

/// Office QS is cut off and goes on; the centre gives it more work and takes a case back.
async function offline(city) {
  await work(city, 'QS', goingOn(qs.day, qs.offline));
  await ruleAll(city, unheard.offline);
  for (const call of city.calls.filter((one) => one.done.later)) {
    await settleCase(city, call.key, city.case(call.key).id, { dispatch: call.done.later });
  }
}

/// The day is over.
const leave = (city) => city.leave();

export const chapters = { calls, day, rulings: (city) => ruleAll(city, rulings), rift, mend, offline, leave };
