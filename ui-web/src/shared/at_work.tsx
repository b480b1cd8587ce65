import type { ComponentChildren } from 'preact';

import { Icon } from './icon';
import { LanguageSwitch } from './language_switch';
import type { Session } from './session';
import { SignInAgain, SignInPage } from './sign_in';
import { nameOf, t } from './words';

/** Shows the place of work to whoever is signed in, and the way in to everybody else. */
export function AtWork({ session, children }: { session: Session; children: ComponentChildren }) {
  switch (session.phase.value) {
    case 'starting':
      return null;
    case 'unreachable':
      return <Unreachable />;
    case 'out':
    case 'change':
      return <SignInPage session={session} />;
    case 'in':
      return <>{children}</>;
    case 'expired':
      return (
        <>
          {children}
          <SignInAgain session={session} />
        </>
      );
  }
}

function Unreachable() {
  return (
    <main class="sign-in-page">
      <section class="card" role="alert" data-testid="unreachable">
        <h1>{t('page.gone')}</h1>
        <p>{t('page.unreachable_hint')}</p>
      </section>
    </main>
  );
}

/** The first thing a keyboard reaches. The address is the route, so a jump inside the page must not go through it. */
export function SkipTo({ id }: { id: string }) {
  const skip = (event: Event) => {
    event.preventDefault();
    document.getElementById(id)?.focus();
  };
  return (
    <a class="skip" href={`#${id}`} onClick={skip}>
      {t('app.skip')}
    </a>
  );
}

/** Which program this is, whose it is and who sits at it. */
export function TopBar({ session, place, children }: { session: Session; place: string; children?: ComponentChildren }) {
  const staff = session.view.value?.staff;
  return (
    <header class="top-bar">
      <p class="brand">{t('app.name')}</p>
      <p class="unit" data-testid="unit">
        <Icon name="building" />
        {place}
      </p>
      {children}
      <div class="row end">
        <span class="staff" data-testid="staff">
          <Icon name="person" />
          {staff?.name}
          <span class="hint">{staff ? nameOf('role', staff.role) : ''}</span>
        </span>
        <LanguageSwitch />
        <button type="button" class="quiet" onClick={() => void session.signOut()} data-testid="sign-out">
          {t('app.sign_out')}
        </button>
      </div>
    </header>
  );
}
