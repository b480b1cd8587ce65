// Work W: what one office and the centre do while the link is away. An office holds 500 open assignments; its staff make
// 1,000 acts (300 acknowledgements, 350 contacts, 250 resolutions, 100 extension applications); meanwhile the centre
// issues 200 assignments and decides 100 applications. The same on every machine.
import { Chance } from './chance.mjs';
import { everyCharacter, madeText } from './made_text.mjs';

const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗'];
const kinds = ['help', 'complaint', 'report', 'opinion'];
const start = Date.UTC(2026, 4, 11, 0, 0, 0);

const moment = (minute) => new Date(start + minute * 60_000).toISOString();

/// Counts for a part of W; `scale` 1 is all of it.
export function sizes(scale) {
  const of = (count) => Math.max(1, Math.round(count * scale));
  const open = of(500);
  return { open, acks: of(300), notes: of(350), resolutions: of(250), extensions: of(100), fresh: of(200), decisions: of(100) };
}

/// One assignment as its case comes in, about 1.5 kB as JSON.
export function madeAssignment(chance, office, number, minute) {
  const name = chance.one(surnames) + chance.one(everyCharacter) + (chance.below(3) > 0 ? chance.one(everyCharacter) : '');
  return {
    id: chance.uuid(),
    no: `GD${String(office).padStart(4, '0')}${String(number).padStart(7, '0')}`,
    office: `D${String(office).padStart(4, '0')}`,
    title: madeText(chance, 14 + chance.below(14)),
    text: madeText(chance, 270 + chance.below(61)),
    contact: {
      name,
      phone: `1${3 + chance.below(6)}${String(chance.below(1e9)).padStart(9, '0')}`,
      address: `${madeText(chance, 12).slice(0, -1)}路${1 + chance.below(400)}号${1 + chance.below(30)}栋${101 + chance.below(2400)}室`,
      secret: chance.below(5) === 0,
    },
    category: `A${1 + chance.below(5)}`,
    kind: chance.one(kinds),
    source: chance.one(['12345', '网站', '微信', '信访', '市长信箱']),
    priority: 1 + chance.below(4),
    region: String(440100 + chance.below(12)),
    geo: [(22.5 + chance.share()).toFixed(6), (113 + chance.share()).toFixed(6)].map(Number),
    issued_at: moment(minute),
    ack_due: moment(minute + 120),
    contact_due: moment(minute + 1440),
    due: moment(minute + (3 + chance.below(12)) * 1440 + chance.below(600)),
    co_units: [],
    callback: chance.below(2) > 0 ? 'required' : 'none',
    status: 'issued',
    version: 1,
  };
}

/// Who does what on which assignment, in the order in which it is done. Resolutions stand on assignments with a contact,
/// extension applications on others, and neither on the last ones, where the centre decides meanwhile.
function plan(chance, size) {
  const own = chance.shuffled(Array.from({ length: size.open - size.decisions }, (_, i) => i));
  const resolved = own.slice(0, size.resolutions);
  const extended = own.slice(size.resolutions, size.resolutions + size.extensions);
  const steps = [];
  const add = (type, on, from, during) => on.forEach((index) => steps.push({ type, index, minute: from + chance.below(during) }));
  add('ack', Array.from({ length: size.acks }, (_, i) => i), 0, 300);
  add('note', [...resolved, ...Array.from({ length: size.notes - resolved.length }, () => chance.one(own))], 300, 900);
  add('extend', extended, 400, 700);
  add('resolve', resolved, 1200, 400);
  return steps.sort((x, y) => x.minute - y.minute);
}

const details = {
  ack: () => ({}),
  note: (chance) => ({ channel: chance.one(['电话', '上门', '短信']), text: madeText(chance, 180 + chance.below(41)) }),
  resolve: (chance) => ({
    result: chance.one(['已解决', '部分解决', '无法解决', '解释说明']),
    satisfied: chance.below(4) > 0,
    text: madeText(chance, 370 + chance.below(61)),
  }),
  extend: (chance) => ({ until: moment(20_000 + chance.below(4000)), text: madeText(chance, 100 + chance.below(41)) }),
};

export function madeWork(office = 1, scale = 1) {
  const chance = new Chance(0xf1e1d ^ Math.imul(office, 0x9e3779b1));
  const size = sizes(scale);
  const open = Array.from({ length: size.open }, (_, i) => madeAssignment(chance, office, i + 1, chance.below(6000)));
  const staff = Array.from({ length: 12 }, (_, k) => `S${String(office).padStart(4, '0')}${String(k).padStart(3, '0')}`);
  const acts = plan(chance, size).map(({ type, index, minute }, i) => ({
    id: chance.uuid(),
    aid: open[index].id,
    index,
    seq: i + 1,
    type,
    by: chance.one(staff),
    at: moment(6100 + minute),
    ...details[type](chance),
  }));
  const fresh = Array.from({ length: size.fresh }, (_, i) =>
    madeAssignment(chance, office, size.open + i + 1, 6100 + chance.below(1500)),
  );
  const decisions = open.slice(size.open - size.decisions).map((assignment, k) => ({
    id: chance.uuid(),
    aid: assignment.id,
    index: size.open - size.decisions + k,
    type: 'ext_decision',
    by: `C${String(chance.below(200)).padStart(5, '0')}`,
    at: moment(6100 + chance.below(1500)),
    approved: chance.below(3) > 0,
    due: moment(20_000 + chance.below(4000)),
    text: madeText(chance, 60 + chance.below(41)),
  }));
  return { open, acts, fresh, decisions };
}

/// As lines of JSON, without what only this program knows.
export const asJson = (records) => records.map(({ index, ...record }) => `${JSON.stringify(record)}\n`).join('');
