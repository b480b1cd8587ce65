import { computed, signal } from '@preact/signals';

import { isAnswered, type Timing } from '../shared/api';
import { placeOf, type AssignmentView, type Id, type Problem, type StatusView, type Summary, type TimelineItem, type TimeReading, type View } from '../shared/api_types';
import type { ServerEvent } from '../shared/event_text';
import { Listing } from '../shared/listing';
import { LiveFeed } from '../shared/live_feed';
import { ServerClock, type Moment } from '../shared/server_clock';
import { Session } from '../shared/session';
import { mono } from '../shared/ticking';
import { Turns } from '../shared/turns';
import { Uploads } from '../shared/uploads';
import { DesktopNotice } from './desktop_notice';
import { Warnings } from './warnings';

interface OneView {
  now: TimeReading;
  assignment: AssignmentView;
}

const kGatherMs = 150;

/** All that the office page knows of the server, kept up to date. */
export class Desk {
  readonly session = new Session();
  readonly uploads = new Uploads(this.session.api);
  readonly status = signal<StatusView | null>(null);
  readonly clock = signal<ServerClock | null>(null);
  readonly warnings = new Warnings(this.session.api, new DesktopNotice());
  readonly assignment = signal<AssignmentView | null>(null);
  readonly assignmentProblem = signal<Problem | null>(null);
  readonly open = this.listing('open');
  readonly waiting = this.listing('waiting');
  readonly closed = this.listing('closed');
  readonly all = this.listing('all');
  /** What is looked for; empty where nothing is. It stands in no address, because places and titles are nobody else's business. */
  readonly query = signal('');
  readonly found = this.listing('all');
  readonly feed = new LiveFeed('/api/events', {
    onEvent: (event) => this.hear(event),
    refresh: () => this.refresh(),
    onSignedOut: () => this.session.expire(),
  });
  /** True time as far as it is known, beating once a second; nothing before the first answer. */
  readonly now = computed<Moment | null>(() => this.clock.value?.at(mono.value) ?? null);

  private shown: 'work' | 'closed' | 'all' = 'work';
  private selected: Id | null = null;
  private readonly statusTurns = new Turns();
  private readonly assignmentTurns = new Turns();
  private gathering: ReturnType<typeof setTimeout> | null = null;

  /** What is looked at is what is kept up to date. */
  show(list: 'work' | 'closed' | 'all', id: Id | null): void {
    const other = list !== this.shown;
    this.shown = list;
    if (id !== this.selected) {
      this.selected = id;
      this.assignment.value = null;
      this.assignmentProblem.value = null;
      if (id !== null) void this.readAssignment(id);
    }
    if (other) void this.readLists();
  }

  /** Looks through everything that the unit holds. */
  search(text: string): void {
    const query = text.trim();
    if (query === this.query.value) return;
    this.query.value = query;
    this.found.forget();
    if (query !== '') void this.found.ask({ view: 'all', q: query });
  }

  isOpen(id: Id): boolean {
    return this.selected === id;
  }

  /** What the page does by itself, after an event or a cut. False: no answer came. */
  async refresh(): Promise<boolean> {
    const answered = await this.readStatus();
    if (!answered) return false;
    const selected = this.selected;
    await Promise.all([this.readLists(true), this.warnings.read(), selected === null ? null : this.readAssignment(selected, true)]);
    return true;
  }

  async readAssignment(id: Id, background = false): Promise<void> {
    const turn = this.assignmentTurns.begin();
    const path = `/api/assignments/${encodeURIComponent(id)}`;
    const { api } = this.session;
    const answer = await (background ? api.getInBackground<OneView>(path) : api.get<OneView>(path));
    if (id !== this.selected || !this.assignmentTurns.mayShow(turn)) return;
    this.assignmentProblem.value = answer.ok ? null : answer.problem;
    // What this person may not see any more does not stay on the screen.
    if (!answer.ok && answer.problem.status === 404) this.assignment.value = null;
    if (!answer.ok) return;
    this.takeTime(answer.value.now, answer.timing);
    this.assignment.value = answer.value.assignment;
  }

  /** Shows an act at once, as the server answered it, before everything is read anew. */
  add(id: Id, act: TimelineItem): void {
    const shown = this.assignment.value;
    if (shown?.id === id && !shown.timeline.some((item) => placeOf(item) === placeOf(act))) {
      this.assignment.value = { ...shown, timeline: [...shown.timeline, act] };
    }
    this.assignmentTurns.outdate();
    this.gather();
  }

  /** Another person sits down: nothing of the first one's stays on the screen. */
  clear(): void {
    for (const listing of [this.open, this.waiting, this.closed, this.all, this.found]) listing.forget();
    this.query.value = '';
    this.warnings.clear();
    this.status.value = null;
    this.assignment.value = null;
    this.selected = null;
  }

  private listing(view: View): Listing<Summary> {
    return new Listing('/api/assignments', { view }, this.session.api, (reading, timing) => this.takeTime(reading, timing));
  }

  private async readStatus(): Promise<boolean> {
    const turn = this.statusTurns.begin();
    const answer = await this.session.api.getInBackground<StatusView>('/api/status');
    if (!answer.ok) return isAnswered(answer.problem);
    if (!this.statusTurns.mayShow(turn)) return true;
    this.takeTime(answer.value.now, answer.timing);
    this.status.value = answer.value;
    return true;
  }

  private async readLists(background = false): Promise<void> {
    if (this.query.value !== '') await this.found.refresh(background);
    if (this.shown === 'work') await Promise.all([this.open.refresh(background), this.waiting.refresh(background)]);
    else await this[this.shown].refresh(background);
  }

  private hear(event: ServerEvent): void {
    if (event.type === 'assignment' || event.type === 'status') this.gather();
    if (event.type === 'warnings') void this.warnings.read();
  }

  /** Events come in bursts after an exchange: one reading answers all of them. */
  private gather(): void {
    if (this.gathering !== null) return;
    this.gathering = setTimeout(() => {
      this.gathering = null;
      void this.refresh();
    }, kGatherMs);
  }

  private takeTime(reading: TimeReading, timing: Timing): void {
    this.clock.value = new ServerClock(reading, timing.sentAt, timing.receivedAt);
  }
}
