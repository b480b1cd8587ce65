import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';

import { Icon } from '../shared/icon';
import { ProblemText } from '../shared/problem_text';
import { todayOf } from '../shared/server_clock';
import { spellMoment } from '../shared/spell';
import { HeardForm, ReadOut } from '../shared/spoken_digits';
import { nameOf, t } from '../shared/words';
import type { Desk } from './desk';
import { PhoneReceipt, type PhoneCall, type PhoneProof, type Step } from './phone_receipt';
import { atPhone, phoneHash } from './phone_route';
import { hashOf } from './route';

/** Whoever records what the office does may prove by telephone that it was recorded. */
function maySpeak(desk: Desk): boolean {
  const role = desk.session.view.value?.staff.role;
  return role === 'clerk' || role === 'supervisor';
}

export function PhoneLink({ desk }: { desk: Desk }) {
  if (!maySpeak(desk)) return null;
  return (
    <a class="place-link" href={phoneHash} aria-current={atPhone.value ? 'page' : undefined} data-testid="to-phone">
      <Icon name="phone" />
      {t('phone.title')}
    </a>
  );
}

/** While the data link is down: prove by telephone that the journal exists now, and learn what time it is. */
export function PhonePlace({ desk }: { desk: Desk }) {
  const phone = useMemo(() => new PhoneReceipt(desk.session), [desk]);
  const live = desk.status.value;
  useEffect(() => void phone.read(), [phone, live]);
  const view = phone.view.value;
  const problem = phone.problem.value;
  return (
    <main class="phone-pane" id="assignment" tabIndex={-1} data-testid="phone">
      <header class="row between">
        <h1>{t('phone.title')}</h1>
        <a href={hashOf({ list: 'work', assignment: null, form: null })}>{t('phone.back')}</a>
      </header>
      <p>{t('phone.what_for')}</p>
      {problem && problem.step === null ? <ProblemText problem={problem.problem} /> : null}
      {view ? (
        <>
          <Call call={view.call} journal={view.journal_seq} phone={phone} desk={desk} />
          <Proofs proofs={view.proofs} desk={desk} />
        </>
      ) : null}
    </main>
  );
}

interface CallProps {
  call: PhoneCall | null;
  journal: number;
  phone: PhoneReceipt;
  desk: Desk;
}

/** A call that was answered, or whose challenge is spent, makes way for the next one. */
function Call({ call, journal, phone, desk }: CallProps) {
  const over = call === null || call.minute !== null || call.tries_left === 0;
  /** The answered call after which another one is made. */
  const again = useSignal<string | null>(null);
  return (
    <section class="card">
      {call?.minute ? <Proven call={call} journal={journal} desk={desk} /> : null}
      {call?.minute && again.value !== call.challenge ? (
        <button type="button" onClick={() => (again.value = call.challenge)} data-testid="phone-again">
          {t('phone.again')}
        </button>
      ) : (
        <ol class="steps">
          <li>{over ? <Heard step="challenge" phone={phone} /> : <Restart phone={phone} challenge={call.challenge} />}</li>
          <li class={over ? 'later' : undefined}>{over ? t('phone.step_code') : <Code call={call} />}</li>
          <li class={over ? 'later' : undefined}>{over ? t('phone.step_answer') : <Heard step="answer" phone={phone} tries={call.tries_left} />}</li>
        </ol>
      )}
    </section>
  );
}

function Heard({ step, phone, tries }: { step: Step; phone: PhoneReceipt; tries?: number }) {
  const problem = phone.problem.value;
  return (
    <>
      <HeardForm
        key={step}
        name={step}
        label={step === 'challenge' ? 'phone.challenge' : 'phone.answer'}
        hint={step === 'challenge' ? 'phone.challenge_hint' : 'phone.answer_hint'}
        submit={step === 'challenge' ? 'phone.make_code' : 'phone.check_answer'}
        busy={phone.busy.value === step}
        problem={problem !== null && problem.step === step ? problem.problem : null}
        send={(digits) => void phone.take(step, digits)}
      />
      {tries !== undefined && tries < 3 ? <p class="hint">{t('phone.tries_left', { count: tries })}</p> : null}
    </>
  );
}

/** The call at work; another challenge begins another. */
function Restart({ phone, challenge }: { phone: PhoneReceipt; challenge: string }) {
  const open = useSignal(false);
  if (open.value) return <Heard step="challenge" phone={phone} />;
  return (
    <p>
      {t('phone.challenge_is', { digits: challenge })}{' '}
      <button type="button" class="quiet" onClick={() => (open.value = true)} data-testid="phone-other-challenge">
        {t('phone.other_challenge')}
      </button>
    </p>
  );
}

function Code({ call }: { call: PhoneCall }) {
  return (
    <>
      <ReadOut label="phone.read_code" digits={call.code} testid="phone-code" />
      <p class="hint">{t('phone.covers', { upto: call.upto })}</p>
    </>
  );
}

function Proven({ call, journal, desk }: { call: PhoneCall; journal: number; desk: Desk }) {
  const when = spellMoment(call.minute ?? '', todayOf(desk.now.value));
  const later = journal - call.upto;
  return (
    <div role="status" data-testid="phone-proven">
      <p>
        <strong>{t('phone.proven', { upto: call.upto, when })}</strong>
      </p>
      <p>{t('phone.proven_more')}</p>
      {later > 0 ? <p class="hint">{t('phone.not_covered', { count: later })}</p> : null}
    </div>
  );
}

function Proofs({ proofs, desk }: { proofs: PhoneProof[]; desk: Desk }) {
  if (proofs.length === 0) return null;
  const now = todayOf(desk.now.value);
  return (
    <section>
      <h2>{t('phone.proofs')}</h2>
      <table data-testid="phone-proofs">
        <thead>
          <tr>
            <th scope="col">{t('phone.column_at')}</th>
            <th scope="col">{t('phone.column_upto')}</th>
            <th scope="col">{t('phone.column_state')}</th>
          </tr>
        </thead>
        <tbody>
          {proofs.map(({ at, upto, state }) => (
            <tr key={`${at}-${upto}`} data-testid="phone-proof" data-state={state}>
              <td>{spellMoment(at, now)}</td>
              <td>{upto}</td>
              <td>{nameOf('phone_state', state)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
