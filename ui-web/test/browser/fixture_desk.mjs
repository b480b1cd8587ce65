// What an office holds and what its clerks do, in memory. It knows just enough of the rules for the page to meet their
// answers; the rules themselves are tried against the real programs in tests/e2e.
import { item, makeAssignments } from './fixture_data.mjs';

export function error(status, code, zh, en, more = {}) {
  return { status, body: { error: { code, sentence: { zh, en }, ...more } } };
}

const kRefusals = {
  contact_missing: ['尚未联系上群众。请先登记一次成功的联系，或在两个工作日内登记三次未联系上的记录。', 'The citizen has not been reached yet. Record a successful contact first, or three failed attempts on two working days.'],
  application_late: ['申请已超过时限，不能再提出。如有特殊情况请联系中心。', 'The application comes after its limit. It cannot be made any more; write to the centre.'],
  application_pending: ['已有同类申请等待中心裁定。请等待裁定或先撤回。', "An application of this kind awaits the centre's decision. Wait for it or withdraw it."],
  already_resolved: ['该交办已办结。如需更改，请提交更正。', 'The assignment is resolved already. To change an answer, enter a correction.'],
  no_pending_application: ['没有等待裁定的该申请。请刷新该交办。', 'There is no such application awaiting a decision. Reload the assignment.'],
};

const kAcknowledgedBefore = {
  code: 'already_acknowledged',
  sentence: { zh: '该交办此前已签收，以先签收的为准；本次签收一并留存，不产生效果。', en: 'The assignment had been acknowledged before. The earlier acknowledgement counts; this one is kept beside it and changes nothing.' },
};

function refusal(code) {
  const [zh, en] = kRefusals[code];
  return { code, sentence: { zh, en } };
}

const kStaff = { id: '7', name: '王晓燕' };

function masked({ name, telephone, address }) {
  return { name_masked: `${name[0]}**`, telephone_masked: `${telephone.slice(0, 3)}****${telephone.slice(-4)}`, address_masked: `${address.slice(0, 3)}***` };
}

export class FixtureDesk {
  /** `now` gives what is known of true time. */
  constructor(now, attachments) {
    this.now = now;
    this.attachments = attachments;
    this.assignments = makeAssignments();
    this.acts = new Map();
  }

  /** What a role sees: to a clerk a confidential assignment is as if not held. */
  seenBy(role) {
    return this.assignments.filter((one) => role === 'supervisor' || !one.summary.confidential);
  }

  list(role, search) {
    const view = search.get('view') ?? 'open';
    const text = search.get('q') ?? '';
    const chosen = this.seenBy(role)
      .filter((one) => view === 'all' || (view !== 'closed' && one.waiting === (view === 'waiting')))
      .filter(({ summary }) => [summary.number, summary.title, summary.place].some((field) => field.includes(text)));
    const from = Number(search.get('after') ?? 0);
    const limit = Number(search.get('limit') ?? 50);
    const next = from + limit < chosen.length ? String(from + limit) : null;
    const items = chosen.slice(from, from + limit).map((one) => one.summary);
    return { status: 200, body: { now: this.now(), items, next, total: chosen.length } };
  }

  find(role, id) {
    return this.seenBy(role).find((one) => one.summary.id === id);
  }

  view(found) {
    const kinds = ['acknowledgement', 'contact', 'resolution', 'extension_application', 'return_application', 'note', 'unmasking'];
    const faults = kinds.map((kind) => [kind, this.faultOf(found, kind)]);
    const allowed = faults.filter(([, code]) => code === null).map(([kind]) => kind);
    const refused = Object.fromEntries(faults.filter(([, code]) => code !== null).map(([kind, code]) => [kind, refusal(code)]));
    const { text, source_facts, contact, clocks, timeline } = found;
    return { ...found.summary, text, source_facts, contact: masked(contact), clocks, allowed, refused, timeline };
  }

  faultOf(found, kind, body = {}) {
    const pending = (wanted) => found.timeline.some((one) => one.kind === wanted && one.withdrawable);
    if (kind === 'resolution' && found.summary.stage === 'resolved') return 'already_resolved';
    if (kind === 'resolution' && found.clocks[1].state !== 'met' && !body.unreachable) return 'contact_missing';
    if (kind === 'extension_application' && pending(kind)) return 'application_pending';
    if (kind === 'return_application' && found.clocks[2].state !== 'running') return 'application_late';
    if (kind === 'withdrawal' && !this.applicationOf(found, body)?.withdrawable) return 'no_pending_application';
    return null;
  }

  applicationOf(found, { application }) {
    return found.timeline.find((one) => one.list === 'act' && one.epoch === application.epoch && one.seq === application.seq);
  }

