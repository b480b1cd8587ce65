import { AtWork, SkipTo, TopBar } from '../shared/at_work';
import type { Acts } from './acts';
import type { Bulk } from './bulk';
import { AssessmentLink, AssessmentPlace, maySeeAssessment } from './assessment_place';
import { assessmentRoute } from './assessment_route';
import { AssignmentPane } from './assignment_pane';
import { Band } from './band';
import { PhoneLink, PhonePlace } from './phone_place';
import { atPhone } from './phone_route';
import type { Desk } from './desk';
import type { Revealed } from './revealed';
import { route } from './route';
import { ShortcutButton, ShortcutHelp } from './shortcut_help';
import type { Shortcuts } from './shortcuts';
import { WarningBell, WarningPanel } from './warning_panel';
import { WorkList } from './work_list';

interface AppProps {
  desk: Desk;
  acts: Acts;
  bulk: Bulk;
  revealed: Revealed;
  shortcuts: Shortcuts;
}

export function App(props: AppProps) {
  return (
    <AtWork session={props.desk.session}>
      <Workplace {...props} />
    </AtWork>
  );
}

function Workplace({ desk, acts, bulk, revealed, shortcuts }: AppProps) {
  const unit = desk.status.value?.unit ?? desk.session.view.value?.unit;
  return (
    <div class={route.value.assignment === null ? 'workplace at-list' : 'workplace at-detail'}>
      <SkipTo id="assignment" />
      <TopBar session={desk.session} place={unit?.name ?? ''}>
        <AssessmentLink desk={desk} />
        <PhoneLink desk={desk} />
        <WarningBell desk={desk} warnings={desk.warnings} />
        <ShortcutButton shortcuts={shortcuts} />
      </TopBar>
      <Band desk={desk} />
      <div class="panes">
        {assessmentRoute.value && maySeeAssessment(desk) ? (
          <AssessmentPlace desk={desk} />
        ) : atPhone.value ? (
          <PhonePlace desk={desk} />
        ) : (
          <>
            <WorkList desk={desk} acts={acts} bulk={bulk} />
            <AssignmentPane desk={desk} acts={acts} revealed={revealed} />
          </>
        )}
      </div>
      <WarningPanel desk={desk} warnings={desk.warnings} />
      <ShortcutHelp shortcuts={shortcuts} />
    </div>
  );
}
