import { filled, isBlank, type Fields } from '../shared/form_model';

/** What is done to a case, as an operator fills it in and as the API takes it. */
export const kCaseForms = ['dispatch', 'refusal', 'refusal_ruling', 'completion', 'merge', 'unmasking'] as const;
export type CaseForm = (typeof kCaseForms)[number];

export const kCategories = ['A1', 'A2', 'A3', 'A4', 'A5'] as const;
export const kCaseKinds = ['consultation', 'help', 'complaint', 'report', 'opinion'] as const;
export const kRefusalCodes = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8', 'n9'] as const;
export const kLimitClocks = ['acknowledge', 'contact', 'return', 'resolve'] as const;
export const kLimitUnits = ['h', 'wh', 'wd', 'cd'] as const;

export function isCaseForm(word: string | null): word is CaseForm {
  return (kCaseForms as readonly (string | null)[]).includes(word);
}

/** Where the caller is sent: the right body, the emergency line, the channel, the legal route. */
export function isReferred(code: unknown): boolean {
  return code === 'n1' || code === 'n2' || code === 'n3' || code === 'n4';
}

/** K7: a case that was refused or merged takes no other into it. */
export function takesMerge(other: { state: string }): boolean {
  return other.state !== 'refused' && other.state !== 'merged';
}

export function requiredOfIntake(): string[] {
  return ['title', 'category', 'kind'];
}

export function intakeBody(fields: Fields): Fields {
  const contact = filled(fields, ['name', 'telephone', 'address']);
  return {
    ...filled(fields, ['title', 'text', 'place', 'category', 'kind']),
    urgent: fields.urgent === true,
    confidential: fields.confidential === true,
    ...(Object.keys(contact).length > 0 ? { contact } : {}),
  };
}

function requiredOf(form: CaseForm, fields: Fields): string[] {
  switch (form) {
    case 'dispatch':
      return ['unit', ...limitFaults(fields)];
    case 'refusal':
      return ['code', ...requiredOfRefusal(fields.code), 'text'];
    case 'refusal_ruling':
      return ['confirmed'];
    case 'completion':
      return [];
    case 'merge':
      return ['into'];
    case 'unmasking':
      return ['reason'];
  }
}

function requiredOfRefusal(code: unknown): string[] {
  if (isReferred(code)) return ['referred_to'];
  return code === 'n6' ? ['earlier_case'] : [];
}

/** The fields that are asked for and still empty, in the order of the form. */
export function missingOfCase(form: CaseForm, fields: Fields): string[] {
  const missing = requiredOf(form, fields).filter((name) => isBlank(fields[name]));
  const nothing = form === 'completion' && Object.keys(completion(fields)).length === 0;
  return nothing ? ['text'] : missing;
}

/** What is sent beside the request's id. */
export function caseBody(form: CaseForm, fields: Fields): Fields {
  switch (form) {
    case 'dispatch': {
      const limits = ownLimits(fields);
      return { ...filled(fields, ['unit']), ...(limits.length > 0 ? { limits } : {}) };
    }
    case 'refusal':
      return filled(fields, ['code', ...requiredOfRefusal(fields.code), 'text']);
    case 'refusal_ruling':
      return { confirmed: fields.confirmed === 'yes' };
    case 'completion':
      return completion(fields);
    case 'merge':
      return filled(fields, ['into']);
    case 'unmasking':
      return filled(fields, ['reason']);
  }
}

function completion(fields: Fields): Fields {
  const contact = filled(fields, ['name', 'telephone', 'address']);
  return { ...filled(fields, ['title', 'text', 'place']), ...(Object.keys(contact).length > 0 ? { contact } : {}) };
}

export function limitField(clock: string, part: 'count' | 'unit' | 'statute'): string {
  return `limit_${clock}_${part}`;
}

/** The case's own limits: those of the four clocks that have a number. */
export function ownLimits(fields: Fields): Fields[] {
  return kLimitClocks
    .filter((clock) => !isBlank(fields[limitField(clock, 'count')]))
    .map((clock) => ({
      clock,
      limit: `${Number(fields[limitField(clock, 'count')])}${String(fields[limitField(clock, 'unit')] ?? 'wd')}`,
      ...(isBlank(fields[limitField(clock, 'statute')]) ? {} : { statute: String(fields[limitField(clock, 'statute')]).trim() }),
    }));
}

/** A law without a number limits nothing: the number is missed. */
function limitFaults(fields: Fields): string[] {
  return kLimitClocks.filter((clock) => !isBlank(fields[limitField(clock, 'statute')])).map((clock) => limitField(clock, 'count'));
}
