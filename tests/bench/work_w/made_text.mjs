// Made Chinese office prose. Words and stock phrases follow Zipf's law, so that a compressor finds in it about what it
// finds in the real thing (near 7 bits a character); the meaning is of no account.
import { Chance } from './chance.mjs';

const words = (
  '市民 反映 小区 路面 积水 路灯 损坏 施工 噪音 垃圾 清运 占道 经营 物业 维修 停水 水压 停电 燃气 井盖 塌陷 绿化 树木 ' +
  '违建 消防 通道 停车 收费 公交 站台 学校 医院 社区 街道 城管 执法 现场 核实 整改 处理 回复 满意 投诉 咨询 建议 求助 ' +
  '社保 医保 养老 户籍 材料 窗口 态度 电话 联系 协调 责任 单位 部门 期限 延期 申请 完成 情况 说明 尽快 安排 人员 清理 ' +
  '恢复 正常 上午 下午 近期 多次 长期 影响 出行 安全 隐患 排查 巡查 督办 复查 结果 告知 解释 理解 同意 更换 安装 检测 ' +
  '油烟 餐饮 商铺 招牌 道路 车辆 护栏 桥梁 河道 污水 管网 疏通 抢修 设备 费用 合同 工资 劳动 仲裁 法律 条例 审批 公示 ' +
  '补贴 账户 信息 系统 登记 更正 数据 平台 工单 编号 转办 承办 签收 回访 诉求 属实'
).split(' ');
const phrases = [
  '经现场核实，', '已与市民取得联系，', '市民表示', '责任单位已安排人员', '请有关部门尽快处理，', '目前正在', '根据有关规定，',
  '工作人员已上门', '该问题涉及', '经多方协调，', '预计', '已责令', '下一步将', '对此', '同时', '望给予明确答复。', '特此说明。',
  '市民对处理结果', '诉求基本属实，', '诉求部分属实，', '加强日常巡查，', '防止反弹。',
];
const vocabularySize = 5000;

/// The characters of everyday use (first level of GB 2312), the frequent ones first in an order of chance.
function characters(chance) {
  const decoder = new TextDecoder('gb18030');
  const all = [];
  for (let high = 0xb0; high < 0xd8; high += 1) {
    for (let low = 0xa1; low < 0xff; low += 1) {
      if (high === 0xd7 && low > 0xf9) continue; // not assigned
      all.push(decoder.decode(Uint8Array.of(high, low)));
    }
  }
  return chance.shuffled(all);
}

/// Draws from `list` with weights 1 / (rank + offset).
function byRank(list, offset) {
  const sums = [];
  let sum = 0;
  for (let i = 0; i < list.length; i += 1) sums.push((sum += 1 / (i + offset)));
  return (chance) => {
    const wanted = chance.share() * sum;
    let low = 0;
    for (let high = sums.length - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if (sums[middle] <= wanted) low = middle + 1;
      else high = middle;
    }
    return list[low];
  };
}

const own = new Chance(20260);
export const everyCharacter = characters(own);
const drawCharacter = byRank(everyCharacter, 20);

function vocabulary() {
  const known = new Set(words);
  while (known.size < vocabularySize) {
    known.add(drawCharacter(own) + drawCharacter(own) + (own.below(6) === 0 ? drawCharacter(own) : ''));
  }
  return [...known];
}
const drawWord = byRank(vocabulary(), 8);

/// Exactly `length` characters, the last a full stop.
export function madeText(chance, length) {
  let text = '';
  let sinceStop = 0;
  while (text.length < length) {
    const next = sinceStop === 0 && chance.below(100) < 40 ? chance.one(phrases) : drawWord(chance);
    text += next;
    sinceStop += next.length;
    if (sinceStop > 8 + chance.below(14)) {
      text += chance.below(3) > 0 ? '，' : '。';
      sinceStop = 0;
    } else if (chance.below(12) === 0) {
      text += '的';
    }
  }
  return `${text.slice(0, length - 1)}。`;
}
