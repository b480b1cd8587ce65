import type { Truth } from './api_types';
import { Icon, type IconName } from './icon';
import { nameOf } from './words';

/** The fixed states of an item: a word, an icon and a colour each, the same everywhere. */
export type ItemState = 'unsaved' | Truth;

const kIcons: Record<ItemState, IconName> = {
  unsaved: 'pencil',
  saved: 'disk',
  delivered: 'arrow_up',
  in_force: 'seal',
  refused: 'cross',
  awaiting_ruling: 'scales',
  handed_over: 'arrow_up',
};

/** `receipt`: shown with "in force", whose proof it is. */
export function TruthLabel({ state, receipt }: { state: ItemState; receipt?: string | null }) {
  return (
    <span class={`truth truth-${state}`} data-testid="truth" data-truth={state}>
      <Icon name={kIcons[state]} />
      <span>{nameOf('truth', state)}</span>
      {state === 'in_force' && receipt ? (
        <span class="receipt" data-testid="receipt">
          {receipt}
        </span>
      ) : null}
    </span>
  );
}
