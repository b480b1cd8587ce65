import { spellExactly, spellMoment } from '../shared/spell';
import { nameOf, t } from '../shared/words';
import { mayChange } from './authority';
import type { Desk } from './desk';
import type { Proposal, Publication, Rules, UnitRules } from './rules';

/** What waits for a second person: whoever proposed it cannot confirm it. */
export function Proposals({ rules, proposals, desk }: { rules: Rules; proposals: Proposal[]; desk: Desk }) {
  if (proposals.length === 0) return null;
  return (
    <section class="card stack" aria-labelledby="rules-proposals">
      <h2 id="rules-proposals">{t('rules.proposals')}</h2>
      <p class="hint">{t('rules.proposals_explanation')}</p>
      <ul class="similar">
        {proposals.map((proposal) => (
          <ProposalLine key={proposal.id} proposal={proposal} rules={rules} desk={desk} />
        ))}
      </ul>
    </section>
  );
}

function ProposalLine({ proposal, rules, desk }: { proposal: Proposal; rules: Rules; desk: Desk }) {
  const isMine = proposal.staff?.id === desk.session.view.value?.staff.id;
  return (
    <li data-testid="rules-proposal" data-version={proposal.version}>
      <strong>{proposal.version}</strong> {nameOf('rule_kind', proposal.kind)}
      <p class="hint">
        {t('rules.proposed_by', { name: proposal.staff?.name ?? '', when: spellMoment(proposal.proposed_at, desk.now.peek()?.estimate ?? null) })}
      </p>
      <Document text={proposal.document} />
      {isMine ? <p class="notice">{t('rules.own_proposal')}</p> : null}
      {mayChange(desk) && !isMine ? (
        <div class="row">
          <button type="button" class="primary" aria-disabled={rules.busy.value} onClick={() => void rules.rule(proposal, true)} data-testid="rules-confirm">
            {t('rules.confirm')}
          </button>
          <button type="button" aria-disabled={rules.busy.value} onClick={() => void rules.rule(proposal, false)} data-testid="rules-decline">
            {t('rules.decline')}
          </button>
        </div>
      ) : null}
    </li>
  );
}

/** The text byte for byte, as it is signed. */
function Document({ text }: { text: string }) {
  return (
    <details>
      <summary>{t('rules.document')}</summary>
      <pre class="rule-document">{text}</pre>
    </details>
  );
}

/** The newest first. */
export function Publications({ published, desk }: { published: Publication[]; desk: Desk }) {
  return (
    <section aria-labelledby="rules-published">
      <h2 id="rules-published">{t('rules.published_title')}</h2>
      {published.length === 0 ? <p class="empty">{t('rules.none_published')}</p> : null}
      <ul class="similar">
        {[...published].reverse().map((one) => (
          <li key={one.number} data-testid="rules-publication" data-version={one.version}>
            <span class="number">{one.number}</span> <strong>{one.version}</strong> {nameOf('rule_kind', one.kind)}
            <p class="hint">
              {spellMoment(one.published_at, desk.now.peek()?.estimate ?? null)} · {one.staff?.name ?? t('rules.by_command')}
              {one.second ? ` · ${t('rules.confirmed_by', { name: one.second.name })}` : ''}
            </p>
            <Document text={one.document} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** By which rules each unit says that it counts. */
export function UnitsByRules({ units, desk }: { units: UnitRules[]; desk: Desk }) {
  return (
    <section aria-labelledby="rules-units">
      <h2 id="rules-units">{t('rules.units')}</h2>
      <div class="table-frame" role="region" aria-label={t('rules.units')} tabIndex={0}>
        <table class="units" data-testid="rules-units">
          <thead>
            <tr>
              <th scope="col">{t('rules.unit')}</th>
              <th scope="col">{t('rules.told')}</th>
              <th scope="col">{t('rules.applied')}</th>
              <th scope="col">{t('rules.moved_there')}</th>
            </tr>
          </thead>
          <tbody>
            {units.map((one) => (
              <UnitRow key={one.unit.id} one={one} desk={desk} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function UnitRow({ one, desk }: { one: UnitRules; desk: Desk }) {
  const { unit, told, applied } = one;
  const when = applied?.at.estimate ?? null;
  return (
    <tr data-testid="rules-unit" data-id={unit.id}>
      <th scope="row" class="name">
        {unit.name} <span class="number">{unit.code}</span>
      </th>
      <td>{t(told ? 'rules.is_told' : 'rules.not_told')}</td>
      <td title={when ? spellExactly(when) : undefined}>
        {applied ? `${applied.policy_after} ${applied.notices_added.join(' ')}` : t('rules.not_applied')}
        {when ? <span class="hint"> {spellMoment(when, desk.now.peek()?.estimate ?? null)}</span> : null}
      </td>
      <td>{applied ? t('rules.moved_counts', { earlier: applied.earlier, later: applied.later, overdue: applied.overdue }) : '–'}</td>
    </tr>
  );
}
