import { effect, untracked } from '@preact/signals';
import { render } from 'preact';

import zh from '../../messages/central.zh-CN.json';
import '../shared/tokens.css';
import '../shared/base.css';
import '../shared/parts.css';
import '../shared/frame.css';
import '../shared/assignment.css';
import '../shared/attachments.css';
import '../shared/assessment.css';
import '../shared/spoken_digits.css';
import './central.css';
import './case.css';
import { startPresence } from '../shared/presence';
import { startTicking } from '../shared/ticking';
import { addWords, restoreLanguage } from '../shared/words';
import { App } from './app';
import { Desk } from './desk';
import { Requests } from './requests';
import { route, startRouting } from './route';

const desk = new Desk();
const requests = new Requests(desk);

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
      desk.show(route.value);
      desk.feed.start();
    });
  });
}

function forgetAll(): void {
  desk.clear();
  requests.forget();
}

/** A draft that another tab kept or sent shows here, too. */
function followOtherTabs(): void {
  window.addEventListener('storage', () => {
    desk.session.drafts.peek().changes.value++;
  });
}

function followRoute(): void {
  effect(() => {
    const now = route.value;
    untracked(() => {
      if (desk.session.phase.value === 'in') desk.show(now);
    });
  });
}

async function start(root: HTMLElement): Promise<void> {
  addWords('zh', zh);
  await restoreLanguage();
  startRouting();
  startTicking();
  followOtherTabs();
  followSession();
  followRoute();
  startPresence(desk.session.api, () => desk.session.phase.peek() === 'in');
  render(<App desk={desk} requests={requests} />, root);
  void desk.session.start();
}

const root = document.getElementById('page');
if (root) void start(root);
