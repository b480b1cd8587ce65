import { effect, untracked } from '@preact/signals';
import { render } from 'preact';

import '../shared/tokens.css';
import '../shared/base.css';
import '../shared/parts.css';
import '../shared/frame.css';
import '../shared/assignment.css';
import './office.css';
import { markTitle, restoreLanguage } from '../shared/words';
import { startPresence } from '../shared/presence';
import { startTicking } from '../shared/ticking';
import { Acts } from './acts';
import { App } from './app';
import { Bulk } from './bulk';
import { Desk } from './desk';
import { Revealed } from './revealed';
import { route, startRouting } from './route';
import { Shortcuts } from './shortcuts';

const desk = new Desk();
const revealed = new Revealed();
const acts = new Acts(desk, revealed);
const bulk = new Bulk(acts);
const shortcuts = new Shortcuts();

/** Live while somebody is at work; another person finds nothing of the last one's on the screen. */
function followSession(): void {
  let last = '';
  effect(() => {
    const phase = desk.session.phase.value;
    const staff = desk.session.view.value?.staff.id ?? '';
    untracked(() => {
      if (staff !== last) forgetAll();
      last = staff;
      if (phase !== 'in') {
        revealed.hide();
        return desk.feed.stop();
      }
      desk.show(route.value.list, route.value.assignment);
      desk.feed.start();
    });
  });
}

function forgetAll(): void {
  desk.clear();
  acts.forget();
  bulk.forget();
}

/** What presses stands in the title, for those who have another tab in front. */
function followCounts(): void {
  effect(() => {
    const counts = desk.session.phase.value === 'in' ? desk.status.value?.assignments : undefined;
    const pressing = counts ? counts.overdue + counts.due_today : 0;
    markTitle(pressing > 0 ? `(${pressing}) ` : '');
  });
}

/** A draft that another tab kept or sent shows here, too. */
function followOtherTabs(): void {
  window.addEventListener('storage', () => {
    desk.session.drafts.peek().changes.value++;
  });
}

function followRoute(): void {
  effect(() => {
    const { list, assignment } = route.value;
    untracked(() => {
      if (desk.session.phase.value === 'in') desk.show(list, assignment);
    });
  });
}

const root = document.getElementById('page');
if (root) {
  restoreLanguage();
  startRouting();
  startTicking();
  followOtherTabs();
  followSession();
  followRoute();
  followCounts();
  shortcuts.start();
  startPresence(desk.session.api, () => desk.session.phase.peek() === 'in');
  render(<App desk={desk} acts={acts} bulk={bulk} revealed={revealed} shortcuts={shortcuts} />, root);
  void desk.session.start();
}
