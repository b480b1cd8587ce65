import { Icon } from '../shared/icon';
import { LanguageSwitch } from '../shared/language_switch';
import { SignInAgain, SignInPage } from '../shared/sign_in';
import { nameOf, t } from '../shared/words';
import type { Acts } from './acts';
import { AssignmentPane } from './assignment_pane';
import { Band } from './band';
import type { Desk } from './desk';
import { route } from './route';
import { WorkList } from './work_list';

export function App({ desk, acts }: { desk: Desk; acts: Acts }) {
  switch (desk.session.phase.value) {
    case 'starting':
      return null;
    case 'unreachable':
      return <Unreachable />;
    case 'out':
    case 'change':
      return <SignInPage session={desk.session} />;
    case 'in':
      return <Workplace desk={desk} acts={acts} />;
    case 'expired':
      return (
        <>
          <Workplace desk={desk} acts={acts} />
          <SignInAgain session={desk.session} />
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

function Workplace({ desk, acts }: { desk: Desk; acts: Acts }) {
  return (
    <div class={route.value.assignment === null ? 'workplace at-list' : 'workplace at-assignment'}>
      <a class="skip" href="#assignment" onClick={skipToAssignment}>
        {t('app.skip')}
      </a>
      <TopBar desk={desk} />
      <Band desk={desk} />
      <div class="panes">
        <WorkList desk={desk} />
        <AssignmentPane desk={desk} acts={acts} />
      </div>
    </div>
  );
}

/** The address is the route, so a jump inside the page must not go through it. */
function skipToAssignment(event: Event): void {
  event.preventDefault();
  document.getElementById('assignment')?.focus();
}

function TopBar({ desk }: { desk: Desk }) {
  const view = desk.session.view.value;
  const unit = desk.status.value?.unit ?? view?.unit;
  return (
    <header class="top-bar">
      <p class="brand">{t('app.name')}</p>
      <p class="unit" data-testid="unit">
        <Icon name="building" />
        {unit?.name ?? ''}
      </p>
      <div class="row end">
        <span class="staff" data-testid="staff">
          <Icon name="person" />
          {view?.staff.name}
          <span class="hint">{view ? nameOf('role', view.staff.role) : ''}</span>
        </span>
        <LanguageSwitch />
        <button type="button" class="quiet" onClick={() => void desk.session.signOut()} data-testid="sign-out">
          {t('app.sign_out')}
        </button>
      </div>
    </header>
  );
}
