// A small office's work as the API gives it, at a fixed moment: Friday 2026-10-09, 15:20.
export const kStart = Date.parse('2026-10-09T15:20:00+08:00');

export function instant(ms) {
  const text = new Date(ms + 8 * 3600e3).toISOString();
  return `${text.slice(0, 19)}${text.slice(19, 23) === '.000' ? '' : text.slice(19, 23)}+08:00`;
}

const minutes = (count) => count * 60e3;
const at = (offsetMinutes) => instant(kStart + minutes(offsetMinutes));

function due(clock, startOffset, dueAt, more = {}) {
  return { clock, due: dueAt, state: 'running', provisional: false, started_at: at(startOffset), overdue: 'no', ...more };
}

const rows = [
  ['SF202609210017', '东岭小区3号楼二次供水水箱异味，居民多次反映未处理', '滨河街道 东岭小区24号', 'A2', 'complaint', 'contacted', due('resolve', -26240, '2026-10-08T17:00:00+08:00', { overdue: 'certainly' }), 'in_force', '王晓燕'],
  ['SF202610080044', '幼儿园门口占道停车，接送孩子不安全', '滨河街道 育才路2号', 'A2', 'complaint', 'open', due('acknowledge', -160, '2026-10-09T14:40:00+08:00', { overdue: 'certainly' }), null, null],
  ['SF202610090003', '南门巷路灯连续三天不亮', '滨河街道 南门巷17号', 'A2', 'complaint', 'open', due('acknowledge', -72, '2026-10-09T16:08:00+08:00'), null, null, true],
  ['SF202610090005', '咨询居住证续签需要哪些材料', '滨河街道 河滨路3号', 'A1', 'consultation', 'open', due('contact', -3000, '2026-10-09T17:00:00+08:00'), 'saved', '李文博'],
  ['SF202610060021', '楼上独居老人腿脚不便，希望社区上门理发送餐', '青山镇 茶园村10号', 'A1', 'help', 'contacted', due('resolve', -4100, '2026-10-09T17:00:00+08:00'), 'delivered', '王晓燕'],
  ['SF202610090009', '菜市场摊贩短斤少两，要求查处', '青山镇 集贸市场', 'A4', 'report', 'open', due('contact', -300, '2026-10-10T17:00:00+08:00'), 'in_force', '李文博'],
  ['SF202610080031', '工地夜间施工噪声扰民', '滨河街道 望江苑', 'A2', 'complaint', 'open', due('contact', -1500, '2026-10-10T17:00:00+08:00'), 'refused', '赵敏'],
  ['SF202610090012', '公交128路末班车时间与站牌不符', '青山镇 车站路', 'A2', 'opinion', 'open', due('contact', -200, '2026-10-13T17:00:00+08:00'), null, null],
  ['SF202610090014', '窗口工作人员态度冷淡，重复要求提供材料', '滨河街道 便民服务中心', 'A3', 'complaint', 'open', due('contact', -150, '2026-10-14T17:00:00+08:00'), null, '赵敏'],
  ['SF202610090016', '健身房闭店，预付卡余额无法退还', '滨河街道 星光广场4层', 'A4', 'complaint', 'open', due('resolve', -120, '2026-10-16T17:00:00+08:00', { provisional: false }), null, null],
  ['SF202610090018', '河道边堆放建筑垃圾，担心汛期堵塞', '青山镇 下河村', 'A2', 'report', 'open', due('resolve', -100, '2027-01-06T17:00:00+08:00', { provisional: true }), null, null],
];

const waitingRows = [
  ['SF202609250002', '道路塌陷修复后路面不平', '滨河街道 中山路', 'A2', 'complaint', 'contacted', { ...due('resolve', -9000, null), state: 'paused' }, 'in_force', '王晓燕'],
  ['SF202610070015', '申请公租房轮候进度查询', '青山镇 安居办', 'A1', 'consultation', 'resolved', null, 'awaiting_ruling', '李文博'],
];

function summary([number, title, place, category, kind, stage, dueOf, truth, staff, urgent], index) {
  return {
    id: String(1001 + index),
    number,
    title,
    place,
    category,
    kind,
    urgent: urgent ?? false,
    stage,
    dispatched_at: dueOf?.started_at ?? at(-4000),
    due: dueOf,
    truth,
    assigned_to: staff ? { id: '7', name: staff } : null,
    confidential: category === 'A3',
  };
}

export function actTime(offset, clockClass = 'anchored', radius = 400) {
  const ms = kStart + minutes(offset);
  return {
    earliest: instant(ms - radius),
    latest: clockClass === 'floor' ? null : instant(ms + radius),
    estimate: instant(ms),
    class: clockClass,
  };
}

export function item(list, seq, kind, offset, more = {}) {
  return {
    list,
    seq: String(seq),
    kind,
    staff: list === 'act' ? { id: '7', name: '王晓燕' } : null,
    time: list === 'act' ? actTime(offset) : { ...actTime(offset), class: 'central' },
    fields: {},
    texts: {},
    truth: list === 'act' ? 'in_force' : null,
    receipt: list === 'act' ? 'R-2026-004182' : null,
    refusal: null,
    standing: list === 'act' ? 'effective' : 'effective',
    ...more,
  };
}

