import { signal } from '@preact/signals';

const kPhone = 'phone';

/** In the address `#/phone`. */
export const atPhone = signal(false);

export const phoneHash = `#/${kPhone}`;

export function startPhoneRouting(): void {
  const follow = () => {
    atPhone.value = location.hash.replace(/^#\/?/, '') === kPhone;
  };
  window.addEventListener('hashchange', follow);
  follow();
}
