import { signal } from '@preact/signals';

import type { Id } from '../shared/api_types';

/** The places of the page. */
export const kPlaces = ['decisions', 'cases', 'intake', 'units', 'assessment', 'rules'] as const;
export type Place = (typeof kPlaces)[number];

/** Where the reader is. It stands in the address, so that back, forward, reload and a second tab work. */
export interface Route {
  place: Place;
  /** The assignment that waits for a decision, or the case. */
  id: Id | null;
  /** What is being filled in, and on which assignment of the case. */
  form: string | null;
  on: Id | null;
  /** What the list of cases is narrowed to; of an assessment: the cell that is looked into, and the period. */
  state: string;
  q: string;
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
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  const [place, id, form, on] = path.split('/').map(decodePart);
  const narrowed = new URLSearchParams(search);
  return {
    place: isPlace(place) ? place : 'decisions',
    id: id || null,
    form: (id && form) || null,
    on: (id && form && on) || null,
    state: narrowed.get('state') ?? '',
    q: narrowed.get('q') ?? '',
  };
}

export function hashOf({ place, id, form, on, state, q }: Route): string {
  const parts = [place, id, id && form, id && form && on].filter((part): part is string => Boolean(part));
  const search = new URLSearchParams(Object.entries({ state, q }).filter(([, value]) => value !== '')).toString();
  return `#/${parts.map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`;
}

/** Another place, or another thing in it, begins without a form. */
export function linkTo(change: Partial<Route>): string {
  const elsewhere = 'place' in change || 'id' in change;
  return hashOf({ ...route.value, ...(elsewhere ? { form: null, on: null } : {}), ...change });
}

export function goTo(change: Partial<Route>): void {
  location.hash = linkTo(change);
}

/** As goTo, without a step for the back button: for what the page does by itself. */
export function replaceRoute(change: Partial<Route>): void {
  history.replaceState(null, '', linkTo(change));
  route.value = readRoute(location.hash);
}

function isPlace(word: string | undefined): word is Place {
  return (kPlaces as readonly (string | undefined)[]).includes(word);
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
