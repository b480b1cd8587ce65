import type { AssignmentView, DeadlineClock } from '../shared/api_types';
import { todayOf } from '../shared/server_clock';
import { spellLimit } from '../shared/clock_panel';
import { spellMoment } from '../shared/spell';
import { t } from '../shared/words';
import type { ActKind } from './act_body';
import type { Desk } from './desk';

/** What the measures say of an application, before it is written: how often, how long, until when, and what the clocks do. */
export function Law({ assignment, kind, desk }: { assignment: AssignmentView; kind: ActKind; desk: Desk }) {
  const sentences = kind === 'extension_application' ? ofExtension(assignment, desk) : kind === 'return_application' ? ofReturn(assignment, desk) : [];
  if (sentences.length === 0) return null;
  return (
    <ul class="law" data-testid="law">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function ofExtension(assignment: AssignmentView, desk: Desk): string[] {
  const clock = clockOf(assignment, 'resolve');
  const granted = assignment.timeline.filter((item) => item.kind === 'extension_decision' && item.fields.granted === true).length;
  return [
    t('law.extension_caps', { limit: spellLimit(clock?.limit ?? ''), granted }),
    ...until(clock, desk),
    t('law.extension_clock'),
  ];
}

function ofReturn(assignment: AssignmentView, desk: Desk): string[] {
  const clock = clockOf(assignment, 'return');
  return [t('law.return_once', { limit: spellLimit(clock?.limit ?? '1wd') }), ...until(clock, desk), t('law.return_clock'), t('law.return_granted')];
}

function clockOf(assignment: AssignmentView, name: string): DeadlineClock | undefined {
  return assignment.clocks.find((clock) => clock.clock === name);
}

function until(clock: DeadlineClock | undefined, desk: Desk): string[] {
  if (!clock || clock.due === null || clock.state !== 'running') return [];
  return [t('law.until', { when: spellMoment(clock.due, todayOf(desk.now.peek())) })];
}