function longTimeline() {
  return [
    item('entry', 41, 'dispatch', -26240, { fields: { category: 'A2', kind: 'complaint', cycle: 1, lead: true, urgent: false } }),
    item('act', 12, 'acknowledgement', -26190),
    item('act', 13, 'contact', -24600, { fields: { channel: 'telephone', outcome: 'no_answer' }, texts: { note: '两次拨打均无人接听。' } }),
    item('act', 15, 'contact', -23200, {
      fields: { channel: 'visit', outcome: 'reached' },
      texts: { spoke_with: '本人', note: '现场查看水箱，盖板破损，已通知物业清洗并送检。' },
    }),
    item('act', 18, 'extension_application', -16000, { fields: { ground: 'several_units', days: 3 }, texts: { ground_text: '需水务集团配合检测水质。' } }),
    item('entry', 52, 'extension_decision', -15800, { fields: { granted: true, days: 2, application: { epoch: '9', seq: '18' } }, texts: { reason_text: '同意两日，请抓紧落实。' } }),
    item('act', 21, 'return_application', -1400, {
      fields: { reason: 'not_ours' },
      texts: { basis: '二次供水由产权单位负责。' },
      truth: 'refused',
      receipt: null,
      standing: 'refused',
      refusal: { code: 'application_late', sentence: { zh: '申请已超过时限，不能再提出。如有特殊情况请联系中心。', en: 'The application comes after its limit. It cannot be made any more; write to the centre.' } },
    }),
    item('entry', 60, 'supervision_note', -400, { fields: { ground: 'slow_data', veto: false }, texts: { note: '请于今日内反馈办理结果。' } }),
    item('act', 24, 'note', -60, { texts: { note: '水质检测报告已取得，各项合格，正在拟写答复。' }, truth: 'saved', receipt: null, time: actTime(-60, 'carried', 90e3), standing: 'unjudged' }),
  ];
}

function clockView(summaryOf, name, more) {
  return {
    clock: name,
    limit: '5wd',
    source: 'measures',
    statute: '',
    started_at: summaryOf.dispatched_at,
    due: null,
    state: 'running',
    provisional: false,
    last_day: null,
    met_at: null,
    extension_pending: false,
    overdue: 'no',
    reasons: [],
    ...more,
  };
}

const reason = (code, zh, en, days) => ({ code, ...days, text: { zh, en } });

const notCounted = (day) => reason('start_day_not_counted', `${day}当日不计入,从次日起算`, `${day} itself is not counted, counting begins the day after`, { date: day });
const daysOff = (from, to) => reason('days_off', `${from}至${to}放假(通知 国办发明电〔2025〕7号)`, `${from} to ${to} off (by notice 国办发明电〔2025〕7号)`, { from, to });
const dayEnd = (day) => reason('day_end', `${day}17:00下班时截止`, `${day} ends at close of business, 17:00`, { date: day });

/** Codes and words as sync/rules/reasons.h has them: 5 working days, and 2 more over the National Day. */
const kLongReasons = [
  notCounted('2026-09-21'),
  daysOff('2026-09-25', '2026-09-27'),
  daysOff('2026-10-01', '2026-10-07'),
  reason('extension', '延期2个工作日,由2026-09-29延至2026-10-08', 'extended by 2 working days, from 2026-09-29 to 2026-10-08', { from: '2026-09-29', to: '2026-10-08' }),
  dayEnd('2026-10-08'),
];

const kShortReasons = [
  notCounted('2026-10-08'),
  reason('makeup_day', '2026-10-10(星期六)为调休上班日(通知 国办发明电〔2025〕7号)', '2026-10-10, a Saturday, is a working day (by notice 国办发明电〔2025〕7号)', { date: '2026-10-10' }),
  dayEnd('2026-10-14'),
];

function resolveClock({ due: next }) {
  if (next?.clock !== 'resolve') return { started_at: '2026-10-08T10:30:00+08:00', due: '2026-10-14T17:00:00+08:00', reasons: kShortReasons };
  const { due: at, state, overdue, provisional } = next;
  return { due: at, state, overdue, provisional, reasons: at === '2026-10-08T17:00:00+08:00' ? kLongReasons : [] };
}

function clocksOf(one) {
  const met = { state: 'met', met_at: actTime(-60) };
  const isOpen = one.due?.clock === 'acknowledge';
  const contacted = one.stage !== 'open';
  return [
    clockView(one, 'acknowledge', { limit: '2h', ...(isOpen ? { due: one.due.due, overdue: one.due.overdue } : met) }),
    clockView(one, 'contact', { limit: '3wd', ...(contacted ? met : { due: '2026-10-10T17:00:00+08:00' }) }),
    clockView(one, 'return', { limit: '1wd', ...(isOpen ? { due: '2026-10-10T17:00:00+08:00' } : { state: 'ended' }) }),
    clockView(one, 'resolve', resolveClock(one)),
  ];
}

export function makeAssignments() {
  const summaries = [...rows, ...waitingRows].map(summary);
  return summaries.map((one, index) => ({
    summary: one,
    waiting: index >= rows.length,
    text: `市民来电反映：${one.title}。希望承办单位尽快到现场核实，并告知处理结果和完成时间。\n此前曾向物业反映，未得到答复。`,
    source_facts: index === 0 ? { 来电渠道: '12345 热线', 来电次数: '3 次' } : {},
    contact: { name: '孙桂兰', telephone: '13812341002', address: '滨河街道南门巷17号' },
    clocks: clocksOf(one),
    timeline: index === 0 ? longTimeline() : [item('entry', 100 + index, 'dispatch', -200, { fields: { category: one.category, kind: one.kind } })],
  }));
}
