import type { RuleBook } from './rule_types';
import { spellDate } from './spell';
import { nameOf, t } from './words';

const kLimits = ['acknowledge', 'contact', 'return', 'resolve', 'resolve_consultation'];

/** Which policy and which calendar hold: the limits as numbers, the notices by name. */
export function RuleBookFacts({ book }: { book: RuleBook }) {
  const { policy, calendar } = book;
  const last = calendar.notices[calendar.notices.length - 1] ?? '';
  return (
    <dl class="facts" data-testid="rule-book" data-policy={policy.version} data-notices={calendar.notices.length}>
      <dt>{t('rules.policy')}</dt>
      <dd>
        <strong>{policy.version}</strong>{' '}
        {kLimits.map((limit) => `${nameOf('rule_limit', limit)} ${spellLimit(policy.limits[limit] ?? '')}`).join(' · ')}
      </dd>
      <dt>{t('rules.calendar')}</dt>
      <dd>
        <strong>{last}</strong> <span class="hint">{t('rules.notices', { count: calendar.notices.length })}</span>
      </dd>
      <dt>{t('rules.provisional')}</dt>
      <dd>{t('rules.provisional_from', { day: spellDate(calendar.provisional_from, null) })}</dd>
    </dl>
  );
}

/** `5wd` in words; what a newer version may say stands as it is. */
function spellLimit(limit: string): string {
  const parts = /^(\d+)(h|wh|wd|cd)$/.exec(limit);
  return parts ? `${parts[1]} ${nameOf('limit_unit', parts[2] ?? '')}` : limit;
}
