// A centre's cases, units and what waits for it, as the API gives them, at the same fixed moment as the office's.
import { actTime, instant, kStart } from './fixture_data.mjs';

const kMinute = 60e3;
const at = (offset) => instant(kStart + offset * kMinute);

const kUnitRows = [
  // name, code, open, awaiting, minutes since the last exchange (null: never), undelivered, gigabytes free
  ['滨河街道办事处', 'BH', 214, 3, 0.4, 0, 48.2],
  ['青山镇人民政府', 'QS', 96, 1, 2, 2, 7.4],
  ['市城市管理综合行政执法局', 'CG', 173, 1, 6, 0, 120.5],
  ['高新技术产业开发区管理委员会社会事务服务中心', 'GXQ-SHSW', 58, 0, 134, 11, 18.9],
  ['市水务集团', 'SW', 31, 1, 3100, 4, 1.2],
  ['市市场监督管理局', 'SJ', 122, 1, 1, 0, 64],
  ['市住房和城乡建设局', 'ZJ', 87, 0, 12, 0, 33.3],
  ['老城街道办事处', 'LC', 140, 0, 4, 0, 90],
];

export function makeUnits() {
  const units = kUnitRows.map(([name, code, open, awaiting, minutes, undelivered, free], index) => ({
    id: String(index + 1), code, name, assignments: open * 7, open, awaiting,
    node: { id: String(index + 1), state: 'enrolled', enrolled_at: at(-90000), last_exchange_at: at(-minutes), program: '0.1.0', undelivered, disk_free_bytes: Math.round(free * 2 ** 30) },
  }));
  const bare = { assignments: 0, open: 0, awaiting: 0 };
  units.push({ id: '9', code: 'YL', name: '市园林绿化中心', ...bare, node: { state: 'none', last_exchange_at: null, undelivered: 0 } });
  units.push({ id: '10', code: 'JT', name: '市交通运输局', ...bare, node: { ...units[0].node, id: '10', last_exchange_at: null, undelivered: 0 } });
  return units;
}

const kCaseRows = [
  // number, title, place, category, kind, state, unit's index or null, minutes since, urgent
  ['SF202610090031', '小区门口窨井盖缺失，夜间有人绊倒', '老城街道 解放路112号', 'A2', 'report', 'new', null, 6, true],
  ['SF202610090030', '咨询居住证续签需要哪些材料', '', 'A1', 'consultation', 'new', null, 21],
  ['SF202610090028', '反映菜市场东门夜市油烟、噪声和占道经营同时存在，城管、街道和市场管理方互相推诿，居民已经多次拨打热线仍未解决，希望明确一个牵头单位并公布整改时间', '青山镇 集贸市场东门至茶园路口一带', 'A2', 'complaint', 'new', null, 47],
  ['SF202610090027', '来电谩骂，未说明具体事项', '', 'A2', 'complaint', 'new', null, 58],
  ['SF202610090024', '投诉某小区物业', '滨河街道', 'A2', 'complaint', 'incomplete', null, 95],
  ['SF202610090021', '解放路112号门前井盖丢失', '老城街道 解放路112号', 'A2', 'report', 'dispatched', 7, 130, true],
  ['SF202610080044', '幼儿园门口占道停车，接送孩子不安全', '滨河街道 育才路2号', 'A2', 'complaint', 'dispatched', 0, 1500],
  ['SF202610080031', '工地夜间施工噪声扰民', '滨河街道 望江苑', 'A2', 'complaint', 'dispatched', 2, 1700],
  ['SF202610060021', '楼上独居老人腿脚不便，希望社区上门理发送餐', '青山镇 茶园村10号', 'A1', 'help', 'dispatched', 1, 4300],
  ['SF202610050012', '二次供水水质发黄', '滨河街道 东岭小区', 'A2', 'complaint', 'dispatched', 4, 5800],
  ['SF202610040009', '健身房闭店，预付卡余额无法退还', '滨河街道 星光广场4层', 'A4', 'complaint', 'dispatched', 5, 7100],
  ['SF202609280017', '东岭小区3号楼二次供水水箱异味，居民多次反映未处理', '滨河街道 东岭小区24号', 'A2', 'complaint', 'dispatched', 0, 16000],
  ['SF202609270003', '公交128路末班车时间与站牌不符', '青山镇 车站路', 'A2', 'opinion', 'closed', 1, 17000],
  ['SF202609260011', '法院判决后对方不履行', '', 'A2', 'complaint', 'refused', null, 18000],
];

