import { useSignal, type Signal } from '@preact/signals';

import type { RuleKind } from '../shared/rule_types';
import { spellDate, spellMoment } from '../shared/spell';
import { nameOf, t } from '../shared/words';
import type { Desk } from './desk';
import type { Looked, MovedAssignment, Rules, Trial } from './rules';

const kKinds: RuleKind[] = ['policy', 'calendar'];

/** A text is looked at before it is published, and what is published is what was looked at. */
export function RulesPublisher({ rules, desk }: { rules: Rules; desk: Desk }) {
  const kind = useSignal<RuleKind>('calendar');
  const text = useSignal('');
  const looked = rules.looked.value;
  const isCurrent = looked !== null && looked.kind === kind.value && looked.document === text.value;
  return (
    <section class="card stack" aria-labelledby="rules-publish">
      <h2 id="rules-publish">{t('rules.publish_title')}</h2>
      <KindChoice kind={kind} />
      <TextOfRules text={text} />
      <div class="row">
        <button type="button" disabled={text.value.trim() === ''} aria-disabled={rules.busy.value} onClick={() => void rules.preview(kind.value, text.value)} data-testid="rules-preview">
          {t('rules.preview')}
        </button>
        <span class="hint">{t('rules.publish_explanation')}</span>
      </div>
      {isCurrent ? <Preview looked={looked} rules={rules} desk={desk} /> : null}
      <Sent rules={rules} />
    </section>
  );
}

function KindChoice({ kind }: { kind: Signal<RuleKind> }) {
  return (
    <fieldset class="field">
      <legend>{t('rules.kind')}</legend>
      <div class="choices">
        {kKinds.map((one) => (
          <label key={one} class={kind.value === one ? 'choice chosen' : 'choice'}>
            <input type="radio" name="rule-kind" checked={kind.value === one} onChange={() => (kind.value = one)} data-testid={`rules-kind-${one}`} />
            <span>{nameOf('rule_kind', one)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** The file as its author wrote it, chosen or pasted. */
function TextOfRules({ text }: { text: Signal<string> }) {
  const take = async (files: FileList | null) => {
    const file = files?.[0];
    if (file) text.value = await file.text();
  };
  return (
    <div class="field">
      <label for="rules-text">{t('rules.text')}</label>
      <textarea id="rules-text" rows={6} spellcheck={false} value={text.value} onInput={(event) => (text.value = event.currentTarget.value)} data-testid="rules-text" />
      <label class="button rule-file">
        {t('rules.file')}
        <input class="visually-hidden" type="file" accept=".json,application/json" onChange={(event) => void take(event.currentTarget.files)} data-testid="rules-file" />
      </label>
    </div>
  );
}

function Preview({ looked, rules, desk }: { looked: Looked; rules: Rules; desk: Desk }) {
  const { trial } = looked;
  if (trial.published) return <p class="notice">{t('rules.published_already', { version: trial.version })}</p>;
  return (
    <div class="stack" role="status" data-testid="rules-trial" data-needs-second={trial.needs_second}>
      <p>
        <strong>{trial.version}</strong> {t('rules.moves', { open: trial.open, earlier: trial.earlier, later: trial.later })}{' '}
        {trial.overdue > 0 ? <strong class="fault">{t('rules.become_overdue', { count: trial.overdue })}</strong> : null}
      </p>
      {trial.first_changed_day ? <p class="hint">{t('rules.first_changed', { day: spellDate(trial.first_changed_day, null) })}</p> : null}
      <UnitCounts trial={trial} />
      <MovedList moved={trial.moved} desk={desk} />
      {trial.needs_second ? <p class="notice">{t('rules.needs_second')}</p> : null}
      <div class="row">
        <button type="button" class="primary" aria-disabled={rules.busy.value} onClick={() => void rules.publish(looked)} data-testid="rules-publish">
          {t(trial.needs_second ? 'rules.propose' : 'rules.publish', { version: trial.version })}
        </button>
      </div>
    </div>
  );
}

function UnitCounts({ trial }: { trial: Trial }) {
  if (trial.units.length === 0) return null;
  return (
    <div class="table-frame" role="region" aria-label={t('rules.by_unit')} tabIndex={0}>
      <table class="units" data-testid="rules-by-unit">
        <thead>
          <tr>
            <th scope="col">{t('rules.unit')}</th>
            <th scope="col">{t('rules.earlier')}</th>
            <th scope="col">{t('rules.later')}</th>
            <th scope="col">{t('rules.overdue')}</th>
          </tr>
        </thead>
        <tbody>
          {trial.units.map(({ unit, earlier, later, overdue }) => (
            <tr key={unit.id}>
              <th scope="row" class="name">
                {unit.name} <span class="number">{unit.code}</span>
              </th>
              <td>{earlier}</td>
              <td>{later}</td>
              <td class={overdue > 0 ? 'some' : ''}>{overdue}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MovedList({ moved, desk }: { moved: MovedAssignment[]; desk: Desk }) {
  if (moved.length === 0) return null;
  const today = desk.now.peek()?.estimate ?? null;
  const spelled = (instant: string | null) => (instant ? spellMoment(instant, today) : t('rules.no_due'));
  return (
    <details>
      <summary>{t('rules.moved', { count: moved.length })}</summary>
      <ul class="similar" data-testid="rules-moved">
        {moved.map((one) => (
          <li key={one.assignment}>
            <span class="number">{one.case_number}</span> {one.title} · {nameOf('clock', one.clock)} {spelled(one.before)} → {spelled(one.after)}
            {one.overdue ? <span class="fault"> {t('rules.overdue')}</span> : null}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Sent({ rules }: { rules: Rules }) {
  const sent = rules.sent.value;
  if (!sent) return null;
  const version = sent.published?.version ?? sent.proposal?.version ?? '';
  return (
    <p class="result" role="status" data-testid="rules-sent" data-published={sent.published !== null}>
      {t(sent.published ? 'rules.sent_published' : 'rules.sent_proposed', { version })}
    </p>
  );
}
