import { useEffect, useRef } from 'preact/hooks';

import { countDown, spellCountdown } from '../shared/countdown';
import { Icon } from '../shared/icon';
import { todayOf, type Moment } from '../shared/server_clock';
import { spellMoment } from '../shared/spell';
import { nameOf, t } from '../shared/words';
import type { Desk } from './desk';
import { hashOf } from './route';
import type { WarningGroup, WarningLine } from './warning_types';
import { countOf, spellCount, spellNews, standing } from './warning_words';
import type { Warnings } from './warnings';

const kBell = 'warnings-bell';

/** Who acts on assignments; nobody else has limits to keep. */
const kActing = ['clerk', 'supervisor'];

/** How many limits press, whether some are new, and the way to them. */
export function WarningBell({ desk, warnings }: { desk: Desk; warnings: Warnings }) {
  const view = warnings.view.value;
  if (!view || !kActing.includes(desk.session.view.value?.staff.role ?? '')) return null;
  const pressing = standing(view).some((group) => group.state !== 'due_soon');
  return (
    <button type="button" id={kBell} class="quiet bell" aria-haspopup="dialog" onClick={() => warnings.open()} data-testid="warnings-open">
      <Icon name="bell" />
      {t('warnings.title')}
      {warnings.count.value ? (
        <span class={`count ${pressing ? 'over' : 'soon'}`} data-testid="warnings-count">
          {warnings.count.value}
        </span>
      ) : null}
      <span class="news" role="status" data-testid="warnings-news">
        {view.news > 0 ? t('warnings.news', { count: spellNews(view) }) : ''}
      </span>
    </button>
  );
}

export function WarningPanel({ desk, warnings }: { desk: Desk; warnings: Warnings }) {
  return warnings.shown.value ? <Panel desk={desk} warnings={warnings} /> : null;
}

/** The digest: what stands, in groups, with the first few of each. */
function Panel({ desk, warnings }: { desk: Desk; warnings: Warnings }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => {
    warnings.close();
    document.getElementById(kBell)?.focus();
  };
  return (
    <dialog ref={dialog} class="over warnings" aria-labelledby="warnings-title" onClose={close} data-testid="warnings">
      <section class="card stack">
        <h1 id="warnings-title">{t('warnings.title')}</h1>
        <Digest desk={desk} warnings={warnings} />
        <NoticeChoice warnings={warnings} />
        <button type="button" class="primary" onClick={() => dialog.current?.close()} data-testid="warnings-close">
          {t('warnings.close')}
        </button>
      </section>
    </dialog>
  );
}

function Digest({ desk, warnings }: { desk: Desk; warnings: Warnings }) {
  const view = warnings.view.value;
  const now = desk.now.value;
  if (!view || !now) return null;
  if (standing(view).length === 0) {
    return (
      <p class="hint" data-testid="warnings-none">
        {t('warnings.none')}
      </p>
    );
  }
  const supervises = view.escalated !== null;
  return (
    <div class="digest">
      {view.by_estimate ? <p class="hint">{t('warnings.by_estimate')}</p> : null}
      <Section id="own" title={t(supervises ? 'warnings.mine' : 'warnings.own')} groups={view.own} now={now} warnings={warnings} />
      <Section id="escalated" title={t('warnings.escalated')} groups={view.escalated ?? []} now={now} warnings={warnings} />
    </div>
  );
}

interface SectionProps {
  id: string;
  title: string;
  groups: WarningGroup[];
  now: Moment;
  warnings: Warnings;
}

function Section({ id, title, groups, now, warnings }: SectionProps) {
  if (groups.length === 0) return null;
  return (
    <section aria-labelledby={`warnings-${id}`} data-testid={`warnings-${id}`}>
      <h2 id={`warnings-${id}`}>{title}</h2>
      <ul>
        {groups.map((group) => (
          <Group key={`${group.state}/${group.clock}`} group={group} now={now} names={id === 'escalated'} warnings={warnings} />
        ))}
      </ul>
    </section>
  );
}

interface GroupProps {
  group: WarningGroup;
  now: Moment;
  /** Say who has it. */
  names: boolean;
  warnings: Warnings;
}

function Group({ group, now, names, warnings }: GroupProps) {
  const { state, clock, first } = group;
  const more = group.count - first.length;
  return (
    <li class={`warning-group ${state}`} data-testid="warning-group" data-state={state} data-clock={clock}>
      <p class="row">
        <strong>{nameOf('clock', clock)}</strong>
        <span class="warning-state">{nameOf('warning_state', state)}</span>
        <span class="count">{spellCount(countOf([group]))}</span>
      </p>
      <ul>
        {first.map((line) => (
          <li key={line.id}>
            <a href={hashOf({ list: 'work', assignment: line.id, form: null })} onClick={() => warnings.close()} data-testid="warning-line" data-id={line.id}>
              {line.title}
            </a>
            <span class="hint">{factsOf(line, state, now, names)}</span>
          </li>
        ))}
      </ul>
      {more > 0 && first.length > 0 ? <p class="hint">{t('warnings.more', { count: group.count_is_least ? `${more}+` : more })}</p> : null}
    </li>
  );
}

function factsOf(line: WarningLine, state: WarningGroup['state'], now: Moment, names: boolean): string {
  const arrived = state === 'late_on_arrival' && line.delivered_at !== null;
  const facts = [
    names ? (line.assigned_to?.name ?? t('warnings.nobody')) : '',
    arrived ? t('warnings.arrived', { when: spellMoment(line.delivered_at ?? '', todayOf(now)) }) : spellCountdown(countDown(line.due, now)),
    line.held ? t('warnings.held') : '',
  ];
  return facts.filter(Boolean).join(' · ');
}

/** Notices of the desktop: asked for here, and only here. */
function NoticeChoice({ warnings }: { warnings: Warnings }) {
  const { notice } = warnings;
  const permission = notice.permission.value;
  return (
    <div class="notice-choice" data-testid="warnings-notice" data-permission={permission}>
      {permission === 'default' ? (
        <button type="button" onClick={() => void notice.ask()} data-testid="warnings-notify">
          {t('warnings.notify')}
        </button>
      ) : null}
      <p class="hint">{nameOf('warnings_notice', permission)}</p>
    </div>
  );
}
