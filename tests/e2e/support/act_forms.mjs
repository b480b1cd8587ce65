// What a clerk fills in for each act, under an id of its own. `n` makes the words differ.
import crypto from 'node:crypto';

const made = (fields) => ({ act_id: crypto.randomUUID(), ...fields });

export const actForms = {
  acknowledgement: () => made({ kind: 'acknowledgement' }),
  contact: (n) =>
    made({
      kind: 'contact',
      channel: 'telephone',
      outcome: 'reached',
      spoke_with: '李女士',
      number_used: '13800138000',
      note: `第${n}次联系,已说明处理安排`,
    }),
  resolution: (n) =>
    made({
      kind: 'resolution',
      verified: 'yes',
      beyond_duty: false,
      solved: 'yes',
      note: `现场已处理 ${n}`,
      public_answer: `您反映的问题已处理完毕(${n})。`,
    }),
  extension_application: (n) =>
    made({ kind: 'extension_application', ground: 'several_units', days: 3, text: `需多单位会商 ${n}` }),
  return_application: (n) => made({ kind: 'return_application', reason: 'not_ours', basis: `不属本单位职责 ${n}` }),
  note: (n) => made({ kind: 'note', note: `值班记录 ${n}` }),
  withdrawal: ({ epoch, seq }) => made({ kind: 'withdrawal', application: { epoch, seq }, reason: '已无需延期' }),
};
