import { effect, untracked } from '@preact/signals';
import { render } from 'preact';

import '../shared/tokens.css';
import '../shared/base.css';
import '../shared/parts.css';
import '../shared/frame.css';
import '../shared/assignment.css';
import './office.css';
import { restoreLanguage } from '../shared/words';
import { startTicking } from '../shared/ticking';
import { Acts } from './acts';
import { App } from './app';
import { Desk } from './desk';
import { route, startRouting } from './route';

const desk = new Desk();
const acts = new Acts(desk);

/** Live while somebody is at work; another person finds nothing of the last one's on the screen. */
function followSession(): void {
  let last = '';
  effect(() => {
    const phase = desk.session.phase.value;
    const staff = desk.session.view.value?.staff.id ?? '';
    untracked(() => {
      if (staff !== last) forgetAll();
      last = staff;
      if (phase !== 'in') return desk.feed.stop();
      desk.show(route.value.list, route.value.assignment);
      desk.feed.start();
    });
  });
}

function forgetAll(): void {
  desk.clear();
  acts.forget();
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
  render(<App desk={desk} acts={acts} />, root);
  void desk.session.start();
}
