import { placeOf, type AssignmentView, type TimelineItem } from '../shared/api_types';
import { Icon } from '../shared/icon';
import { TruthLabel } from '../shared/truth_label';
import { nameOf, say, t } from '../shared/words';

const kShown = 3;
const kAside = ['conflict', 'set_aside'];

/** Acts of the unit's own that do not count, or not yet, the newest first: what a clerk must not overlook. */
export function troubled(items: TimelineItem[]): TimelineItem[] {
  return items.filter((item) => item.list === 'act' && (item.truth === 'refused' || kAside.includes(item.standing ?? ''))).reverse();
}

/** Above everything else of the assignment: what was not accepted, why, and what to do next. */
export function Attention({ assignment }: { assignment: AssignmentView }) {
  const items = troubled(assignment.timeline).slice(0, kShown);
  if (items.length === 0) return null;
  return (
    <ul class="attention" aria-label={t('attention.label')} data-testid="attention">
      {items.map((item) => (
        <li key={placeOf(item)} class={item.truth === 'refused' ? 'refused' : 'aside'} data-standing={item.standing ?? ''}>
          <Icon name="alert" />
          <div>
            <p class="row">
              <strong>{nameOf('entry', item.kind)}</strong>
              {item.truth ? <TruthLabel state={item.truth} /> : null}
            </p>
            <p>{whatNext(item)}</p>
          </div>
          <button type="button" class="quiet small" onClick={() => reveal(item)}>
            {t('attention.see')}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The reason with its way out comes from the centre; for what waits for a ruling the page says that there is nothing to do. */
function whatNext(item: TimelineItem): string {
  const reason = item.refusal ? say(item.refusal.sentence) || item.refusal.code : '';
  const hint = kAside.includes(item.standing ?? '') ? nameOf('attention_hint', item.standing ?? '') : '';
  return [reason, hint].filter(Boolean).join(' ') || t('attention.no_reason');
}

function reveal({ list, seq }: TimelineItem): void {
  const entry = document.querySelector<HTMLElement>(`[data-testid="timeline-item"][data-list="${list}"][data-seq="${seq}"]`);
  entry?.scrollIntoView({ block: 'center' });
  entry?.focus({ preventScroll: true });
}
