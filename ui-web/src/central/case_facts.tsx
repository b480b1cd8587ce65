import { ContactLines } from '../shared/contact_lines';
import { EvidenceButton } from '../shared/evidence_button';
import { Icon } from '../shared/icon';
import { spellMoment } from '../shared/spell';
import { nameOf, t } from '../shared/words';
import { mayChange } from './authority';
import type { CaseView, Unmasking } from './central_types';
import type { Desk } from './desk';
import type { World } from './request_form';
import { aboutCase } from './requests';
import { linkTo } from './route';

/** How to reach the citizen, and what came with the case. */
export function CaseFacts({ one, ...world }: World & { one: CaseView }) {
  const facts = Object.entries(one.source?.facts ?? {});
  return (
    <>
      <section aria-labelledby="contact-title">
        <h2 id="contact-title">{t('facts.contact')}</h2>
        <Citizen one={one} {...world} />
        <Unmaskings looks={one.unmaskings} desk={world.desk} />
      </section>
      {facts.length > 0 ? (
        <section aria-labelledby="facts-title">
          <h2 id="facts-title">{t('cases.source')}</h2>
          <dl class="facts">
            {facts.map(([name, value]) => [<dt key={`${name}/name`}>{nameOf('source_fact', name)}</dt>, <dd key={name}>{String(value)}</dd>])}
          </dl>
        </section>
      ) : null}
      {mayChange(world.desk) && one.assignments.length > 0 ? (
        <EvidenceButton key={one.id} api={world.desk.session.api} path={`/api/cases/${one.id}/evidence`} />
      ) : null}
    </>
  );
}

/** Who looked before. */
function Unmaskings({ looks, desk }: { looks: Unmasking[]; desk: Desk }) {
  if (looks.length === 0) return null;
  return (
    <details class="looks" data-testid="unmaskings">
      <summary>
        {t('unmasking.looks', { count: looks.length })}
        <Icon name="chevron" />
      </summary>
      <ul>
        {looks.map(({ by, at, reason }) => (
          <li key={at}>
            {by?.name ?? ''} · {spellMoment(at, desk.now.peek()?.estimate ?? null)}
            <br />
            {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Masked until somebody says why it is needed; then in clear, until another case is looked at. */
function Citizen({ one, desk, requests }: World & { one: CaseView }) {
  const last = requests.last.value;
  const clear = last?.subject === aboutCase(one.id) ? last.answered.contact : undefined;
  if (clear) {
    return (
      <div data-testid="contact-clear">
        <ContactLines {...clear} />
        <p class="hint">{t('unmasking.logged')}</p>
      </div>
    );
  }
  const { name_masked: name, telephone_masked: telephone, address_masked: address } = one.contact ?? {
    name_masked: '',
    telephone_masked: '',
    address_masked: '',
  };
  if (!name && !telephone && !address) return <p class="hint">{t('facts.no_contact')}</p>;
  return (
    <>
      <ContactLines name={name} telephone={telephone} address={address} />
      {mayChange(desk) ? (
        <a class="button small" href={linkTo({ form: 'unmasking', on: null })} data-testid="unmask">
          {t('unmasking.ask')}
        </a>
      ) : null}
    </>
  );
}