  /** One act by its client-made id, as the API answers it. */
  act(found, body, refuse = null) {
    const { act_id: id, ...content } = body;
    const known = this.acts.get(id);
    if (known && known.content !== JSON.stringify(content)) {
      return error(409, 'act_id_reused', '同一动作编号已用于另一内容，请核对办理记录。', 'This act id was used for another content.');
    }
    if (known) return { status: 200, body: this.answerFor(found, known.item) };
    const code = refuse ?? this.faultOf(found, content.kind, content);
    if (code) return { status: 409, body: { error: refusal(code) } };
    const made = this.record(found, content, kStaff);
    this.acts.set(id, { content: JSON.stringify(content), item: made });
    return { status: 201, body: this.answerFor(found, made) };
  }

  answerFor(found, made) {
    if (made.kind === 'unmasking') return { act: made, notice: null, contact: found.contact };
    const first = found.timeline.find((one) => one.kind === made.kind);
    return { act: made, notice: made.kind === 'acknowledgement' && first !== made ? kAcknowledgedBefore : null };
  }

  record(found, { kind, note, public_answer, spoke_with, basis, text, reason, attachments = [], ...fields }, staff) {
    const ofWords = kind === 'unmasking' || kind === 'withdrawal' || kind === 'resolution';
    const texts = { note, public_answer, spoke_with, basis, ground_text: text, reason_text: ofWords ? reason : undefined };
    for (const name of Object.keys(texts)) if (!texts[name]) delete texts[name];
    delete fields.number_used;
    const made = item('act', 200 + found.timeline.length + this.acts.size, kind, 0, {
      epoch: '9', staff, time: this.now(), fields: ofWords ? fields : { ...fields, ...(reason ? { reason } : {}) }, texts,
      attachments: this.attachments.sized(attachments), truth: 'saved', receipt: null, standing: 'unjudged', withdrawable: kind.endsWith('_application'),
    });
    found.timeline.push(made);
    found.summary.truth = 'saved';
    this.follow(found, kind, fields);
    return made;
  }

  /** What an act does to stage and clocks. */
  follow(found, kind, fields) {
    const met = { acknowledgement: 'acknowledge', contact: fields.outcome === 'reached' ? 'contact' : '', resolution: 'resolve' }[kind];
    const clock = found.clocks.find((one) => one.clock === met && one.state === 'running');
    if (clock) Object.assign(clock, { state: 'met', met_at: this.now() });
    if (kind === 'resolution') found.summary.stage = 'resolved';
    if (kind === 'extension_application') found.clocks[3].extension_pending = true;
    if (kind === 'withdrawal') {
      Object.assign(this.applicationOf(found, fields), { standing: 'withdrawn', withdrawable: false });
      found.clocks[3].extension_pending = false;
    }
    if (kind === 'acknowledgement' && found.summary.due?.clock === 'acknowledge') {
      found.summary.due = { ...found.summary.due, clock: 'contact', due: '2026-10-10T17:00:00+08:00', overdue: 'no' };
    }
  }

  /** A colleague at another PC does something. */
  colleague(id, content) {
    const found = this.assignments.find((one) => one.summary.id === id);
    return this.record(found, content, { id: '8', name: '李文博' });
  }

  /** The centre takes everything. */
  settle() {
    for (const { item: made } of this.acts.values()) {
      Object.assign(made, { truth: 'in_force', receipt: 'R-2026-004199', standing: made.standing === 'withdrawn' ? 'withdrawn' : 'effective' });
    }
    for (const one of this.assignments) if (one.summary.truth === 'saved') one.summary.truth = 'in_force';
  }

  /** The centre had taken the assignment back before the act arrived. */
  conflict(id, kind) {
    const found = this.assignments.find((one) => one.summary.id === id);
    const made = found.timeline.find((one) => one.kind === kind && one.list === 'act');
    Object.assign(made, { truth: 'awaiting_ruling', receipt: null, standing: 'conflict' });
    Object.assign(found.summary, { truth: 'awaiting_ruling', stage: 'taken_back' });
    found.timeline.push(item('entry', 300, 'take_back', 0, { time: { ...this.now(), class: 'central' } }));
  }

  counts(role) {
    const open = this.seenBy(role).filter((one) => !one.waiting).map((one) => one.summary);
    const overdue = open.filter((one) => one.due?.overdue === 'certainly').length;
    const today = open.filter((one) => one.due?.due?.startsWith('2026-10-09') && one.due.overdue !== 'certainly').length;
    return { open: open.length, overdue, due_today: today };
  }
}