const kSaid = {
  'SF202610090028': '市民来电称，菜市场东门每晚六点到凌晨一点有二十余家摊贩占道经营，烧烤油烟直接排入楼道，音响声持续到深夜，老人和学生无法休息。此前分别向城管、街道和市场管理方反映，三方均答复“不归我们管”。\n市民要求：一、明确牵头单位；二、公布整改时间；三、整改期间每晚有人巡查。',
  'SF202610090027': '来电人情绪激动，持续谩骂，未说明时间、地点和事项。',
  'SF202610090024': '来电人称“物业不管事”，未说明小区名称和具体问题。',
};

function refusalOf(number) {
  if (number === 'SF202610090024') return { code: 'n8', text: '请补充小区名称、楼号和具体问题。', referred_to: '', earlier_case: null, at: at(-90), by: { id: '4', name: '陈立' }, pending: false, confirmed_by: null };
  if (number === 'SF202609260011') return { code: 'n4', text: '已告知可向作出判决的法院申请强制执行。', referred_to: '向市中级人民法院执行局申请强制执行', earlier_case: null, at: at(-17990), by: { id: '4', name: '陈立' }, pending: false, confirmed_by: null };
  return null;
}

export function makeCases(units) {
  return kCaseRows.map(([number, title, place, category, kind, state, unit, minutes, urgent], index) => ({
    id: String(40 - index), number, title, place, category, kind, state,
    text: kSaid[number] ?? `市民来电反映：${title}。希望尽快处理并告知结果。`,
    urgent: urgent ?? false, confidential: false, created_at: at(-minutes), source: null,
    unit: unit === null ? null : name(units[unit]),
    assignment: unit === null ? null : String(540 - index),
    stage: unit === null ? null : state === 'closed' ? 'closed' : 'contacted',
    awaits: false, refusal: refusalOf(number), merged_into: null, merged: [],
    contact: { name: '孙丽华', telephone: '13812341002', address: '老城街道解放路112号3单元' },
  }));
}

export function name({ id, code, name: spelt }) {
  return { id, code, name: spelt };
}

export function item(list, seq, kind, offset, staff, more = {}) {
  const central = list === 'entry';
  return {
    list, epoch: central ? '3' : '9', seq: String(seq), kind, staff: staff && { id: '7', name: staff },
    time: { ...actTime(offset), class: central ? 'central' : 'anchored' },
    fields: {}, texts: {}, truth: null, receipt: null, refusal: null, standing: central ? null : 'effective', ...more,
  };
}

function clock(name, startOffset, more) {
  return {
    clock: name, limit: '5wd', source: 'measures', statute: '', started_at: at(startOffset), due: null, state: 'running', provisional: false,
    last_day: null, met_at: null, extension_pending: false, overdue: 'no', reasons: [], ...more,
  };
}

