// The limits that press, as the node would tell of them: everything due until tomorrow. What was told and heard is kept
// for the one person who signs in here.
import { kStart } from './fixture_data.mjs';

const kTomorrowEnds = Date.parse('2026-10-10T23:59:59+08:00');
const kStates = ['overdue', 'perhaps_overdue', 'late_on_arrival', 'due_soon'];
const kClocks = ['acknowledge', 'contact', 'resolve'];

export class FixtureWarnings {
  constructor(desk, now) {
    this.desk = desk;
    this.now = now;
    this.telling = 0;
    this.heard = 0;
    this.news = 0;
    this.delivered = new Map(); // id: when it came, for what was late on arrival
  }

  /** So many more have come up. */
  comeUp(count) {
    this.telling++;
    this.news += count;
  }

  hear({ telling }) {
    const first = telling > this.heard;
    this.heard = Math.max(this.heard, telling);
    if (this.heard === this.telling) this.news = 0;
    return { status: 200, body: { first } };
  }

  /** `numbers`: for a page that is locked. */
  read(role, numbers) {
    const pressing = this.desk.seenBy(role).filter(({ summary }) => this.stateOf(summary) !== null);
    const supervises = role === 'supervisor';
    const own = pressing.filter(({ summary }) => !supervises || summary.confidential);
    const escalated = pressing.filter((one) => !own.includes(one) && this.stateOf(one.summary) !== 'due_soon');
    const groups = (some) => this.groupsOf(some.map(({ summary }) => summary), numbers);
    const now = this.now();
    return {
      status: 200,
      body: {
        now, by_estimate: now.latest === null, telling: this.telling, news: this.news, news_is_least: false,
        own: groups(own), escalated: supervises ? groups(escalated) : null,
      },
    };
  }

  stateOf({ id, due }) {
    if (!due || due.state !== 'running' || Date.parse(due.due) > kTomorrowEnds) return null;
    if (this.delivered.has(id)) return 'late_on_arrival';
    return Date.parse(due.due) < kStart ? 'overdue' : 'due_soon';
  }

  groupsOf(summaries, numbers) {
    const groups = kStates.flatMap((state) => kClocks.map((clock) => ({ state, clock })));
    return groups
      .map(({ state, clock }) => {
        const some = summaries.filter((one) => one.due?.clock === clock && this.stateOf(one) === state);
        const first = numbers ? [] : some.slice(0, 3).map((one) => this.lineOf(one));
        return { state, clock, count: some.length, count_is_least: false, first };
      })
      .filter(({ count }) => count > 0);
  }

  lineOf({ id, number, title, due, assigned_to }) {
    return { id, number, title, due: due.due, held: false, delivered_at: this.delivered.get(id) ?? null, assigned_to };
  }
}
