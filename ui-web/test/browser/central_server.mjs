// Stands in for the centre while its page is worked on. It knows just enough of the rules for the page to meet their
// answers; the page against the real program is tried in tests/e2e.
import { item, makeCases, makeDossiers, makeUnits, name } from './central_data.mjs';
import { FixtureAttachments } from './fixture_attachments.mjs';
import { instant } from './fixture_data.mjs';
import { error } from './fixture_desk.mjs';
import { FixtureProgram } from './fixture_program.mjs';

const kOperator = { id: '4', name: '陈立', role: 'operator' };
export const kSupervisor = { id: '5', name: '方敏', role: 'supervisor' };

const kNotFound = error(404, 'not_found', '没有这一条,可能已被移走。', 'There is no such thing.');
const kWhy = {
  already_dispatched: ['该诉求已派给承办单位。', 'A unit has this case.'],
  case_closed: ['该诉求已经终结。', 'The case has ended.'],
  refusal_pending: ['不予受理待另一人确认，确认前不能派单。', 'A refusal waits for a second person; it cannot be dispatched meanwhile.'],
  elements_missing: ['要素不全，补充后才能派单。', 'Elements are missing; complete the case first.'],
  not_resolved: ['该交办尚未办结。请等待承办单位办结。', "The assignment is not resolved yet. Wait for the unit's resolution."],
  no_unsatisfied_call_back: ['重办须以群众不满意的回访为据。请先登记回访。', 'Handling again needs a call-back in which the citizen was not satisfied.'],
  not_paused: ['时限没有暂停，无需恢复。', 'The clocks are not paused, so there is nothing to resume.'],
  already_paused: ['时限已经暂停。请先恢复。', 'The clocks are paused already. Resume them first.'],
  assignment_ended: ['该交办已结束。', 'The assignment has ended.'],
};

function why(code) {
  const [zh, en] = kWhy[code];
  return { code, sentence: { zh, en } };
}

function masked({ name: spelt, telephone, address }) {
  return {
    name_masked: spelt ? `${spelt[0]}**` : '',
    telephone_masked: telephone ? `${telephone.slice(0, 3)}****${telephone.slice(-4)}` : '',
    address_masked: address ? `${address.slice(0, 3)}***` : '',
  };
}

/** The centre of one city. `done` keeps what was carried out by request id. */
export class FixtureCentre extends FixtureProgram {
  constructor() {
    super('central', kOperator);
    this.units = makeUnits();
    this.cases = makeCases(this.units);
    this.dossiers = makeDossiers(this.cases);
    this.done = new Map();
    this.safeMode = false;
    this.unmaskings = [];
    this.attachments = new FixtureAttachments();
  }

  now() {
    const estimate = this.nowMs();
    return { earliest: instant(estimate), latest: instant(estimate), estimate: instant(estimate), class: 'central' };
  }

  answer(door, url, body, method) {
    if (door === 'GET /api/status') return { status: 200, body: this.status() };
    if (door === 'GET /api/units') return { status: 200, body: { units: this.units } };
    if (door === 'GET /api/cases') return this.list(url.searchParams);
    if (door === 'GET /api/awaiting') return { status: 200, body: this.awaiting() };
    const [, , things, id, ...rest] = url.pathname.split('/');
    const one = things === 'cases' && this.cases.find((other) => other.id === id);
    const files = one && this.attachments.answer({ timeline: [one] }, method, rest, url.searchParams, body);
    if (files) return files;
    if (body) return this.once(url.pathname, body);
    if (one) return { status: 200, body: { case: this.view(one) } };
    const dossier = things === 'assignments' && this.dossiers.find((other) => other.id === id);
    return dossier ? { status: 200, body: { assignment: this.dossierView(dossier) } } : kNotFound;
  }

  status() {
    const cases = { new: 0, incomplete: 0, dispatched: 0, closed: 0, refused: 0, merged: 0 };
    for (const { state } of this.cases) cases[state]++;
    return {
      city: '云州市', version: '0.1.0', now: this.now(), units: this.units.length, cases,
      assignments: { open: 921, awaiting: this.dossiers.filter(({ waiting }) => waiting.length > 0).length },
      refusals: { n4: 1, n8: 1 }, emergency_lines: ['110', '119', '120', '122', '96333'],
      clock: { kept: 'synchronised', signs: true, doubt: null },
      storage: { safe_mode: this.safeMode, reason: this.safeMode ? { zh: '磁盘已满。', en: 'The disk is full.' } : null },
    };
  }

  list(search) {
    const [state, text] = [search.get('state') ?? '', search.get('q') ?? ''];
    const found = this.cases
      .filter((one) => state === '' || one.state === state)
      .filter((one) => [one.number, one.title, one.place].some((field) => field.includes(text)))
      .sort((a, b) => Number(b.id) - Number(a.id));
    const limit = Number(search.get('limit') ?? 50);
    const from = Number(search.get('after') ?? 0);
    const items = found.slice(from, from + limit).map((one) => this.summary(one));
    return { status: 200, body: { items, next: from + limit < found.length ? String(from + limit) : null, total: found.length } };
  }

