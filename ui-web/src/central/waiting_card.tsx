import type { TimelineItem } from '../shared/api_types';
import { ClockChip } from '../shared/clock_chip';
import type { FormModel } from '../shared/form_model';
import { Choice, TextField, Tick } from '../shared/form_fields';
import { Icon, type IconName } from '../shared/icon';
import { spellExactly, spellMoment } from '../shared/spell';
import { ItemFacts, ItemTexts } from '../shared/timeline';
import { VerdictLine } from '../shared/verdict_line';
import { nameOf, t } from '../shared/words';
import { mayChange } from './authority';
import type { Dossier, Waiting } from './central_types';
import { missingOfRuling, needsReason, rulingBody, rulingOn, type RulingKind } from './decision_body';
import type { Desk } from './desk';
import { RequestForm, type World } from './request_form';
import { aboutAssignment } from './requests';

interface WaitingCardProps extends World {
  dossier: Dossier;
  waiting: Waiting;
}

const kIcons: Record<Waiting['kind'], IconName> = {
  extension_application: 'clock',
  special_application: 'file',
  return_application: 'return',
  unreachable: 'phone',
  conflict: 'alert',
  time: 'clock',
};

/** What a unit waits for: its own words, and the ruling beside them. */
export function WaitingCard({ dossier, waiting, ...world }: WaitingCardProps) {
  const title = titleOf(waiting);
  const id = `waiting-${waiting.act.epoch}-${waiting.act.seq}${waiting.clock ?? ''}`;
  return (
    <section class="waiting" aria-labelledby={id} data-testid="waiting" data-kind={waiting.kind}>
      <div class="said">
        <h2 id={id}>
          <Icon name={kIcons[waiting.kind]} />
          {title}
        </h2>
        {waiting.item ? <Said item={waiting.item} unit={dossier.unit.name} /> : null}
        <p class="hint">{nameOf('waiting_hint', waiting.kind)}</p>
        <Pressing dossier={dossier} waiting={waiting} desk={world.desk} />
      </div>
      {mayChange(world.desk) ? <RulingForm dossier={dossier} waiting={waiting} {...world} /> : <p class="hint">{t('role.may_not')}</p>}
    </section>
  );
}

function Said({ item, unit }: { item: TimelineItem; unit: string }) {
  return (
    <>
      <p class="entry-when">
        <span>{`${unit} · ${item.staff?.name || t('timeline.by_node')}`}</span>
        <time dateTime={item.time.estimate}>{spellExactly(item.time.estimate)}</time>
        <span>{nameOf('clock_class', item.time.class)}</span>
      </p>
      <ItemFacts item={item} />
      <ItemTexts texts={item.texts} />
    </>
  );
}

/** The clock that all this is about, as it stands until the ruling. */
function Pressing({ dossier, waiting, desk }: { dossier: Dossier; waiting: Waiting; desk: Desk }) {
  const clock = dossier.clocks.find((one) => one.clock === (waiting.clock ?? 'resolve'));
  if (!clock) return null;
  const today = desk.now.peek()?.estimate ?? null;
  return (
    <div class="pressing">
      <ClockChip clock={clock} now={desk.now} />
      {clock.due ? <p class="hint">{t('clock.due_at', { when: spellMoment(clock.due, today) })}</p> : null}
      {waiting.clock && clock.verdict ? <VerdictLine verdict={clock.verdict} today={today} /> : null}
    </div>
  );
}

function daysAsked(item: TimelineItem | null): number {
  return Number(item?.fields.days ?? 0);
}

function titleOf({ kind, item, clock }: Waiting): string {
  if (kind === 'time' && clock) return t('waiting.title_time', { clock: nameOf('clock', clock) });
  if (kind === 'conflict' && item) return t('waiting.title_conflict', { act: nameOf('entry', item.kind) });
  const days = daysAsked(item);
  return days > 0 ? t('waiting.title_days', { what: nameOf('waiting', kind), days }) : nameOf('waiting', kind);
}

/** Which words name the two answers. */
const kAnswers: Record<RulingKind, string> = {
  extension_decision: 'ruling_granted',
  special_decision: 'ruling_granted',
  return_decision: 'ruling_granted',
  unreachable_decision: 'ruling_confirmed',
  settlement: 'ruling_stands',
  time_ruling: 'ruling_in_time',
};

function RulingForm({ dossier, waiting, ...world }: WaitingCardProps) {
  const kind = rulingOn(waiting);
  return (
    <RequestForm
      {...world}
      subject={aboutAssignment(dossier.id)}
      kind={`${kind}-${waiting.act.epoch}-${waiting.act.seq}${waiting.clock ?? ''}`}
      title={nameOf('entry', kind)}
      path={`/api/assignments/${dossier.id}/decisions`}
      missing={(fields) => missingOfRuling(kind, fields)}
      body={(fields) => rulingBody(waiting, fields)}
      confirm={(form) => confirmationOf(kind, waiting, form)}
      submitLabel={t('ruling.submit')}
      takesFocus={false}
      fields={(form) => <RulingFields form={form} kind={kind} waiting={waiting} rulesFinally={world.desk.session.view.value?.staff.role === 'supervisor'} />}
    />
  );
}

interface RulingFieldsProps {
  form: FormModel;
  kind: RulingKind;
  waiting: Waiting;
  rulesFinally: boolean;
}

function RulingFields({ form, kind, waiting, rulesFinally }: RulingFieldsProps) {
  const asked = daysAsked(waiting.item);
  const grants = form.text('ruling') === 'yes';
  return (
    <>
      <div class="ruling-line">
        <Choice form={form} name="ruling" label="ruling.label" vocabulary={kAnswers[kind]} options={['yes', 'no']} required />
        {grants && asked > 0 ? (
          <TextField form={form} name="days" label="ruling.days" type="number" hint="ruling.days_hint" hintParams={{ days: asked }} />
        ) : null}
      </div>
      {kind === 'return_decision' && rulesFinally ? <Tick form={form} name="final_ruling" label="ruling.final" hint="ruling.final_hint" /> : null}
      <TextField form={form} name="reason" label="ruling.reason" rows={2} hint="ruling.reason_hint" required={needsReason(kind, form.text('ruling'))} />
    </>
  );
}

function confirmationOf(kind: RulingKind, { item }: Waiting, form: FormModel): string {
  const answer = nameOf(kAnswers[kind], form.text('ruling'));
  const days = form.text('days') || daysAsked(item);
  const asksDays = kind === 'extension_decision' || kind === 'special_decision';
  const what = asksDays && form.text('ruling') === 'yes' ? t('confirm.days', { answer, days }) : answer;
  return t('confirm.ruling', { kind: nameOf('entry', kind), what });
}
