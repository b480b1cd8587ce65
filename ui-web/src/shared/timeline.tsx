import type { ComponentChildren } from 'preact';

import { placeOf, type TimelineItem } from './api_types';
import { Icon, type IconName } from './icon';
import { spellExactly, spellSpan } from './spell';
import { msOf } from './instant';
import { TruthLabel } from './truth_label';
import { hasName, nameOf, say, t } from './words';

/** What a page adds to an entry, such as a way to take it back. */
type More = (item: TimelineItem) => ComponentChildren;

/** Everything that happened to an assignment, the newest first. What was refused or lost stays in sight. */
export function Timeline({ items, more }: { items: TimelineItem[]; more?: More }) {
  const newestFirst = [...items].reverse();
  return (
    <section class="timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t('timeline.title')}</h2>
      <ol>
        {newestFirst.map((item) => (
          <Entry key={placeOf(item)} item={item} more={more} />
        ))}
      </ol>
    </section>
  );
}

const kIcons: Record<string, IconName> = {
  acknowledgement: 'acknowledge',
  contact: 'phone',
  resolution: 'seal',
  extension_application: 'clock',
  return_application: 'return',
  note: 'pencil',
  dispatch: 'inbox',
  unmasking: 'supervise',
  withdrawal: 'return',
  take_back: 'return',
  supervision_note: 'supervise',
  pause: 'pause',
  refusal: 'cross',
  conflict: 'alert',
};

/** Standings that take the force from an act: it is drawn struck, and the reason stands beside it. */
const kLost = ['no_effect', 'refused', 'void', 'set_aside', 'withdrawn', 'repeated'];

/** One entry, with what became of it. */
export function Entry({ item, more }: { item: TimelineItem; more: More | undefined }) {
  const lost = item.standing !== null && kLost.includes(item.standing);
  return (
    <li
      class={`entry ${item.list} ${lost ? 'lost' : ''}`}
      tabIndex={-1}
      data-testid="timeline-item"
      data-list={item.list}
      data-seq={String(item.seq)}
      data-kind={item.kind}
      data-standing={item.standing ?? ''}
    >
      <span class="entry-icon">
        <Icon name={kIcons[item.kind] ?? (item.list === 'act' ? 'file' : 'building')} />
      </span>
      <div class="entry-body">
        <header>
          <strong class="entry-kind">{nameOf('entry', item.kind)}</strong>
          {item.truth ? <TruthLabel state={item.truth} receipt={item.receipt} /> : null}
          <Standing item={item} />
        </header>
        <When item={item} />
        {item.refusal ? <p class="refusal">{say(item.refusal.sentence) || item.refusal.code}</p> : null}
        <ItemFacts item={item} />
        <ItemTexts texts={item.texts} />
        {more?.(item)}
      </div>
    </li>
  );
}

/** What became of an act, where the six states do not say it already. */
function Standing({ item }: { item: TimelineItem }) {
  const silent = ['effective', 'unjudged', 'refused', ''];
  if (item.list !== 'act' || item.standing === null || silent.includes(item.standing)) return null;
  return <span class="standing">{nameOf('standing', item.standing)}</span>;
}

function When({ item }: { item: TimelineItem }) {
  const who = item.staff?.name || t(item.list === 'act' ? 'timeline.by_node' : 'timeline.by_centre');
  return (
    <p class="entry-when">
      <span>{who}</span>
      <time dateTime={item.time.estimate}>{spellExactly(item.time.estimate)}</time>
      <span class="class" title={nameOf('clock_class_hint', item.time.class)}>
        {nameOf('clock_class', item.time.class)}
        {bracketOf(item)}
      </span>
    </p>
  );
}

/** How far off the moment may be, where that is worth a word. */
function bracketOf(item: TimelineItem): string {
  const { earliest, latest } = item.time;
  if (latest === null) return ` · ${t('timeline.not_before', { when: spellExactly(earliest) })}`;
  const width = msOf(latest) - msOf(earliest);
  return width > 2000 ? ` ±${spellSpan(width / 2)}` : '';
}

/** Which vocabulary names the values of a field. */
const kVocabularies: Record<string, string> = {
  channel: 'channel',
  outcome: 'outcome',
  verified: 'degree',
  solved: 'degree',
  satisfied: 'degree',
  ground: 'ground',
  reason: 'return_reason',
  kind: 'case_kind',
  code: 'refusal',
  what: 'anomaly',
  cause: 'outage_cause',
  view: 'outage_view',
  move: 'veto_move',
  clock: 'clock',
  role: 'role',
};

/** The grounds of a supervision note are another list than those of an extension. */
function vocabularyOf(name: string, entryKind: string): string | undefined {
  return name === 'ground' && entryKind === 'supervision_note' ? 'supervision_ground' : kVocabularies[name];
}

/** A moment among the fields, as people write it. */
function isInstant(value: string): boolean {
  return /^\d{4}-\d\d-\d\dT/.test(value);
}

function isInterval(value: unknown): value is { earliest: string; latest: string | null } {
  return value !== null && typeof value === 'object' && 'earliest' in value && 'latest' in value;
}

function spellValue(vocabulary: string | undefined, value: unknown): string {
  if (isInterval(value)) {
    const when = spellExactly(value.earliest);
    return value.latest === null ? t('timeline.not_before', { when }) : when;
  }
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'string' && isInstant(value)) return spellExactly(value);
  if (typeof value === 'string') return vocabulary ? nameOf(vocabulary, value) : value;
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string').join(', ');
  return typeof value === 'number' ? String(value) : '';
}

/** Where "no" is an answer. */
const kAnswers = ['granted', 'stands', 'confirmed', 'in_time', 'holds'];

function spellField(name: string, entryKind: string, value: unknown): string {
  if (name === 'milliseconds' && typeof value === 'number') return value === 0 ? '' : spellSpan(Math.abs(value));
  return spellValue(vocabularyOf(name, entryKind), value);
}

/** Fields in sight: those that this version has a name for; a "no" that was only not ticked says nothing. */
function spokenFields(fields: Record<string, unknown>, entryKind: string): [string, string][] {
  return Object.entries(fields).flatMap<[string, string]>(([name, value]) => {
    if (name === 'completes' && value !== null && typeof value === 'object') {
      return spokenFields(value as Record<string, unknown>, entryKind);
    }
    if (value === false && !kAnswers.includes(name)) return [];
    const text = hasName('field', name) ? spellField(name, entryKind, value) : '';
    return text === '' ? [] : [[nameOf('field', name), text]];
  });
}

/** The fields of an entry, each by its name. */
export function ItemFacts({ item }: { item: TimelineItem }) {
  const fields = spokenFields(item.fields, item.kind);
  if (fields.length === 0) return null;
  return (
    <dl class="entry-facts">
      {fields.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The dispatch repeats what stands above: its texts need no second place. */
const kShownAbove = ['number', 'title', 'text', 'place', 'source', 'document'];

export function ItemTexts({ texts }: { texts: Record<string, string> }) {
  const shown = Object.entries(texts).filter(([name, text]) => text !== '' && !kShownAbove.includes(name));
  return (
    <>
      {shown.map(([name, text]) => (
        <p key={name} class={`entry-text ${name}`}>
          <span class="entry-text-name">{nameOf('text', name)}</span>
          {text}
        </p>
      ))}
    </>
  );
}
