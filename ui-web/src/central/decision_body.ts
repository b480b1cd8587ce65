import { filled, isBlank, type Fields } from '../shared/form_model';
import type { Waiting } from './central_types';

/** Decisions that an operator takes without being asked. */
export const kDecisionKinds = ['call_back', 'close', 'redo', 'supervision_note', 'pause', 'resume', 'take_back'] as const;
export type DecisionKind = (typeof kDecisionKinds)[number];

/** What rules on something that a unit waits for. */
export type RulingKind =
  | 'extension_decision'
  | 'special_decision'
  | 'return_decision'
  | 'unreachable_decision'
  | 'settlement'
  | 'time_ruling';

export const kDegrees = ['yes', 'partly', 'no'] as const;
export const kSupervisionGrounds = [
  'perfunctory',
  'fraud',
  'dereliction',
  'confidentiality',
  'corruption',
  'abuse',
  'slow_data',
  'errors',
  'other',
] as const;

export function isDecisionKind(word: string | null): word is DecisionKind {
  return (kDecisionKinds as readonly (string | null)[]).includes(word);
}

const kRulings: Record<Waiting['kind'], RulingKind> = {
  extension_application: 'extension_decision',
  special_application: 'special_decision',
  return_application: 'return_decision',
  unreachable: 'unreachable_decision',
  conflict: 'settlement',
  time: 'time_ruling',
};

export function rulingOn(waiting: Waiting): RulingKind {
  return kRulings[waiting.kind];
}

/** What the ruling answers, by the name that the API gives it. */
const kQuestions: Record<RulingKind, string> = {
  extension_decision: 'granted',
  special_decision: 'granted',
  return_decision: 'granted',
  unreachable_decision: 'confirmed',
  settlement: 'stands',
  time_ruling: 'in_time',
};

export function questionOf(kind: RulingKind): string {
  return kQuestions[kind];
}

/** A refusal says why, and so does whatever lets somebody's work count or not. */
export function needsReason(kind: RulingKind, ruling: unknown): boolean {
  return ruling === 'no' || kind === 'settlement' || kind === 'time_ruling';
}

export function missingOfRuling(kind: RulingKind, fields: Fields): string[] {
  const required = ['ruling'];
  if (needsReason(kind, fields.ruling)) required.push('reason');
  return required.filter((name) => isBlank(fields[name]));
}

export function rulingBody(waiting: Waiting, fields: Fields): Fields {
  const kind = rulingOn(waiting);
  const granted = fields.ruling === 'yes';
  const asksDays = kind === 'extension_decision' || kind === 'special_decision';
  return {
    kind,
    [placeName(kind)]: waiting.act,
    [questionOf(kind)]: granted,
    ...(asksDays && granted && !isBlank(fields.days) ? { days: Number(fields.days) } : {}),
    ...(kind === 'time_ruling' ? { clock: waiting.clock } : {}),
    ...(kind === 'return_decision' ? { final_ruling: fields.final_ruling === true } : {}),
    ...filled(fields, ['reason']),
  };
}

function placeName(kind: RulingKind): string {
  if (kind === 'settlement' || kind === 'time_ruling') return 'act';
  return kind === 'unreachable_decision' ? 'resolution' : 'application';
}

export function missingOfDecision(kind: DecisionKind, fields: Fields): string[] {
  return requiredOf(kind, fields).filter((name) => isBlank(fields[name]));
}

/** A close speaks for itself; everything else that an operator does to a unit's work says why. */
function requiredOf(kind: DecisionKind, fields: Fields): string[] {
  if (kind === 'close') return [];
  if (kind === 'call_back') return fields.reached === 'yes' ? ['reached', 'satisfied', 'solved'] : ['reached'];
  return kind === 'supervision_note' ? ['ground', 'reason'] : ['reason'];
}

export function decisionBody(kind: DecisionKind, fields: Fields): Fields {
  if (kind === 'supervision_note') return { kind, ...filled(fields, ['ground', 'reason']) };
  if (kind !== 'call_back') return { kind, ...filled(fields, ['reason']) };
  const reached = fields.reached === 'yes';
  return { kind, reached, ...(reached ? filled(fields, ['satisfied', 'solved']) : {}), ...filled(fields, ['reason']) };
}
