import type { ReadonlySignal } from '@preact/signals';

import type { DeadlineClock, Reason } from './api_types';
import { CalendarStrip } from './calendar_strip';
import { ClockChip } from './clock_chip';
import { Icon } from './icon';
import { dayNumber } from './instant';
import { todayOf, type Moment } from './server_clock';
import { spellDate, spellMoment } from './spell';
import { VerdictLine } from './verdict_line';
import { nameOf, say, t } from './words';

type Now = ReadonlySignal<Moment | null>;

/** The clocks of an assignment, each able to say why it is due when it is. */
export function ClockPanel({ clocks, now }: { clocks: DeadlineClock[]; now: Now }) {
  return (
    <section class="clocks" aria-labelledby="clocks-title">
      <h2 id="clocks-title">{t('clock.title')}</h2>
      <ul>
        {clocks.map((clock) => (
          <li key={clock.clock} class={`clock ${clock.state}`} data-testid="clock" data-clock={clock.clock}>
            <OneClock clock={clock} now={now} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OneClock({ clock, now }: { clock: DeadlineClock; now: Now }) {
  return (
    <>
      <ClockChip clock={clock} now={now} />
      <DueLine clock={clock} now={now} />
      {clock.verdict ? <VerdictLine verdict={clock.verdict} today={today(now)} /> : null}
      {clock.arrived_late_at ? <p class="pending" data-testid="arrived-late">{t('clock.arrived_late', { when: spellMoment(clock.arrived_late_at, today(now)) })}</p> : null}
      {clock.extension_pending ? <p class="pending">{t('clock.extension_pending')}</p> : null}
      {clock.reasons.length > 0 || clock.statute ? <Why clock={clock} now={now} /> : null}
    </>
  );
}

/** The day of today as far as the server knows it, without a redraw each second. */
function today(now: Now): number | null {
  return todayOf(now.peek());
}

function todayNumber(now: Now): number | null {
  const known = today(now);
  return known === null ? null : dayNumber(known);
}

function DueLine({ clock, now }: { clock: DeadlineClock; now: Now }) {
  if (clock.awaits_confirmation) return <p class="due">{t('clock.awaits_confirmation')}</p>;
  if (clock.state === 'met') {
    return <p class="due">{t('clock.met_at', { when: metAt(clock, now) })}</p>;
  }
  if (clock.state === 'paused') return <p class="due">{t('clock.paused_hint')}</p>;
  if (clock.due === null || clock.state !== 'running') return null;
  return <p class="due">{t('clock.due_at', { when: spellMoment(clock.due, today(now)) })}</p>;
}

/** When it was met, as far as the office knew the time: a moment, a range, or a bound. */
function metAt({ met_at: at }: DeadlineClock, now: Now): string {
  if (at === null) return '';
  if (typeof at === 'string') return spellMoment(at, today(now));
  const from = spellMoment(at.earliest, today(now));
  if (at.latest === null) return t('moment.not_before', { when: from });
  const to = spellMoment(at.latest, today(now));
  return from === to ? spellMoment(at.estimate, today(now)) : t('moment.between', { from, to });
}

function Why({ clock, now }: { clock: DeadlineClock; now: Now }) {
  return (
    <details data-testid="clock-why">
      <summary>
        {t('clock.why')}
        <Icon name="chevron" />
      </summary>
      <dl class="why">
        <dt>{t('clock.limit')}</dt>
        <dd>
          {spellLimit(clock.limit ?? '')}
          {clock.source ? ` · ${nameOf('limit_source', clock.source)}` : ''}
          {clock.statute ? ` · ${clock.statute}` : ''}
        </dd>
        <dt>{t('clock.started')}</dt>
        <dd>{spellMoment(clock.started_at, today(now))}</dd>
      </dl>
      <CalendarStrip clock={clock} today={todayNumber(now)} />
      <ol class="reasons">
        {clock.reasons.map((reason, index) => (
          <li key={index} data-code={reason.code}>
            <ReasonDate reason={reason} now={now} />
            <span>{say(reason.text)}</span>
          </li>
        ))}
      </ol>
      {clock.provisional ? <p class="hint">{t('clock.provisional_hint')}</p> : null}
    </details>
  );
}

/** "5wd" as people say it; what this version cannot read is shown as it stands. */
export function spellLimit(limit: string): string {
  const parts = /^(\d+)(h|wh|wd|cd)$/.exec(limit);
  if (!parts?.[1] || !parts[2]) return limit;
  const words = parts[1] === '1' ? nameOf('limit_one', parts[2]) : nameOf('limit', parts[2]);
  return words.replace('{count}', parts[1]);
}

function ReasonDate({ reason: { date, from, to }, now }: { reason: Reason; now: Now }) {
  const spell = (text: string) => {
    if (!/^\d{4}-/.test(text)) return '';
    return text.length === 10 ? spellDate(text, today(now)) : spellMoment(text, today(now));
  };
  if (date) return <span class="reason-date">{spell(date)}</span>;
  if (!from) return null;
  return <span class="reason-date">{`${spell(from)} – ${to ? spell(to) : ''}`}</span>;
}
