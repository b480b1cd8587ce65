import { spellMoment } from '../shared/spell';
import { nameOf, t } from '../shared/words';
import type { CaseRefusal, PastRefusal } from './central_types';
import type { Desk } from './desk';
import { linkTo } from './route';

/** Why the case was not taken on, what the caller was told, and who stands for it. */
export function RefusalCard({ refusal, desk }: { refusal: CaseRefusal; desk: Desk }) {
  const { code, text, referred_to: referred, earlier_case: earlier, by, at, confirmed_by: confirmed, pending } = refusal;
  return (
    <section class="refused" aria-labelledby="refusal-title" data-testid="refusal" data-code={code}>
      <h2 id="refusal-title">{t(code === 'n8' ? 'refusal.title_incomplete' : pending ? 'refusal.title_pending' : 'refusal.title')}</h2>
      <p>
        <strong>{nameOf('return_reason', code)}</strong>
      </p>
      <dl class="facts">
        {referred ? [<dt key="n">{nameOf('referred', code)}</dt>, <dd key="v">{referred}</dd>] : null}
        {earlier
          ? [
              <dt key="n">{t('refusal.earlier')}</dt>,
              <dd key="v">
                <a href={linkTo({ place: 'cases', id: earlier.id })}>
                  {earlier.number} {earlier.title}
                </a>
              </dd>,
            ]
          : null}
        <dt>{nameOf('told', told(code))}</dt>
        <dd class="entry-text">{text}</dd>
        <dt>{t('refusal.by')}</dt>
        <dd>
          {by?.name ?? ''} · {spellMoment(at, desk.now.peek()?.estimate ?? null)}
        </dd>
        {confirmed ? [<dt key="n">{t('refusal.confirmed_by')}</dt>, <dd key="v">{confirmed.name}</dd>] : null}
      </dl>
      {pending ? <p class="notice">{t('refusal.pending_hint')}</p> : null}
    </section>
  );
}

/** Refusals that no longer count: denied by the second person, or ended by a completion. */
export function PastRefusals({ refusals, desk }: { refusals: PastRefusal[]; desk: Desk }) {
  const past = refusals.filter(({ standing }) => standing === 'denied' || standing === 'ended');
  if (past.length === 0) return null;
  return (
    <section aria-labelledby="past-refusals-title">
      <h2 id="past-refusals-title">{t('refusal.past')}</h2>
      <ul class="similar">
        {past.map(({ code, text, by, at, standing, ruled_by: ruler }) => (
          <li key={`${code}/${at}`}>
            {nameOf('return_reason', code)} <span class="state">{nameOf('refusal_standing', standing)}</span>
            <p class="entry-text">{text}</p>
            <p class="hint">
              {by?.name ?? ''} · {spellMoment(at, desk.now.peek()?.estimate ?? null)}
              {ruler ? ` · ${t('refusal.ruled_by', { name: ruler.name })}` : ''}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the text of a refusal says, by its code. */
export function told(code: string): 'missing' | 'result' | 'caller' {
  if (code === 'n8') return 'missing';
  return code === 'n9' ? 'result' : 'caller';
}
