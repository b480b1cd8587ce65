import { Fact, PageFact } from '../shared/band_facts';
import { spellMoment } from '../shared/spell';
import { say, t } from '../shared/words';
import type { CentralStatus, UnitOverview } from './central_types';
import type { Desk } from './desk';
import { isSilent } from './units';

/** The band on top: what is true of this page's link, of what waits, of the units and of the disk. */
export function Band({ desk }: { desk: Desk }) {
  const status = desk.status.value;
  const state = desk.feed.state.value;
  const gone = state === 'gone';
  return (
    <ul class="band" aria-label={t('band.label')} data-testid="band">
      <PageFact state={state} retry={() => desk.feed.retry()} />
      {status && !gone ? (
        <>
          <AwaitingFact count={status.assignments.awaiting} />
          <UnitsFact desk={desk} units={desk.units.value} />
          <ClockFact status={status} />
          <StorageFact status={status} />
        </>
      ) : null}
      {status && gone ? <LastKnown status={status} desk={desk} /> : null}
    </ul>
  );
}

function AwaitingFact({ count }: { count: number }) {
  const word = count === 0 ? t('band.none_awaiting') : t('band.awaiting', { count });
  return <Fact tone="calm" icon="scales" word={word} testid="band-awaiting" state={String(count)} />;
}

/** Units that may have work here nobody knows of yet. */
function UnitsFact({ desk, units }: { desk: Desk; units: UnitOverview[] | null }) {
  const now = desk.now.value;
  if (units === null || now === null) return null;
  if (!units.some(({ node }) => node.state === 'enrolled')) {
    return <Fact tone="calm" icon="link_off" word={t('band.no_nodes')} testid="band-units" state="none" />;
  }
  const silent = units.filter((unit) => isSilent(unit, now)).length;
  const word = silent === 0 ? t('band.all_heard') : t('band.silent', { count: silent });
  return (
    <Fact
      tone={silent === 0 ? 'good' : 'warn'}
      icon={silent === 0 ? 'link' : 'link_off'}
      word={word}
      {...(silent === 0 ? {} : { more: t('band.silent_action') })}
      testid="band-units"
      state={String(silent)}
    />
  );
}

/** A wrong time that a unit was given stays with it; so in doubt none is given. */
function ClockFact({ status }: { status: CentralStatus }) {
  const { kept, doubt } = status.clock;
  const word = doubt ? 'band.clock_unsure' : kept === 'watched' ? 'band.clock_signs_watched' : 'band.clock_signs';
  return (
    <Fact
      tone={doubt ? 'warn' : 'calm'}
      icon="clock"
      word={t(word)}
      {...(doubt ? { more: say(doubt.sentence) } : {})}
      testid="band-clock"
      state={doubt ? doubt.code : kept}
    />
  );
}

function StorageFact({ status }: { status: CentralStatus }) {
  const { safe_mode: safe, reason } = status.storage;
  return (
    <Fact
      tone={safe ? 'bad' : 'calm'}
      icon="disk"
      word={t(safe ? 'band.storage_safe' : 'band.storage_good')}
      {...(safe ? { more: `${reason ? say(reason) : ''} ${t('band.storage_action')}` } : {})}
      testid="band-storage"
      state={safe ? 'safe_mode' : 'good'}
    />
  );
}

/** What was true when the program last answered. */
function LastKnown({ status, desk }: { status: CentralStatus; desk: Desk }) {
  const word = t('band.last_known_central', {
    when: spellMoment(status.now.estimate, desk.now.value?.estimate ?? null),
    count: status.assignments.awaiting,
  });
  return <Fact tone="calm" icon="clock" word={word} testid="band-last-known" state="stale" />;
}