  awaiting() {
    const items = this.dossiers.filter(({ waiting }) => waiting.length > 0).map((one) => {
      const { clock, due, state, provisional, started_at, overdue } = one.clocks[2];
      return { assignment: one.id, case: one.case, unit: one.unit, stage: one.stage, dispatched_at: one.dispatched_at, due: { clock, due, state, provisional, started_at, overdue }, waiting: one.waiting };
    });
    items.sort((a, b) => Number(a.assignment) - Number(b.assignment));
    return { now: this.now(), items, next: null, total: items.length };
  }

  summary({ contact, merged, ...one }) {
    return one;
  }

  view(one) {
    const similar = this.cases.filter((other) => other !== one && one.place !== '' && other.place === one.place);
    const assignments = this.dossiers.filter((dossier) => dossier.case === one);
    const faults = this.faultsOf(one);
    const kinds = ['dispatch', 'refusal', 'refusal_ruling', 'completion', 'merge'];
    return {
      ...one,
      contact: masked(one.contact),
      refusals: one.refusals ?? [],
      unmaskings: this.unmaskings.filter(({ id }) => id === one.id),
      assignments: assignments.map(({ id, unit, cycle, stage, dispatched_at, awaits }) => ({ id, unit, cycle, stage, dispatched_at, awaits })),
      similar: similar.map(({ id, number, title, place, state, created_at }) => ({ id, number, title, place, state, created_at, why: 'place' })),
      allowed: kinds.filter((kind) => !faults[kind]),
      refused: Object.fromEntries(Object.entries(faults).filter(([, code]) => code).map(([kind, code]) => [kind, why(code)])),
    };
  }

  faultsOf({ state, refusal }) {
    const held = state === 'dispatched' ? 'already_dispatched' : state === 'new' || state === 'incomplete' ? '' : 'case_closed';
    const pending = refusal?.pending ? 'refusal_pending' : '';
    return {
      dispatch: held || pending || (state === 'incomplete' ? 'elements_missing' : ''),
      refusal: held || pending,
      merge: held || pending,
      refusal_ruling: pending ? '' : 'case_closed',
      completion: state === 'incomplete' ? '' : 'case_closed',
    };
  }

  dossierView({ paused, ...one }) {
    const ended = ['closed', 'taken_back', 'returned'].includes(one.stage) ? 'assignment_ended' : '';
    const unsatisfied = one.timeline.some(({ kind, fields }) => kind === 'call_back' && fields.satisfied === 'no');
    const faults = {
      take_back: ended, supervision_note: '', pause: ended || (paused ? 'already_paused' : ''), resume: paused ? '' : 'not_paused',
      call_back: one.stage === 'resolved' ? '' : 'not_resolved', redo: unsatisfied ? '' : 'no_unsatisfied_call_back', close: ended || (one.stage === 'resolved' ? '' : 'not_resolved'),
    };
    return {
      ...one,
      allowed: Object.keys(faults).filter((kind) => !faults[kind]),
      refused: Object.fromEntries(Object.entries(faults).filter(([, code]) => code).map(([kind, code]) => [kind, why(code)])),
    };
  }

  /** A repeat gives the same answer and does nothing. */
  once(path, { request_id: id, ...body }) {
    const content = JSON.stringify([path, body]);
    const known = this.done.get(id);
    if (known && known.content !== content) return error(409, 'request_id_reused', '同一请求编号已用于另一内容,请刷新页面后重试。', 'This request id was used for another content.');
    if (known) return known.answer;
    const answer = this.change(path, body);
    if (answer.status === 201) this.done.set(id, { content, answer });
    return answer;
  }

  change(path, body) {
    const [, , things, id, ...rest] = path.split('/');
    if (things === 'cases' && id === undefined) return this.takeIn(body);
    const one = things === 'cases' && this.cases.find((other) => other.id === id);
    const dossier = things === 'assignments' && this.dossiers.find((other) => other.id === id);
    if (dossier) return this.decide(dossier, body);
    if (!one) return kNotFound;
    const doors = { dispatch: 'dispatch', refusal: 'refuse', 'refusal/ruling': 'rule', completion: 'complete', merge: 'merge', unmasking: 'unmask', attachments: 'attach' };
    return this[doors[rest.join('/')]](one, body);
  }

  changed(one) {
    this.tell('case', { id: one.id });
    return { status: 201, body: { case: this.view(one) } };
  }

  attach(one, { attachments }) {
    one.attachments = [...(one.attachments ?? []), ...this.attachments.sized(attachments)];
    return this.changed(one);
  }

