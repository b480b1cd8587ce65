import { signal } from '@preact/signals';

const kStorageKey = 'fieldnode.shortcuts';

/** Single keys for those who use the page all day. They can be switched off, because speech input types letters, too. */
export class Shortcuts {
  readonly on = signal(restore());
  readonly helpShown = signal(false);

  start(): void {
    document.addEventListener('keydown', (event) => this.press(event));
  }

  switch(on: boolean): void {
    this.on.value = on;
    try {
      localStorage.setItem(kStorageKey, on ? 'on' : 'off');
    } catch {
      // The choice holds for this page at least.
    }
  }

  private press(event: KeyboardEvent): void {
    if (!this.on.value || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
    const act = this.actOf(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** Full-width signs come from a Chinese input method that is on. */
  private actOf(key: string): (() => void) | null {
    switch (key) {
      case 'j':
        return () => step(1);
      case 'k':
        return () => step(-1);
      case '/':
      case '、':
        return () => document.getElementById('search')?.focus();
      case '?':
      case '？':
        return () => (this.helpShown.value = true);
      default:
        return null;
    }
  }
}

function restore(): boolean {
  try {
    return localStorage.getItem(kStorageKey) !== 'off';
  } catch {
    return true;
  }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'radio';
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** To the next row of the list, counted from the one with the focus, else from the one that is open; Enter opens it. */
function step(by: number): void {
  const rows = Array.from(document.querySelectorAll<HTMLElement>('.row-link'));
  const focused = rows.findIndex((row) => row === document.activeElement);
  const from = focused >= 0 ? focused : rows.findIndex((row) => row.hasAttribute('aria-current'));
  const next = from < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, from + by));
  rows[next]?.focus();
}
