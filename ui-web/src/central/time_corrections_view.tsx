import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';

import { ProblemText } from '../shared/problem_text';
import { spellMoment } from '../shared/spell';
import { nameOf, t } from '../shared/words';
import { mayChange } from './authority';
import type { Desk } from './desk';
import { TimeCorrections, type SpanForm, type TimeCorrection } from './time_corrections';

/** Times that the centre signed while its clock was wrong: one person says which, another takes them back. */
export function TimeCorrectionsView({ desk }: { desk: Desk }) {
  const corrections = useMemo(() => new TimeCorrections(desk.session), [desk]);
  const live = desk.units.value;
  useEffect(() => void corrections.read(), [corrections, live]);
  const items = corrections.items.value ?? [];
  const waits = items.some(({ standing }) => standing === 'waits');
  // Opens by itself for whoever is to confirm, and does not close under their hands.
  const open = useSignal(false);
  useEffect(() => {
    if (waits) open.value = true;
  }, [waits, open]);
  return (
    <details class="card times" data-testid="times" open={open.value} onToggle={(event) => (open.value = event.currentTarget.open)}>
      <summary>{t('times.title')}</summary>
      <p>{t('times.what_for')}</p>
      {mayChange(desk) ? <Proposing corrections={corrections} desk={desk} /> : null}
      {items.map((item) => (
        <Proposal key={item.id} item={item} corrections={corrections} desk={desk} />
      ))}
    </details>
  );
}

const kNothing: SpanForm = { unit: '', from: '', until: '', reason: '' };

function Proposing({ corrections, desk }: { corrections: TimeCorrections; desk: Desk }) {
  const form = useSignal(kNothing);
  const problem = corrections.problem.value;
  const set = (change: Partial<SpanForm>) => (form.value = { ...form.value, ...change });
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await corrections.propose(form.value)) form.value = kNothing;
  };
  return (
    <form onSubmit={(event) => void submit(event)} data-testid="times-form">
      <Moment name="from" value={form.value.from} set={(from) => set({ from })} />
      <Moment name="until" value={form.value.until} set={(until) => set({ until })} />
      <p>
        <label for="times-unit">{t('times.unit')}</label>
        <select id="times-unit" value={form.value.unit} onChange={(event) => set({ unit: event.currentTarget.value })} data-testid="times-unit">
          <option value="">{t('times.every_unit')}</option>
          {(desk.units.value ?? []).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </p>
      <p>
        <label for="times-reason">{t('times.reason')}</label>
        <input id="times-reason" required value={form.value.reason} onInput={(event) => set({ reason: event.currentTarget.value })} data-testid="times-reason" />
      </p>
      {problem && problem.id === null ? <ProblemText problem={problem.problem} testid="times-problem" /> : null}
      <button type="submit" class="primary" disabled={corrections.busy.value} data-testid="times-propose">
        {t('times.propose')}
      </button>
    </form>
  );
}

function Moment({ name, value, set }: { name: 'from' | 'until'; value: string; set: (value: string) => void }) {
  return (
    <p>
      <label for={`times-${name}`}>{t(name === 'from' ? 'times.from' : 'times.until')}</label>
      <input
        id={`times-${name}`}
        type="datetime-local"
        required
        value={value}
        onInput={(event) => set(event.currentTarget.value)}
        data-testid={`times-${name}`}
      />
    </p>
  );
}

interface ProposalProps {
  item: TimeCorrection;
  corrections: TimeCorrections;
  desk: Desk;
}

function Proposal({ item, corrections, desk }: ProposalProps) {
  const now = desk.now.value?.estimate ?? null;
  const problem = corrections.problem.value;
  const isOwn = item.by?.id === desk.session.view.value?.staff.id;
  return (
    <section class="proposal" data-testid="times-proposal" data-standing={item.standing}>
      <p>
        <strong>
          {t('times.span', { from: spellMoment(item.from, null), until: spellMoment(item.until, null), unit: item.unit?.name ?? t('times.every_unit') })}
        </strong>
      </p>
      <p>{item.reason}</p>
      <p class="hint">
        {t('times.proposed', { name: item.by?.name ?? '', when: spellMoment(item.at, now) })} · {nameOf('times_standing', item.standing)}
        {item.ruled_by ? ` · ${item.ruled_by.name}` : ''}
      </p>
      {item.standing === 'waits' ? <p>{t('times.effect', { anchors: item.anchors, units: item.units })}</p> : null}
      {problem?.id === item.id ? <ProblemText problem={problem.problem} /> : null}
      {item.standing === 'waits' && isOwn ? <p class="hint">{t('times.needs_second')}</p> : null}
      {item.standing === 'waits' && !isOwn && mayChange(desk) ? (
        <p class="row">
          <button type="button" class="primary" disabled={corrections.busy.value} onClick={() => void corrections.rule(item.id, true)} data-testid="times-confirm">
            {t('times.confirm')}
          </button>
          <button type="button" disabled={corrections.busy.value} onClick={() => void corrections.rule(item.id, false)} data-testid="times-decline">
            {t('times.decline')}
          </button>
        </p>
      ) : null}
    </section>
  );
}
