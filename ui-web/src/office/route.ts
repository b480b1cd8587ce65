import { signal } from '@preact/signals';

import type { Id } from '../shared/api_types';

/** The place beside the lists: the unit's own assessment. */
export const kAssessment = 'assessment';

/** Where the reader is. It stands in the address, so that back, forward, reload and a second tab work. */
export interface Route {
  list: 'work' | 'closed' | 'all';
  assignment: Id | null;
  form: string | null;
}

export const route = signal<Route>(readRoute(''));

export function startRouting(): void {
  const follow = () => {
    route.value = readRoute(location.hash);
  };
  window.addEventListener('hashchange', follow);
  follow();
}

export function readRoute(hash: string): Route {
  const [list, id, form] = hash.replace(/^#\/?/, '').split('/').map(decodePart);
  // What stands behind it is the assessment's own (assessment_route.ts).
  if (list === kAssessment) return { list: 'work', assignment: null, form: null };
  return {
    list: list === 'closed' || list === 'all' ? list : 'work',
    assignment: id || null,
    form: (id && form) || null,
  };
}

export function hashOf({ list, assignment, form }: Route): string {
  const parts = assignment === null ? [list] : form === null ? [list, assignment] : [list, assignment, form];
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}

export function goTo(change: Partial<Route>): void {
  location.hash = hashOf({ ...route.value, ...change });
}

/** As goTo, without a step for the back button: for what the page does by itself. */
export function replaceRoute(change: Partial<Route>): void {
  history.replaceState(null, '', hashOf({ ...route.value, ...change }));
  route.value = readRoute(location.hash);
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