/** What each case that awaits a ruling waits for: kind, act, and the due clock. */
const kWaiting = {
  'SF202609280017': {
    kind: 'extension_application', due: '2026-10-09T17:00:00+08:00', overdue: 'no',
    act: item('act', 18, 'extension_application', -60, '王晓燕', {
      fields: { ground: 'several_units', days: 3 },
      texts: { ground_text: '水箱清洗已完成，水质检测须由市水务集团送省级实验室，预计三个工作日出报告；待报告后一并答复市民。' },
    }),
  },
  'SF202610080044': {
    kind: 'return_application', due: '2026-10-09T16:08:00+08:00', overdue: 'no',
    act: item('act', 31, 'return_application', -35, '李文博', { fields: { reason: 'not_ours' }, texts: { basis: '育才路为城市主干道，违停由市公安局交警支队管辖（职责清单第十二条）。' } }),
  },
  'SF202610040009': {
    kind: 'unreachable', due: '2026-10-12T17:00:00+08:00', overdue: 'no',
    act: item('act', 44, 'resolution', -180, '赵敏', {
      fields: { verified: 'yes', beyond_duty: false, solved: 'partly', unreachable: true },
      texts: { reason_text: '经营者失联，已列入异常名录。', note: '三次拨打均无人接听，分别为 10 月 5 日、8 日、9 日。' },
    }),
  },
  'SF202610060021': {
    kind: 'special_application', due: '2026-10-13T17:00:00+08:00', overdue: 'no',
    act: item('act', 52, 'special_application', -300, '周建国', { fields: { days: 10 }, texts: { document_number: '青民字〔2026〕17号', reason_text: '助餐点改造须完成消防验收。' } }),
  },
  'SF202610080031': {
    kind: 'conflict', due: '2026-10-09T09:00:00+08:00', overdue: 'certainly',
    act: item('act', 61, 'resolution', -1300, '吴刚', { fields: { verified: 'yes', beyond_duty: false, solved: 'yes' }, texts: { public_answer: '已责令工地停止夜间施工，并立案处罚。' }, standing: 'conflict' }),
  },
  'SF202610050012': {
    kind: 'extension_application', due: null, overdue: 'no',
    act: item('act', 70, 'extension_application', -2990, '郑华', { fields: { ground: 'site_work', days: 5 }, texts: { ground_text: '管网改造。' } }),
  },
};

export function makeDossiers(cases) {
  return cases.filter(({ assignment }) => assignment !== null).map((one) => dossierOf(one, kWaiting[one.number]));
}

function dossierOf(one, asked) {
  const began = -Math.round((kStart - Date.parse(one.created_at)) / kMinute) + 3;
  one.awaits = asked !== undefined;
  const timeline = [
    item('entry', 41, 'dispatch', began, '陈立', { fields: { category: one.category, kind: one.kind } }),
    item('act', 12, 'acknowledgement', began + 40, '王晓燕'),
    item('act', 13, 'contact', began + 90, '王晓燕', { fields: { channel: 'telephone', outcome: 'reached' }, texts: { spoke_with: '本人', note: '已说明办理安排。' } }),
  ];
  if (asked) timeline.push(asked.act);
  if (asked?.kind === 'conflict') timeline.splice(3, 0, item('entry', 58, 'take_back', -1400, '陈立', { texts: { reason_text: '改由住建局办理。' } }));
  const resolve = asked?.due ? { due: asked.due, overdue: asked.overdue } : { due: '2026-10-14T17:00:00+08:00' };
  return {
    id: one.assignment, unit: one.unit, case: one, cycle: 1, stage: asked?.kind === 'unreachable' ? 'unconfirmed' : one.stage,
    dispatched_at: at(began), awaits: asked !== undefined, paused: false,
    clocks: [
      clock('acknowledge', began, { limit: '2h', state: 'met', met_at: at(began + 40) }),
      clock('contact', began, { limit: '3wd', state: 'met', met_at: at(began + 90) }),
      clock('resolve', began, { ...resolve, extension_pending: asked?.kind === 'extension_application', reasons: [
        { code: 'start_day', date: '2026-09-28', text: { zh: '派发当日不计入', en: 'The day of dispatch is not counted' } },
        { code: 'holiday', from: '2026-10-01', to: '2026-10-07', text: { zh: '国庆节放假，不计工作日', en: 'National Day holiday: no working days' } },
      ] }),
    ],
    waiting: asked ? [{ kind: asked.kind, act: { epoch: '9', seq: asked.act.seq }, item: asked.act }] : [],
    timeline,
  };
}
