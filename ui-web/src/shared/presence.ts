import type { Api } from './api';

const kTurnMs = 60_000;

/**
 * A page that is left alone is locked by the server, and what the page reads by itself does not count as use. Somebody
 * who writes a long answer asks for nothing either: once a minute the page says that there are hands at it.
 */
export function startPresence(api: Api, isAtWork: () => boolean): void {
  let used = false;
  const note = () => {
    used = true;
  };
  for (const kind of ['keydown', 'pointerdown', 'wheel']) document.addEventListener(kind, note, { capture: true, passive: true });
  setInterval(() => {
    if (used && isAtWork()) void api.get('/api/session');
    used = false;
  }, kTurnMs);
}
