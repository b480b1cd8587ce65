import type { ClockVerdict } from './api_types';
import { Icon } from './icon';
import { spellMoment } from './spell';
import { nameOf, t } from './words';

/** Was the limit kept: what is proven, what only the node's clock says, what nobody can tell. */
export function VerdictLine({ verdict, today }: { verdict: ClockVerdict; today: number | null }) {
  return (
    <div class={`verdict ${verdict.verdict}`} data-testid="verdict" data-verdict={verdict.verdict}>
      <p class="verdict-word">
        {verdict.verdict === 'in_time_proven' ? <Icon name="acknowledge" /> : null}
        <span>{nameOf('verdict', verdict.verdict)}</span>
      </p>
      {verdict.act ? <p class="verdict-proof">{spellBracket(verdict, today)}</p> : null}
      {doubtOf(verdict)}
      {verdict.forgiven ? <p class="verdict-proof">{t('verdict.forgiven')}</p> : null}
      {verdict.ruled ? (
        <p class="verdict-ruled">{t(verdict.ruled.in_time ? 'verdict.ruled_in_time' : 'verdict.ruled_late')}</p>
      ) : null}
    </div>
  );
}

function spellBracket({ bracket: { earliest, latest } }: ClockVerdict, today: number | null): string {
  const from = earliest ? spellMoment(earliest, today) : '';
  const to = latest ? spellMoment(latest, today) : '';
  if (from && from === to) return t('verdict.within_minute', { when: from });
  if (from && to) return t('verdict.between', { from, to });
  if (to) return t('verdict.until', { to });
  return from ? t('verdict.since', { from }) : t('verdict.nothing_proven');
}

/** Why nobody can tell: the node's clock is not enough, or is, and the due instant lies within its error. */
function doubtOf({ verdict, trust }: ClockVerdict) {
  if (verdict !== 'undetermined' || trust === null) return null;
  return <p class="verdict-doubt">{trust === 'enough' ? t('verdict.within_error') : nameOf('trust', trust)}</p>;
}
