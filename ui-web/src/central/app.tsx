import { AtWork, SkipTo, TopBar } from '../shared/at_work';
import { nameOf, t } from '../shared/words';
import { AssessmentPlace } from './assessment_place';
import { Band } from './band';
import { CasesPlace } from './cases_place';
import { DecisionsPlace } from './decisions_place';
import type { Desk } from './desk';
import { IntakePlace } from './intake_place';
import type { World } from './request_form';
import { hashOf, kPlaces, route, type Place } from './route';
import { RulesPlace } from './rules_place';
import { UnitsPlace } from './units_place';

export function App(world: World) {
  return (
    <AtWork session={world.desk.session}>
      <Workplace {...world} />
    </AtWork>
  );
}

function Workplace(world: World) {
  const { desk } = world;
  const { place, id } = route.value;
  return (
    <div class={`workplace place-${place} ${id === null ? 'at-list' : 'at-detail'}`}>
      <SkipTo id="detail" />
      <TopBar session={desk.session} place={desk.status.value?.city ?? ''}>
        <Places desk={desk} current={place} />
      </TopBar>
      <Band desk={desk} />
      <div class="panes">
        <PlaceOf {...world} place={place} />
      </div>
    </div>
  );
}

function Places({ desk, current }: { desk: Desk; current: Place }) {
  const status = desk.status.value;
  const counts: Partial<Record<Place, number>> = status ? { decisions: status.assignments.awaiting, cases: status.cases.new } : {};
  return (
    <nav aria-label={t('places.label')}>
      <ul class="places">
        {kPlaces.map((place) => (
          <li key={place}>
            <a
              href={hashOf({ place, id: null, form: null, on: null, state: '', q: '' })}
              aria-current={place === current ? 'page' : undefined}
              data-testid={`place-${place}`}
            >
              {nameOf('place', place)}
              {counts[place] ? <span class="count">{counts[place]}</span> : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function PlaceOf({ place, ...world }: World & { place: Place }) {
  switch (place) {
    case 'decisions':
      return <DecisionsPlace {...world} />;
    case 'cases':
      return <CasesPlace {...world} />;
    case 'intake':
      return <IntakePlace {...world} />;
    case 'units':
      return <UnitsPlace desk={world.desk} />;
    case 'assessment':
      return <AssessmentPlace {...world} />;
    case 'rules':
      return <RulesPlace desk={world.desk} />;
  }
}
