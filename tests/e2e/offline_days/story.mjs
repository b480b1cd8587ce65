// What happens when, besides the acts, which the table holds.
import { momentOf } from './table.mjs';
import { orders } from './orders.mjs';

const hours = 3600_000;

/// {at, happen(days)} in the order of time. `scenes`: what the caller wants to look at, as {at, happen}.
export function storyOf(table, scenes) {
  const events = [
    ['18 09:45', (days) => days.exchange()],
    ['18 10:00', async (days) => {
      await days.exchange();
      days.cutCable();
    }],
    ['18 14:00', (days) => days.machine.stepWall(-3 * hours)],
    ['18 16:00', (days) => days.cutPower()],
    ['19 08:00', (days) => days.restorePower()],
    ['19 20:00', (days) => days.cutPower()],
    ['20 08:30', (days) => days.restorePower(0)],
    ['20 15:58', (days) => days.sayCode()],
    ['20 16:00', (days) => days.takeCode()],
    ['20 16:02', (days) => days.typeAnswer()],
    ['21 16:30', (days) => days.mendCable()],
    ['21 16:40', (days) => days.grantReturn('stall')],
  ].map(([at, happen]) => ({ at, happen }));
  const dispatches = orders.map((order) => ({ at: order.at, happen: (days) => days.dispatch(order) }));
  const acts = table.map((row) => ({ at: row.acted, happen: (days) => days.perform(row) }));
  const all = [...dispatches, ...events, ...scenes, ...acts].map((step) => ({ ...step, at: momentOf(step.at) }));
  return all.sort((left, right) => left.at - right.at);
}
