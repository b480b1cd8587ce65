import { useEffect, useRef } from 'preact/hooks';

import type { Listing } from './listing';
import { t } from './words';

/** Reads on when it comes into sight; a button for those who do not scroll. */
export function More<Item>({ listing }: { listing: Listing<Item> }) {
  const button = useRef<HTMLButtonElement>(null);
  const next = listing.next.value;
  useEffect(() => {
    if (!button.current) return undefined;
    const watcher = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && void listing.more());
    watcher.observe(button.current);
    return () => watcher.disconnect();
  }, [next]);
  if (next === null) return null;
  const left = listing.total.value - (listing.items.value?.length ?? 0);
  return (
    <button type="button" class="quiet wide" ref={button} onClick={() => void listing.more()}>
      {t('list.more', { count: left })}
    </button>
  );
}
