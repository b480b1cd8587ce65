import { effect, untracked } from '@preact/signals';
import { render } from 'preact';

import '../shared/tokens.css';
import '../shared/base.css';
import '../shared/parts.css';
import '../shared/frame.css';
import '../shared/assignment.css';
import '../shared/attachments.css';
import '../shared/assessment.css';
import '../shared/spoken_digits.css';
import './office.css';
import { markTitle, restoreLanguage } from '../shared/words';
import { startPresence } from '../shared/presence';
import { startTicking } from '../shared/ticking';
import { Acts } from './acts';
import { App } from './app';
import { startAssessmentRouting } from './assessment_route';
import { Bulk } from './bulk';
import { Desk } from './desk';
import { startPhoneRouting } from './phone_route';
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

/** How many limits press stands in the title, for those who have another tab in front. */
function followWarnings(): void {
  const isMine = () => desk.session.phase.peek() === 'in' || desk.session.phase.peek() === 'expired';
  desk.warnings.start(isMine, () => desk.session.phase.peek() === 'in' && !document.hidden);
  desk.warnings.notice.onOpen = () => {
    if (desk.session.phase.peek() === 'in') desk.warnings.open();
  };
  effect(() => {
    const count = desk.session.phase.value === 'out' ? '' : desk.warnings.count.value;
    markTitle(count === '' ? '' : `(${count}) `);
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

async function start(root: HTMLElement): Promise<void> {
  await restoreLanguage();
  startRouting();
  startAssessmentRouting();
  startPhoneRouting();
  startTicking();
  followOtherTabs();
  followSession();
  followRoute();
  followWarnings();
  shortcuts.start();
  startPresence(desk.session.api, () => desk.session.phase.peek() === 'in');
  render(<App desk={desk} acts={acts} bulk={bulk} revealed={revealed} shortcuts={shortcuts} />, root);
  void desk.session.start();
}

const root = document.getElementById('page');
if (root) void start(root);
