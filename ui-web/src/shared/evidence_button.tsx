import { useSignal } from '@preact/signals';

import type { Api, NamedFile } from './api';
import type { Problem } from './api_types';
import { Icon } from './icon';
import { ProblemText } from './problem_text';
import { t } from './words';

/** Takes the evidence of a case out of the house: a file on this PC, and an entry that says so. */
export function EvidenceButton({ api, path }: { api: Api; path: string }) {
  const asking = useSignal(false);
  const problem = useSignal<Problem | null>(null);
  const saved = useSignal('');
  const ask = async () => {
    if (asking.value) return;
    asking.value = true;
    const answer = await api.postForFile(path);
    asking.value = false;
    problem.value = answer.ok ? null : answer.problem;
    saved.value = answer.ok ? answer.value.name : '';
    if (answer.ok) keep(answer.value);
  };
  return (
    <div class="evidence">
      <button type="button" class="small" aria-disabled={asking.value} title={t('evidence.hint')} onClick={() => void ask()} data-testid="evidence">
        <Icon name="file" />
        {t('evidence.export')}
      </button>
      <span class="hint" role="status" data-testid="evidence-saved">
        {saved.value ? t('evidence.saved', { name: saved.value }) : null}
      </span>
      {problem.value ? <ProblemText problem={problem.value} testid="evidence-problem" /> : null}
    </div>
  );
}

/** Through a link, as the browser keeps files. */
function keep(file: NamedFile): void {
  const address = URL.createObjectURL(file.content);
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(address);
}
