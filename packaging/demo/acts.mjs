// What staff of an office do, as bodies of POST /api/assignments/{id}/acts. A deed is a body, or a function of the acts
// that came of the deeds before it on the same assignment.

export const acknowledge = { kind: 'acknowledgement' };

const place = ({ epoch, seq }) => ({ epoch, seq });

export const reached = (spokeWith, note, channel = 'telephone') => ({
  kind: 'contact', channel, outcome: 'reached', spoke_with: spokeWith, note,
});

export const visited = (spokeWith, note) => reached(spokeWith, note, 'visit');

/// `outcome`: no_answer, wrong_number or declined.
export const missed = (outcome, note) => ({ kind: 'contact', channel: 'telephone', outcome, note });

/// `more` outranks what stands here: a claim that was solved in part, or was none.
export const resolve = (note, publicAnswer, more = {}) => ({
  kind: 'resolution', verified: 'yes', beyond_duty: false, solved: 'yes', note, public_answer: publicAnswer, ...more,
});

/// A consultation is complete with the call in which it is answered.
export const answer = (spokeWith, publicAnswer) => ({
  ...reached(spokeWith, '已在电话中逐条答复，对方表示清楚。'),
  completes: { verified: 'yes', beyond_duty: false, solved: 'yes', public_answer: publicAnswer },
});

export const extend = (ground, days, text) => ({ kind: 'extension_application', ground, days, text });

export const giveBack = (basis, suggestedUnit) => ({
  kind: 'return_application', reason: 'not_ours', basis, suggested_unit: suggestedUnit,
});

/// Shows the citizen's data in clear, in the answer to this act alone.
export const unmask = (reason) => ({ kind: 'unmasking', reason });

export const note = (text) => ({ kind: 'note', note: text });

/// Withdraws the application that the deed number `index` made.
export const withdraw = (index, reason) => (acts) => ({ kind: 'withdrawal', application: place(acts[index]), reason });

/// Corrects the outcome of the contact that the deed number `index` recorded.
export const correct = (index, outcome, reason) => (acts) => ({
  kind: 'correction', act: place(acts[index]), outcome, reason,
});
