import { useEffect, useRef } from 'preact/hooks';

import { t, type MessageKey } from '../shared/words';
import type { Shortcuts } from './shortcuts';

const kKeys: [string, MessageKey][] = [
  ['j', 'shortcuts.next'],
  ['k', 'shortcuts.previous'],
  ['Enter', 'shortcuts.open'],
  ['/', 'shortcuts.search'],
  ['?', 'shortcuts.help'],
  ['Esc', 'shortcuts.close'],
];

/** The way to the keys for those who do not know them yet. */
export function ShortcutButton({ shortcuts }: { shortcuts: Shortcuts }) {
  return (
    <button type="button" class="quiet shortcut-button" onClick={() => (shortcuts.helpShown.value = true)} data-testid="shortcut-help-button">
      <kbd>?</kbd>
      {t('shortcuts.title')}
    </button>
  );
}

export function ShortcutHelp({ shortcuts }: { shortcuts: Shortcuts }) {
  return shortcuts.helpShown.value ? <Help shortcuts={shortcuts} /> : null;
}

function Help({ shortcuts }: { shortcuts: Shortcuts }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => (shortcuts.helpShown.value = false);
  return (
    <dialog ref={dialog} class="over" aria-labelledby="shortcuts-title" onClose={close} data-testid="shortcut-help">
      <section class="card stack">
        <h1 id="shortcuts-title">{t('shortcuts.title')}</h1>
        <dl class="keys">
          {kKeys.map(([key, meaning]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{t(meaning)}</dd>
            </div>
          ))}
        </dl>
        <div class="field tick">
          <label>
            <input
              type="checkbox"
              checked={shortcuts.on.value}
              data-testid="shortcuts-on"
              onChange={(event) => shortcuts.switch(event.currentTarget.checked)}
            />
            <span>{t('shortcuts.on')}</span>
          </label>
          <p class="hint">{t('shortcuts.on_hint')}</p>
        </div>
        <button type="button" class="primary" onClick={() => dialog.current?.close()} data-testid="shortcut-help-close">
          {t('shortcuts.done')}
        </button>
      </section>
    </dialog>
  );
}
