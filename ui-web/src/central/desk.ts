import { computed, signal } from '@preact/signals';

import { isAnswered, type Timing } from '../shared/api';
import type { Id, Problem, TimeReading } from '../shared/api_types';
import type { ServerEvent } from '../shared/event_text';
import { Listing } from '../shared/listing';
import { LiveFeed } from '../shared/live_feed';
import { ServerClock, type Moment } from '../shared/server_clock';
import { Session } from '../shared/session';
import { mono } from '../shared/ticking';
import { Uploads } from '../shared/uploads';
import type { AwaitingItem, CaseSummary, CaseView, CentralStatus, Dossier, UnitOverview } from './central_types';
import { One } from './one';
import { byPressure } from './pressing';
import type { Route } from './route';

const kGatherMs = 250;
/** The server lists by number; to put the most pressing first the page needs all, which are seldom more. */
const kAwaitingStep = 200;

/** All that the centre's page knows of the server, kept up to date. */
export class Desk {
  readonly session = new Session();
  readonly uploads = new Uploads(this.session.api);
  readonly status = signal<CentralStatus | null>(null);
  readonly clock = signal<ServerClock | null>(null);
  readonly units = signal<UnitOverview[] | null>(null);
  readonly unitsProblem = signal<Problem | null>(null);
  readonly awaiting = new Listing<AwaitingItem>('/api/awaiting', {}, this.session.api, (...time) => this.takeTime(...time), kAwaitingStep);
  /** What waits, the most pressing first, as far as it was read. */
  readonly pressing = computed(() => byPressure(this.awaiting.items.value ?? []));
  readonly cases = new Listing<CaseSummary>('/api/cases', {}, this.session.api, (...time) => this.takeTime(...time));
  /** The case that is looked at, and the assignment whose history is. */
  readonly shownCase = new One<CaseView>('/api/cases', 'case', this.session.api);
  readonly dossier = new One<Dossier>('/api/assignments', 'assignment', this.session.api);
  readonly feed = new LiveFeed('/api/events', {
    onEvent: (event) => this.hear(event),
    refresh: () => this.refresh(),
    onSignedOut: () => this.session.expire(),
  });
  /** True time, beating once a second; nothing before the first answer. */
  readonly now = computed<Moment | null>(() => this.clock.value?.at(mono.value) ?? null);

  private route: Route | null = null;
  private asked: string | null = null;
  private gathering: ReturnType<typeof setTimeout> | null = null;

  /** What is looked at is what is kept up to date. */
  show(route: Route): void {
    const entered = route.place !== this.route?.place;
    const { place, state, q } = route;
    this.route = route;
    const asked = `${state}/${q}`;
    if (place === 'cases' && asked !== this.asked) {
      this.asked = asked;
      void this.cases.ask({ state, q });
    } else if (entered) {
      void this.readLists();
    }
    void this.readShown();
  }

  /** Opens the history of one of the shown case's assignments. */
  async open(assignment: Id | null): Promise<void> {
    await this.dossier.show(assignment);
  }

  /** What the page does by itself, after an event or a cut. False: no answer came. */
  async refresh(): Promise<boolean> {
    if (!(await this.readStatus())) return false;
    await Promise.all([this.readUnits(), this.readLists(true), this.shownCase.refresh(true), this.dossier.refresh(true)]);
    return true;
  }

  /** Takes up what the server answered to a request, and reads the rest anew. */
  take(answered: { case?: CaseView; assignment?: Dossier }): void {
    if (answered.case) this.shownCase.take(answered.case);
    if (answered.assignment) this.dossier.take(answered.assignment);
    this.gather();
  }

  /** Another person sits down: nothing of the first one's stays on the screen. */
  clear(): void {
    this.awaiting.forget();
    this.cases.forget();
    this.shownCase.forget();
    this.dossier.forget();
    this.status.value = null;
    this.units.value = null;
    this.route = null;
    this.asked = null;
  }

  private async readShown(): Promise<void> {
    if (!this.route) return;
    const { place, id } = this.route;
    if (place === 'decisions') await Promise.all([this.shownCase.show(null), this.dossier.show(id)]);
    else if (place !== 'units' && place !== 'assessment') await this.shownCase.show(id);
  }

  private async readStatus(): Promise<boolean> {
    const answer = await this.session.api.getInBackground<CentralStatus>('/api/status');
    if (!answer.ok) return isAnswered(answer.problem);
    this.takeTime(answer.value.now, answer.timing);
    this.status.value = answer.value;
    return true;
  }

  private async readUnits(): Promise<void> {
    const answer = await this.session.api.getInBackground<{ units: UnitOverview[] }>('/api/units');
    this.unitsProblem.value = answer.ok ? null : answer.problem;
    if (answer.ok) this.units.value = answer.value.units;
  }

  private async readLists(background = false): Promise<void> {
    if (this.route?.place === 'decisions') await this.awaiting.refresh(background);
    if (this.route?.place === 'cases') await this.cases.refresh(background);
  }

  private hear(event: ServerEvent): void {
    if (event.type === 'unit' || event.type === 'case') this.gather();
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
