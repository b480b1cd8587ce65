import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import type { AssignmentView, ClearContact, MaskedContact } from '../shared/api_types';
import { ContactLines } from '../shared/contact_lines';
import { Outcome } from '../shared/form_frame';
import { Icon } from '../shared/icon';
import { spellSpan } from '../shared/spell';
import { mono } from '../shared/ticking';
import { nameOf, t } from '../shared/words';
import type { Acts } from './acts';
import type { Desk } from './desk';
import { whyNot } from './permissions';
import type { Revealed } from './revealed';
import { goTo } from './route';

interface CitizenProps {
  assignment: AssignmentView;
  desk: Desk;
  acts: Acts;
  revealed: Revealed;
}

/** How to reach the citizen: masked, and in clear for those who say why they need it. */
export function Citizen({ assignment, desk, acts, revealed }: CitizenProps) {
  const { contact } = assignment;
  const held = revealed.held.value;
  return (
    <section class="citizen" aria-labelledby="contact-title">
      <h2 id="contact-title">{t('facts.contact')}</h2>
      {contact === null || !hasAny(contact) ? <p class="hint">{t('facts.no_contact')}</p> : null}
      {contact && hasAny(contact) && held?.assignment === assignment.id ? (
        <InClear contact={held.contact} until={held.until} hide={() => revealed.hide()} record={() => recordContact(desk, assignment, contact)} />
      ) : null}
      {contact && hasAny(contact) && held?.assignment !== assignment.id ? (
        <>
          <ContactLines name={contact.name_masked} telephone={contact.telephone_masked} address={contact.address_masked} />
          <Ask assignment={assignment} acts={acts} />
        </>
      ) : null}
    </section>
  );
}

function hasAny(contact: MaskedContact): boolean {
  return contact.name_masked !== '' || contact.telephone_masked !== '' || contact.address_masked !== '';
}

/**
 * From the number into the form. The number goes there masked: drafts lie on this PC, and the record holds the number
 * in full; what was dialled instead can be typed.
 */
function recordContact(desk: Desk, assignment: AssignmentView, contact: MaskedContact): void {
  const drafts = desk.session.drafts.value;
  const draft = drafts.open(assignment.id, 'contact');
  drafts.keep(assignment.id, 'contact', { ...draft, fields: { channel: 'telephone', number_used: contact.telephone_masked, ...draft.fields } });
  goTo({ form: 'contact' });
}

const kReasons = ['call', 'visit', 'check', 'other'] as const;

function Ask({ assignment, acts }: { assignment: AssignmentView; acts: Acts }) {
  const asking = useSignal(false);
  const refused = useSignal(false);
  const allowed = assignment.allowed.includes('unmasking');
  const press = () => {
    if (allowed) asking.value = true;
    else refused.value = true;
  };
  if (asking.value) return <Reasons assignment={assignment} acts={acts} close={() => (asking.value = false)} />;
  return (
    <>
      <button type="button" class="small" aria-disabled={!allowed} onClick={press} data-testid="unmask">
        <Icon name="supervise" />
        {t('unmask.show')}
      </button>
      <p class="why-not" role="status">
        {refused.value ? t('actions.not_now', { act: t('unmask.show'), why: whyNot(assignment, 'unmasking') }) : null}
      </p>
    </>
  );
}

function Reasons({ assignment, acts, close }: { assignment: AssignmentView; acts: Acts; close: () => void }) {
  const chosen = useSignal<string>('');
  const other = useSignal('');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const sending = acts.stateOf(assignment.id, 'unmasking').value;
  const reason = chosen.value === 'other' ? other.value.trim() : chosen.value && nameOf('unmask_reason', chosen.value);
  const submit = (event: Event) => {
    event.preventDefault();
    if (reason !== '') void acts.unmask(assignment.id, reason);
  };
  return (
    <form class="unmask-form" ref={form} onSubmit={submit} noValidate data-testid="unmask-form">
      <fieldset class="field">
        <legend>{t('unmask.why')}</legend>
        <div class="choices">
          {kReasons.map((word) => (
            <label key={word} class={chosen.value === word ? 'choice chosen' : 'choice'}>
              <input
                type="radio"
                name="unmask-reason"
                checked={chosen.value === word}
                data-testid={`unmask-reason-${word}`}
                onChange={() => (chosen.value = word)}
              />
              <span>{nameOf('unmask_reason', word)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {chosen.value === 'other' ? (
        <input
          aria-label={t('unmask.other')}
          placeholder={t('unmask.other')}
          value={other.value}
          maxLength={200}
          data-testid="unmask-other"
          onInput={(event) => (other.value = event.currentTarget.value)}
        />
      ) : null}
      <p class="hint">{t('unmask.logged_hint')}</p>
      <Outcome sending={sending} />
      <div class="row">
        <button type="submit" class="primary small" disabled={sending.phase === 'sending'} aria-disabled={reason === ''} data-testid="unmask-submit">
          {t('unmask.submit')}
        </button>
        <button type="button" class="small" onClick={close}>
          {t('form.cancel')}
        </button>
      </div>
    </form>
  );
}

interface InClearProps {
  contact: ClearContact;
  until: number;
  hide: () => void;
  record: () => void;
}

function InClear({ contact, until, hide, record }: InClearProps) {
  return (
    <div class="in-clear" data-testid="in-clear">
      {contact.telephone ? <Telephone number={contact.telephone} /> : null}
      <ContactLines name={contact.name} telephone="" address={contact.address} />
      <div class="row">
        <button type="button" class="primary small" onClick={record} data-testid="unmask-record">
          {t('unmask.record')}
        </button>
        <button type="button" class="small" onClick={hide} data-testid="unmask-hide">
          {t('unmask.hide')}
        </button>
      </div>
      <p class="hint">{t('unmask.shown_for', { span: spellSpan(until - mono.value) })}</p>
    </div>
  );
}

/** A link, so that a telephone program on the PC can dial it; and the number to be copied. */
function Telephone({ number }: { number: string }) {
  const told = useSignal('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(number);
      told.value = t('unmask.copied');
    } catch {
      told.value = t('unmask.not_copied');
    }
  };
  return (
    <p class="row telephone">
      <a href={`tel:${number.replace(/[^\d+]/g, '')}`} data-testid="telephone">
        <Icon name="phone" />
        {number}
      </a>
      <button type="button" class="quiet small" onClick={() => void copy()} data-testid="copy-number">
        {t('unmask.copy')}
      </button>
      <span class="hint" role="status">
        {told.value}
      </span>
    </p>
  );
}
