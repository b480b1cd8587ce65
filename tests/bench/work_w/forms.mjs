// W as the pages' APIs take it.
import { randomUUID } from 'node:crypto';

const channels = { 电话: 'telephone', 上门: 'visit', 短信: 'message' };
const degrees = { 已解决: 'yes', 部分解决: 'partly', 无法解决: 'no', 解释说明: 'partly' };

const actForms = {
  ack: () => ({ kind: 'acknowledgement' }),
  note: (act) => ({ kind: 'contact', channel: channels[act.channel], outcome: 'reached', note: act.text }),
  resolve: (act) => ({
    kind: 'resolution',
    verified: 'yes',
    beyond_duty: false,
    solved: degrees[act.result],
    note: act.text,
  }),
  extend: (act) => ({ kind: 'extension_application', ground: 'several_units', days: 3, text: act.text }),
};

export const actForm = (act) => ({ act_id: act.id, ...actForms[act.type](act) });

export const caseForm = (assignment) => ({
  request_id: assignment.id,
  title: assignment.title,
  text: assignment.text,
  place: assignment.contact.address,
  category: assignment.category,
  kind: assignment.kind,
  urgent: assignment.priority === 1,
  contact: {
    name: assignment.contact.name,
    telephone: assignment.contact.phone,
    address: assignment.contact.address,
  },
});

export const decisionForm = (decision) => ({
  request_id: decision.id,
  kind: 'extension_decision',
  granted: decision.approved,
  reason: decision.text,
});

export const applicationForm = (text) => ({
  act_id: randomUUID(),
  kind: 'extension_application',
  ground: 'several_units',
  days: 3,
  text,
});