  takeIn({ contact, ...given }) {
    const id = String(Math.max(...this.cases.map((one) => Number(one.id))) + 1);
    const one = {
      place: '', text: '', ...given, id, number: `SF2026100900${id}`, created_at: instant(this.nowMs()), state: 'new', source: null, unit: null, assignment: null,
      stage: null, awaits: false, refusal: null, merged_into: null, merged: [], contact: { name: '', telephone: '', address: '', ...contact },
    };
    this.cases.unshift(one);
    return this.changed(one);
  }

  dispatch(one, { unit: code, limits = [] }) {
    const fault = this.faultsOf(one).dispatch;
    if (fault) return { status: 409, body: { error: why(fault) } };
    const unit = this.units.find((other) => other.code === code);
    const id = String(900 + this.dossiers.length);
    const [dossier] = makeDossiers([{ ...one, assignment: id, stage: 'open', unit: name(unit) }]);
    Object.assign(one, { state: 'dispatched', unit: name(unit), assignment: id, stage: 'open' });
    Object.assign(dossier, { case: one, limits, timeline: dossier.timeline.slice(0, 1) });
    this.dossiers.push(dossier);
    unit.open++;
    this.tell('case', { id: one.id });
    return { status: 201, body: { assignment: this.dossierView(dossier) } };
  }

  refuse(one, { code, text, referred_to = '', earlier_case: earlier }) {
    const fault = this.faultsOf(one).refusal;
    if (fault) return { status: 409, body: { error: why(fault) } };
    const other = this.cases.find(({ id }) => id === earlier);
    const found = other ? { id: other.id, number: other.number, title: other.title } : null;
    one.refusal = { code, text, referred_to, earlier_case: found, at: instant(this.nowMs()), by: this.staff, pending: code === 'n7', confirmed_by: null };
    if (code === 'n5') Object.assign(one, { title: '', text: '', place: '', contact: { name: '', telephone: '', address: '' } });
    one.state = code === 'n7' ? 'new' : code === 'n8' ? 'incomplete' : 'refused';
    return this.changed(one);
  }

  rule(one, { confirmed }) {
    if (one.refusal.by.id === this.staff.id) return error(409, 'same_person', '不能确认自己提出的不予受理。请由另一人确认。', 'Nobody confirms a refusal of their own.');
    if (confirmed) Object.assign(one, { state: 'refused', refusal: { ...one.refusal, pending: false, confirmed_by: this.staff } });
    else Object.assign(one, { refusals: [{ ...one.refusal, pending: false, standing: 'denied', ruled_by: this.staff }], refusal: null });
    return this.changed(one);
  }

  complete(one, { contact, ...given }) {
    Object.assign(one, given, { state: 'new', refusal: null, contact: { ...one.contact, ...contact } });
    return this.changed(one);
  }

  merge(one, { into }) {
    const other = this.cases.find(({ id }) => id === into);
    other.merged.push({ id: one.id, number: one.number, title: one.title, text: one.text, created_at: one.created_at });
    Object.assign(one, { state: 'merged', merged_into: { id: other.id, number: other.number, title: other.title } });
    return this.changed(one);
  }

  unmask(one, { reason }) {
    this.unmaskings.push({ id: one.id, reason, by: this.staff, at: instant(this.nowMs()) });
    return { status: 201, body: { contact: one.contact } };
  }

  decide(dossier, { kind, reason, application, resolution, act, ...fields }) {
    const fault = this.dossierView(dossier).refused[kind];
    if (fault) return { status: 409, body: { error: fault } };
    const place = application ?? resolution ?? act;
    dossier.waiting = dossier.waiting.filter((one) => one.act.seq !== place?.seq);
    dossier.awaits = dossier.case.awaits = dossier.waiting.length > 0;
    const seq = 300 + this.done.size;
    const entry = item('entry', seq, kind, 0, this.staff.name, { fields, texts: reason ? { reason_text: reason } : {} });
    entry.time = this.now();
    dossier.timeline.push(entry);
    this.follow(dossier, kind, fields);
    this.tell('unit', { id: dossier.unit.id });
    return { status: 201, body: { entry: { epoch: '3', seq: String(seq) }, assignment: this.dossierView(dossier) } };
  }

  follow(dossier, kind, { granted, confirmed }) {
    const stages = { take_back: 'taken_back', close: 'closed', redo: 'redone' };
    if (stages[kind]) dossier.stage = stages[kind];
    if (kind === 'return_decision' && granted) dossier.stage = 'returned';
    if (kind === 'unreachable_decision') dossier.stage = confirmed ? 'resolved' : 'open';
    if (kind === 'pause' || kind === 'resume') dossier.paused = kind === 'pause';
    if (kind === 'close') dossier.case.state = 'closed';
    dossier.case.stage = dossier.stage;
  }
}
