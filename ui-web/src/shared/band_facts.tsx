import { Icon, type IconName } from './icon';
import type { FeedState } from './live_feed';
import { t } from './words';

/** The pieces of the band on top: a fact each, in plain words. */
type Tone = 'calm' | 'good' | 'warn' | 'bad';

interface FactProps {
  tone: Tone;
  icon: IconName;
  word: string;
  more?: string;
  testid: string;
  state: string;
}

export function Fact({ tone, icon, word, more, testid, state }: FactProps) {
  return (
    <li class={`fact ${tone}`} data-testid={testid} data-state={state}>
      <Icon name={icon} />
      <span>
        <strong>{word}</strong>
        {more ? <span class="more"> {more}</span> : null}
      </span>
    </li>
  );
}

/** How this page hangs together with the program that serves it. */
export function PageFact({ state, retry }: { state: FeedState; retry: () => void }) {
  if (state === 'starting') return null;
  if (state !== 'gone') {
    const word = state === 'live' ? 'page.live' : 'page.polling';
    return (
      <li class={`fact page-link ${state}`} data-testid="page-link" data-state={state} title={t(`${word}_hint`)}>
        <span class="dot" aria-hidden="true" />
        <span>{t(word)}</span>
      </li>
    );
  }
  return (
    <li class="fact bad whole" data-testid="page-link" data-state="gone" role="alert">
      <Icon name="alert" />
      <span>
        <strong>{t('page.gone')}</strong> {t('page.gone_hint')}
      </span>
      <button type="button" onClick={retry}>
        {t('page.retry')}
      </button>
    </li>
  );
}
