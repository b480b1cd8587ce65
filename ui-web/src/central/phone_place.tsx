import { useEffect, useMemo } from 'preact/hooks';

import { msOf } from '../shared/instant';
import { ProblemText } from '../shared/problem_text';
import { spellMoment, spellSpan } from '../shared/spell';
import { HeardForm, ReadOut } from '../shared/spoken_digits';
import { UnitLog } from '../shared/unit_log';
import { nameOf, t } from '../shared/words';
import { mayChange } from './authority';
import type { UnitName } from './central_types';
import type { Desk } from './desk';
import { PhoneCalls, type NotedCode, type PhoneReceiptLine } from './phone_calls';
import { linkTo } from './route';

/** An operator on the telephone with an office: a challenge is read out, a code is typed, an answer is read out. */
export function PhonePlace({ unit, desk }: { unit: UnitName; desk: Desk }) {
  const calls = useMemo(() => new PhoneCalls(desk.session, unit.id), [desk, unit.id]);
  const live = desk.units.value;
  useEffect(() => void calls.read(), [calls, live]);
  const problem = calls.problem.value;
  return (
    <main class="phone-pane" id="detail" tabIndex={-1} data-testid="phone">
      <header class="row between">
        <h1>{t('phone.with', { unit: unit.name })}</h1>
        <a href={linkTo({ id: null })}>{t('phone.back_to_units')}</a>
      </header>
      <p>{t('phone.what_for_central')}</p>
      {problem && problem.step === null ? <ProblemText problem={problem.problem} /> : null}
      {mayChange(desk) ? <Call calls={calls} desk={desk} /> : null}
      <Receipts calls={calls} desk={desk} />
      <UnitLog path={`/api/units/${unit.id}/log`} api={desk.session.api} />
    </main>
  );
}

function Call({ calls, desk }: { calls: PhoneCalls; desk: Desk }) {
  const challenge = calls.challenge.value;
  const noted = calls.noted.value;
  const now = desk.now.value?.estimate ?? null;
  const over = challenge !== null && noted === null && now !== null && msOf(challenge.expires_at) < now;
  return (
    <section class="card">
      <ol class="steps">
        <li>{challenge && !over ? <Challenge calls={calls} now={now} /> : <Draw calls={calls} over={over} />}</li>
        <li class={noted || (challenge && !over) ? undefined : 'later'}>
          {noted ? <Noted noted={noted} now={now} /> : challenge && !over ? <Code calls={calls} /> : t('phone.step_type_code')}
        </li>
        <li class={noted ? undefined : 'later'}>{noted ? <AnswerOut calls={calls} noted={noted} /> : t('phone.step_read_answer')}</li>
      </ol>
    </section>
  );
}

function Draw({ calls, over }: { calls: PhoneCalls; over: boolean }) {
  const problem = calls.problem.value;
  const open = calls.log.value?.challenges[0];
  return (
    <>
      {over ? <p class="notice">{t('phone.expired')}</p> : null}
      <button type="button" class="primary" disabled={calls.busy.value === 'draw'} onClick={() => void calls.draw()} data-testid="phone-draw">
        {t('phone.draw')}
      </button>
      {open && !over ? (
        <button type="button" onClick={() => calls.resume(open)} data-testid="phone-resume">
          {t('phone.resume', { digits: open.digits })}
        </button>
      ) : null}
      {problem?.step === 'draw' ? <ProblemText problem={problem.problem} testid="problem-draw" /> : null}
    </>
  );
}

function Challenge({ calls, now }: { calls: PhoneCalls; now: number | null }) {
  const challenge = calls.challenge.value;
  if (!challenge) return null;
  const left = now === null ? null : msOf(challenge.expires_at) - now;
  return (
    <>
      <ReadOut label="phone.read_challenge" digits={challenge.digits} testid="phone-challenge" />
      {left !== null && calls.noted.value === null ? <p class="hint">{t('phone.lives', { span: spellSpan(Math.max(0, left)) })}</p> : null}
    </>
  );
}

function Code({ calls }: { calls: PhoneCalls }) {
  const problem = calls.problem.value;
  return (
    <HeardForm
      name="code"
      label="phone.code"
      hint="phone.code_hint"
      submit="phone.note"
      busy={calls.busy.value === 'code'}
      problem={problem?.step === 'code' ? problem.problem : null}
      send={(digits) => void calls.take(digits)}
    />
  );
}

function Noted({ noted, now }: { noted: NotedCode; now: number | null }) {
  return (
    <p role="status">
      <strong>{t(noted.holds ? 'phone.noted_holds' : 'phone.noted', { upto: noted.upto, when: spellMoment(noted.at, now) })}</strong>
    </p>
  );
}

function AnswerOut({ calls, noted }: { calls: PhoneCalls; noted: NotedCode }) {
  return (
    <>
      <ReadOut label="phone.read_answer" digits={noted.answer} testid="phone-answer" />
      <p class="hint">{t('phone.read_answer_hint')}</p>
      <button type="button" onClick={() => void calls.draw()} data-testid="phone-again">
        {t('phone.draw_next')}
      </button>
    </>
  );
}

function Receipts({ calls, desk }: { calls: PhoneCalls; desk: Desk }) {
  const receipts = calls.log.value?.receipts ?? [];
  const now = desk.now.value?.estimate ?? null;
  if (receipts.length === 0) return <p class="hint">{t('phone.no_receipts')}</p>;
  return (
    <section>
      <h2>{t('phone.receipts')}</h2>
      <table data-testid="phone-receipts">
        <thead>
          <tr>
            <th scope="col">{t('phone.column_at')}</th>
            <th scope="col">{t('phone.column_upto')}</th>
            <th scope="col">{t('phone.column_by')}</th>
            <th scope="col">{t('phone.column_state')}</th>
          </tr>
        </thead>
        <tbody>
          {receipts.map((receipt) => (
            <Receipt key={receipt.entry.seq} receipt={receipt} now={now} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Receipt({ receipt, now }: { receipt: PhoneReceiptLine; now: number | null }) {
  return (
    <tr data-testid="phone-receipt" data-state={receipt.state}>
      <td>{spellMoment(receipt.at, now)}</td>
      <td>{receipt.upto.seq}</td>
      <td>{receipt.by?.name ?? ''}</td>
      <td>{nameOf('phone_state', receipt.state)}</td>
    </tr>
  );
}
