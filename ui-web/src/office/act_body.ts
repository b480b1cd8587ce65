import { attachmentsBody, filesAreComing, kFilesField } from '../shared/attachment_types';
import { filled, isBlank, type Fields } from '../shared/form_model';

/** Acts as a clerk fills them in, and as the API takes them. */
export const kActKinds = [
  'acknowledgement',
  'contact',
  'resolution',
  'extension_application',
  'return_application',
  'note',
] as const;
export type ActKind = (typeof kActKinds)[number];

export const kChannels = ['telephone', 'visit', 'message'] as const;
export const kOutcomes = ['reached', 'no_answer', 'wrong_number', 'declined'] as const;
export const kDegrees = ['yes', 'partly', 'no'] as const;
export const kGrounds = ['several_units', 'site_work', 'expert_opinion', 'legal_procedure', 'other'] as const;
export const kReturnReasons = ['not_ours', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8', 'n9'] as const;

export function isActKind(word: string | null): word is ActKind {
  return (kActKinds as readonly (string | null)[]).includes(word);
}

/** D4: a consultation that was answered while talking is contacted and completed in one act. */
export function mayComplete(caseKind: string, fields: Fields): boolean {
  return caseKind === 'consultation' && fields.outcome === 'reached';
}

/** The fields that are asked for and still empty, in the order of the form; files that have not come whole yet. */
export function missingFields(kind: ActKind, fields: Fields, caseKind: string): string[] {
  const blank = requiredFields(kind, fields, caseKind).filter((name) => isBlank(fields[name]));
  return filesAreComing(fields) ? [...blank, kFilesField] : blank;
}

function requiredFields(kind: ActKind, fields: Fields, caseKind: string): string[] {
  switch (kind) {
    case 'acknowledgement':
      return [];
    case 'contact':
      return ['channel', 'outcome', ...(completes(caseKind, fields) ? requiredOfResolution(fields) : [])];
    case 'resolution':
      return requiredOfResolution(fields);
    case 'extension_application':
      return ['ground', 'days', 'text'];
    case 'return_application':
      return ['reason', 'basis'];
    case 'note':
      return ['note'];
  }
}

function requiredOfResolution(fields: Fields): string[] {
  const unsolved = fields.solved === 'partly' || fields.solved === 'no';
  return unsolved ? ['verified', 'solved', 'reason'] : ['verified', 'solved'];
}

function completes(caseKind: string, fields: Fields): boolean {
  return mayComplete(caseKind, fields) && fields.completes === true;
}

/** What is sent beside act id and kind: what was filled in and belongs to the form as it stands. */
export function actBody(kind: ActKind, fields: Fields, caseKind: string): Fields {
  return { ...ownFields(kind, fields, caseKind), ...attachmentsBody(fields) };
}

function ownFields(kind: ActKind, fields: Fields, caseKind: string): Fields {
  switch (kind) {
    case 'acknowledgement':
      return {};
    case 'contact': {
      const contact = filled(fields, ['channel', 'outcome', 'spoke_with', 'number_used', 'note']);
      // The handling note of such a contact is the contact's own.
      return completes(caseKind, fields) ? { ...contact, completes: resolution(fields, ['reason', 'public_answer']) } : contact;
    }
    case 'resolution':
      return { ...resolution(fields, ['reason', 'note', 'public_answer']), unreachable: fields.unreachable === true };
    case 'extension_application':
      return { ...filled(fields, ['ground', 'text']), days: Number(fields.days) };
    case 'return_application':
      return filled(fields, ['reason', 'basis', 'suggested_unit']);
    case 'note':
      return filled(fields, ['note']);
  }
}

function resolution(fields: Fields, texts: string[]): Fields {
  return { ...filled(fields, ['verified', 'solved', ...texts]), beyond_duty: fields.beyond_duty === true };
}
