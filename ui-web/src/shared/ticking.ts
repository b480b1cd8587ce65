import { signal } from '@preact/signals';

/** The page's monotonic clock, one beat a second: what counts down reads this and nothing else. */
export const mono = signal(performance.now());

export function startTicking(): void {
  setInterval(() => {
    mono.value = performance.now();
  }, 1000);
}
