// The orders of these days, by the name that the table gives them, and when the centre dispatches them.

const own = (clock, limit) => ({ limits: [{ clock, limit, statute: '' }] });

export const orders = [
  { name: 'lamp', at: '14 09:00', title: '路灯不亮' },
  { name: 'drain', at: '14 09:00', title: '下水道堵塞' },
  { name: 'noise', at: '15 09:00', title: '夜间施工噪声' },
  { name: 'dust', at: '15 09:00', title: '工地扬尘' },
  { name: 'alley', at: '15 09:00', title: '小巷积水' },
  { name: 'fence', at: '16 09:00', title: '护栏损坏' },
  { name: 'bus', at: '16 09:00', title: '公交站牌歪斜' },
  { name: 'stall', at: '17 09:00', title: '占道经营' },
  { name: 'signpost', at: '17 09:00', title: '路牌缺失' },
  { name: 'question', at: '17 09:00', title: '居住证办理咨询', more: { kind: 'consultation' } },
  { name: 'leak', at: '17 10:00', title: '自来水管漏水', more: own('resolve', '30h') },
  { name: 'flood', at: '17 10:00', title: '地下室进水', more: { limits: [own('contact', '26h'), own('resolve', '46h')].flatMap((one) => one.limits) } },
  { name: 'gas', at: '18 07:30', title: '燃气异味' },
  { name: 'pond', at: '18 09:00', title: '河塘垃圾' },
  { name: 'market', at: '18 09:30', title: '菜场卫生' },
  { name: 'clinic', at: '18 09:30', title: '诊所招牌' },
  { name: 'school', at: '18 09:30', title: '校门口拥堵' },
  { name: 'heating', at: '19 10:00', title: '供暖管道检修' },
];
