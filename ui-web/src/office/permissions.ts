import type { AssignmentView } from '../shared/api_types';
import { hasName, nameOf, say, t } from '../shared/words';

/** Why an act is not possible now, in a sentence. */
export function whyNot(assignment: AssignmentView, kind: string): string {
  const why = assignment.refused[kind];
  if (why === undefined) return t('actions.unknown_reason');
  if (typeof why === 'object') return say(why.sentence);
  return hasName('refusal', why) ? nameOf('refusal', why) : t('problem.unknown', { code: why });
}
