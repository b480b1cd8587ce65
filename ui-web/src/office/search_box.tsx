import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import { Icon } from '../shared/icon';
import { t } from '../shared/words';
import type { Desk } from './desk';

const kPauseMs = 250;

/** Looks for a part of number, title or place in everything that the unit holds, shortly after the last key. */
export function SearchBox({ desk }: { desk: Desk }) {
  const text = useSignal(desk.query.peek());
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);
  const query = desk.query.value;
  // Emptied from elsewhere, by a tab of the list for one.
  useEffect(() => {
    if (query === '') text.value = '';
  }, [query]);
  const look = (value: string, pause: number) => {
    text.value = value;
    if (waiting.current !== null) clearTimeout(waiting.current);
    waiting.current = setTimeout(() => desk.search(value), pause);
  };
  const onKey = (event: KeyboardEvent) => {
    // While characters are being composed, Enter and Escape belong to the input method.
    if (event.isComposing) return;
    if (event.key === 'Enter') look(text.value, 0);
    if (event.key === 'Escape') look('', 0);
  };
  return (
    <div class="search" role="search">
      <Icon name="search" />
      <input
        type="search"
        id="search"
        value={text.value}
        placeholder={t('search.placeholder')}
        aria-label={t('search.label')}
        autocomplete="off"
        data-testid="search"
        onInput={(event) => look(event.currentTarget.value, kPauseMs)}
        onKeyDown={onKey}
      />
    </div>
  );
}
