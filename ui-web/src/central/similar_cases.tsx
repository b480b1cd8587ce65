import { nameOf, t } from '../shared/words';
import { takesMerge } from './case_body';
import type { CaseView, SimilarCase } from './central_types';
import type { Desk } from './desk';
import { aboutCase } from './requests';
import { goTo, linkTo, route } from './route';

/** Other cases that may be about the same thing; a merge begins here. */
export function SimilarCases({ one, mayMerge, desk }: { one: CaseView; mayMerge: boolean; desk: Desk }) {
  if (one.similar.length === 0) return null;
  const offers = mayMerge && route.value.form !== 'merge';
  return (
    <section aria-labelledby="similar-title">
      <h2 id="similar-title">{t('similar.title')}</h2>
      <ul class="similar">
        {one.similar.map((other) => (
          <li key={other.id} data-testid="similar" data-id={other.id}>
            <a href={linkTo({ place: 'cases', id: other.id })}>{other.title || t('facts.no_title')}</a>
            <p class="hint">
              {other.number} · {nameOf('case_state', other.state)} · {nameOf('similar_why', other.why)}
            </p>
            {offers && takesMerge(other) ? (
              <button type="button" class="small" onClick={() => beginMerge(desk, one, other)} data-testid="merge-into">
                {t('similar.merge')}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The form opens with the other case chosen. */
function beginMerge(desk: Desk, one: CaseView, other: SimilarCase): void {
  const drafts = desk.session.drafts.value;
  const subject = aboutCase(one.id);
  drafts.keep(subject, 'merge', { ...drafts.open(subject, 'merge'), fields: { into: other.id, into_name: `${other.number} ${other.title}` } });
  goTo({ form: 'merge', on: null });
}

/** Cases that were put into this one. */
export function MergedCases({ one }: { one: CaseView }) {
  if (one.merged.length === 0) return null;
  return (
    <section aria-labelledby="merged-title">
      <h2 id="merged-title">{t('merged.title', { count: one.merged.length })}</h2>
      <ul class="similar">
        {one.merged.map((other) => (
          <li key={other.id}>
            <a href={linkTo({ place: 'cases', id: other.id })}>
              {other.number} {other.title}
            </a>
            <p class="entry-text">{other.text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
