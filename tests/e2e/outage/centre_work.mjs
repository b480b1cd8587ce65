// What operators do while the office is cut off.
import assert from 'node:assert/strict';

const newAssignments = 50;

/// Decides every application, takes assignments back and hands out new ones, in an order that the dice choose.
/// Returns how many entries the feed grew by.
export async function workAtCentre(city, office, work, dice) {
  const { plan } = work;
  const decide = (id) => {
    // A refused second extension would leave room for the third.
    const granted = plan.thirdTime.includes(id) || dice.oneIn(2);
    const days = granted ? { days: 3 } : {};
    return () => city.decide(id, { kind: 'extension_decision', application: work.application(id), granted, ...days });
  };
  const takeBack = (id) => () => city.decide(id, { kind: 'take_back', reason: '改派' });
  const dispatch = (_, n) => () => city.dispatchNew(office.code, n);
  const deeds = [
    ...plan.applied.map(decide),
    ...plan.taken.map(takeBack),
    ...Array.from({ length: newAssignments }, dispatch),
  ];
  for (const deed of dice.shuffled(deeds)) await deed();
  assert.equal(deeds.length, 75);
  return deeds.length;
}
