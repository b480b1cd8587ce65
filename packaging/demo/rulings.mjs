// What the centre decided after the first day, by the number of the order: bodies of POST
// /api/assignments/{id}/decisions in their order. `dispatch` then gives the case to another unit, `merge` to another case.

const satisfied = { kind: 'call_back', reached: true, satisfied: 'yes', solved: 'yes' };
const notReached = { kind: 'call_back', reached: false, reason: '两次回访均无人接听，改日再访。' };
const close = { kind: 'close', reason: '回访满意，予以结案。' };

const unsatisfied = (solved, reason) => ({ kind: 'call_back', reached: true, satisfied: 'no', solved, reason });
const redo = (reason) => ({ kind: 'redo', reason });
const grant = (reason) => ({ kind: 'extension_decision', granted: true, reason });
const deny = (reason) => ({ kind: 'extension_decision', granted: false, reason });
const takeBack = (reason) => ({ kind: 'take_back', reason });

export const rulings = {
  // resolved: called back
  SF202610220008: [satisfied, close],
  SF202610220004: [satisfied, close],
  SF202610230018: [satisfied, close],
  SF202610260018: [satisfied, close],
  SF202610270021: [satisfied, close],
  SF202610280013: [notReached],
  SF202610220014: [
    { kind: 'call_back', reached: true, satisfied: 'partly', solved: 'partly', reason: '对救助金到账时间仍有疑问。' },
  ],
  SF202610230020: [satisfied, close],
  SF202610220022: [close],
  SF202610270005: [
    unsatisfied('no', '市民称作业时间没有任何变化，答复敷衍。'),
    { kind: 'supervision_note', ground: 'perfunctory', reason: '未到现场核实即办结，请举一反三。' },
    redo('群众不满意，请到现场核实后重办。'),
  ],
  SF202610270045: [unsatisfied('partly', '两件大柜仍在过道。'), redo('清理未完，请继续办理。')],
  SF202610260024: [unsatisfied('partly', '公约张贴后只安静了一晚。')],
  SF202610220003: [satisfied, close],
  SF202610230010: [satisfied, close],
  SF202610280015: [satisfied, close],
  SF202610220019: [satisfied, close],
  SF202610250019: [satisfied, close],
  SF202610280004: [unsatisfied('no', '音响只是挪到了楼后。'), redo('请社区与健身队再次协商。')],
  SF202610240009: [notReached],

  // applications
  SF202610270034: [grant('水泵到货需时，情况属实。')],
  SF202610230024: [grant('业主大会公告期为法定程序。')],
  SF202610270023: [deny('人手不足不属于延期理由，请按期办理。')],
  SF202610250020: [grant('应急供水已落实，同意延期。')],
  SF202610280028: [deny('经办人外出应由他人代办。')],
  SF202610290004: [{ kind: 'return_decision', granted: true, reason: '理由成立，改派市场监管。' }, { dispatch: 'SJ' }],
  SF202610260029: [{ kind: 'return_decision', granted: false, reason: '物业管理属街道职责，治安案件另行移送。' }],
  SF202610230009: [{ kind: 'return_decision', granted: true, reason: '监管权限在市级。' }, { dispatch: 'CG' }],
  SF202610220044: [{ kind: 'return_decision', granted: false, reason: '请镇里先核实站点情况，再由中心协调公交公司。' }],

  // by the centre's own hand
  SF202610230011: [{ kind: 'pause', reason: '等待水位牌厂家到货，暂停计时。' }],
  SF202610220007: [{ kind: 'pause', reason: '道路施工图调取中。' }, { kind: 'resume', reason: '图纸已调到。' }],
  SF202610230005: [{ kind: 'pause', reason: '验收费用列支待区里批复。' }],
  SF202610250010: [{ kind: 'supervision_note', ground: 'other', reason: '涉及重点病人用电，请每日报告进展。' }],
  SF202610240012: [{ kind: 'supervision_note', ground: 'slow_data', reason: '病例数请当日更新。' }],
  SF202610270043: [takeBack('地铁施工由城管执法，收回改派。'), { dispatch: 'CG' }],
  SF202610280010: [takeBack('与死鱼一事同源，收回并单。'), { merge: 'SF202610280012' }],
};

/// While an office knows nothing of it, because its cable is pulled.
export const unheard = {
  rift: {
    SF202610270047: [takeBack('道路设计问题改由建设单位整改，收回。')],
    SF202610230017: [takeBack('电梯标志由市场监管查处，收回改派。'), { dispatch: 'SJ' }],
    SF202610270044: [grant('铸件开模情况属实。')],
  },
  offline: {
    SF202610280021: [takeBack('征收补偿由区征收办直接答复，收回。')],
    SF202610260015: [grant('三方联合拆除已排期。')],
  },
};
