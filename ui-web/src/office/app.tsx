import { AtWork, SkipTo, TopBar } from '../shared/at_work';
import type { Acts } from './acts';
import { AssignmentPane } from './assignment_pane';
import { Band } from './band';
import type { Desk } from './desk';
import { route } from './route';
import { WorkList } from './work_list';

export function App({ desk, acts }: { desk: Desk; acts: Acts }) {
  return (
    <AtWork session={desk.session}>
      <Workplace desk={desk} acts={acts} />
    </AtWork>
  );
}

function Workplace({ desk, acts }: { desk: Desk; acts: Acts }) {
  const unit = desk.status.value?.unit ?? desk.session.view.value?.unit;
  return (
    <div class={route.value.assignment === null ? 'workplace at-list' : 'workplace at-detail'}>
      <SkipTo id="assignment" />
      <TopBar session={desk.session} place={unit?.name ?? ''} />
      <Band desk={desk} />
      <div class="panes">
        <WorkList desk={desk} />
        <AssignmentPane desk={desk} acts={acts} />
      </div>
    </div>
  );
}
