import { computed, signal } from '@preact/signals';

import type { Api } from '../shared/api';
import { t } from '../shared/words';
import { Turns } from '../shared/turns';
import type { DesktopNotice } from './desktop_notice';
import type { WarningsView } from './warning_types';
import { countOf, spellCount, spellDigest, spellNews, standing } from './warning_words';

/** A page out of sight hears no events; then it asks by itself. */
const kTurnMs = 60_000;
/** Changes when a tab of this browser has heard, so that the others take their mark away. */
const kHeardKey = 'fieldnode.heard';

/** The limits that press the person, and the telling of them: each telling once, on one of the person's screens. */
export class Warnings {
  readonly view = signal<WarningsView | null>(null);
  readonly shown = signal(false);
  /** Of everything that stands; empty where nothing does. */
  readonly count = computed(() => {
    const groups = this.view.value ? standing(this.view.value) : [];
    return groups.length === 0 ? '' : spellCount(countOf(groups));
  });
  private readonly turns = new Turns();
  private heard = 0;

  constructor(
    private readonly api: Api,
    readonly notice: DesktopNotice,
  ) {}

  /** `isMine`: somebody has signed in here, though the page may be locked by now. `isWatched`: events come. */
  start(isMine: () => boolean, isWatched: () => boolean): void {
    setInterval(() => {
      if (isMine() && !isWatched()) void this.read();
    }, kTurnMs);
    window.addEventListener('storage', ({ key }) => {
      if (key === kHeardKey && isMine()) void this.read();
    });
  }

  async read(): Promise<void> {
    const turn = this.turns.begin();
    const answer = await this.api.getInBackground<WarningsView>('/api/warnings');
    if (!this.turns.mayShow(turn)) return;
    if (answer.ok) this.view.value = answer.value;
    else if (answer.problem.status === 401) this.view.value = null;
    if (answer.ok && answer.value.news > 0) await this.tell(answer.value);
  }

  open(): void {
    this.shown.value = true;
    if (this.view.value) void this.hear(this.view.value);
  }

  close(): void {
    this.shown.value = false;
  }

  /** Another person sits down. */
  clear(): void {
    this.view.value = null;
    this.heard = 0;
    this.close();
  }

  /** Without notices of the desktop the page only marks what is new, until somebody has looked. */
  private async tell(view: WarningsView): Promise<void> {
    if (!this.notice.isOn && !this.shown.value) return;
    if (!(await this.hear(view)) || !this.notice.isOn) return;
    this.notice.show(t('warnings.ring', { count: spellNews(view) }), spellDigest(view), `fieldnode-warnings-${view.telling}`);
  }

  /** True if no other screen of the person's has heard of it before: the server lets one be the first. */
  private async hear(view: WarningsView): Promise<boolean> {
    if (view.news === 0 || view.telling <= this.heard) return false;
    this.heard = view.telling;
    const answer = await this.api.postInBackground<{ first: boolean }>('/api/warnings/heard', { telling: view.telling });
    if (!answer.ok) {
      this.heard = 0;
      return false;
    }
    if (this.view.value === view) this.view.value = { ...view, news: 0, news_is_least: false };
    if (answer.value.first) tellOtherTabs(view.telling);
    return answer.value.first;
  }
}

function tellOtherTabs(telling: number): void {
  try {
    localStorage.setItem(kHeardKey, String(telling));
  } catch {
    // They find out when they read the next time.
  }
}
