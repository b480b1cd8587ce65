import { isForeign, kNoAnswer } from './api';
import type { Problem } from './api_types';
import { say, t } from './words';

/** What went wrong in one sentence; the code stands behind it for the person who is asked for help. */
export function sentenceOf(problem: Problem): string {
  if (problem.code === kNoAnswer) return t('problem.no_answer');
  if (isForeign(problem)) return t('problem.foreign');
  return say(problem.sentence) || t('problem.unknown', { code: problem.code });
}

export function ProblemText({ problem, testid }: { problem: Problem; testid?: string }) {
  return (
    <p class="problem" role="alert" data-testid={testid ?? 'problem'} data-code={problem.code}>
      {sentenceOf(problem)} <span class="code">{problem.code}</span>
    </p>
  );
}
