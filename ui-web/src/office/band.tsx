import type { StatusView } from '../shared/api_types';
import { Fact, PageFact } from '../shared/band_facts';
import { msOf } from '../shared/instant';
import { knowledgeOf, todayOf, type Moment, type ServerClock } from '../shared/server_clock';
import { spellAge, spellMoment, spellSince, spellSize, spellSpan } from '../shared/spell';
import { say, t } from '../shared/words';
import type { Desk } from './desk';

/** An office that does not know the time does not say for how long it has been alone. */
function spellAgo(then: number, now: Moment): string {
  if (knowledgeOf(now) === 'bounded') return spellAge(now.estimate - then);
  return t('age.ago', { span: spellSince(then, now) });
}

function LinkFact({ status, now }: { status: StatusView; now: Moment }) {
  const { state, last_exchange_at: last, last_error: error } = status.link;
  const online = state === 'online';
  const when = last === null ? t('band.never_exchanged') : t('band.last_exchange', { when: spellAgo(msOf(last), now) });
  const why = !online && error ? ` · ${say(error.sentence)}` : '';
  return (
    <Fact
      tone={online ? 'good' : 'warn'}
      icon={online ? 'link' : 'link_off'}
      word={t(online ? 'band.online' : state === 'never' ? 'band.never' : 'band.offline')}
      more={online ? when : `${when} · ${t('band.offline_go_on')}${why}`}
      testid="band-link"
      state={state}
    />
  );
}

/** Taken in by a code, not yet by a person: two fingerprints are to be compared over the telephone. */
function ConfirmationFact({ status }: { status: StatusView }) {
  if (status.link.last_error?.code !== 'not_confirmed') return null;
  const more = t('band.not_confirmed_action', { city: status.city_fingerprint, own: status.fingerprint });
  return <Fact tone="warn" icon="alert" word={t('band.not_confirmed')} more={more} testid="band-confirmation" state={status.fingerprint} />;
}

/** The centre and this node disagree about what was sent: acts wait until somebody has looked. */
function AlarmFact({ status }: { status: StatusView }) {
  const alarm = status.link.alarm;
  if (!alarm) return null;
  const more = `${say(alarm.sentence)} ${t('band.alarm_action', { code: alarm.code })}`;
  return <Fact tone="bad" icon="alert" word={t('band.alarm')} more={more} testid="band-alarm" state={alarm.code} />;
}

/** Another machine serves the unit: whoever works here must hear it in plain words, and no word of a link that comes back
 * or of acts that are delivered beside it. */
function RevokedFact({ status }: { status: StatusView }) {
  const { revoked } = status;
  if (!revoked) return null;
  const more = t('band.revoked_more', { count: revoked.handed_over, left: revoked.waiting });
  return <Fact tone="bad" icon="alert" word={t('band.revoked')} more={more} testid="band-revoked" state={String(revoked.handed_over)} />;
}

function UndeliveredFact({ status, now }: { status: StatusView; now: Moment }) {
  const { count, oldest_at: oldest } = status.undelivered;
  if (count === 0) return <Fact tone="calm" icon="arrow_up" word={t('band.all_delivered')} testid="band-undelivered" state="0" />;
  const more = oldest === null ? undefined : t('band.oldest', { span: spellSince(msOf(oldest), now) });
  return (
    <Fact
      tone={status.link.state === 'online' ? 'calm' : 'warn'}
      icon="arrow_up"
      word={t('band.undelivered', { count })}
      {...(more ? { more } : {})}
      testid="band-undelivered"
      state={String(count)}
    />
  );
}

function sharpnessOf(now: Moment): string {
  if (now.latest !== null) return t('band.clock_within', { span: spellSpan(Math.max(1000, (now.latest - now.earliest) / 2)) });
  if (knowledgeOf(now) === 'estimated') return t('band.clock_estimate');
  return t('band.clock_not_before', { when: spellMoment(new Date(now.earliest).toISOString(), null) });
}

function ClockFact({ clock, now }: { clock: ServerClock; now: Moment }) {
  const sound = clock.class === 'anchored' || clock.class === 'central';
  return (
    <Fact
      tone={sound ? 'calm' : 'warn'}
      icon="clock"
      word={t(sound ? 'band.clock_sound' : clock.class === 'carried' ? 'band.clock_carried' : 'band.clock_floor')}
      more={sharpnessOf(now)}
      testid="band-clock"
      state={clock.class}
    />
  );
}

/** Below this the disk is told while there is still time to act. */
const kDiskLowBytes = 2 * 2 ** 30;

function StorageFact({ status }: { status: StatusView }) {
  const { safe_mode: safe, reason, disk_free_bytes: free } = status.storage;
  if (safe) {
    const more = `${reason ? say(reason) : ''} ${t('band.storage_action')}`;
    return <Fact tone="bad" icon="disk" word={t('band.storage_safe')} more={more} testid="band-storage" state="safe_mode" />;
  }
  const left = free === undefined ? {} : { more: t('band.disk_left', { size: spellSize(free) }) };
  if (free !== undefined && free < kDiskLowBytes) {
    return <Fact tone="warn" icon="disk" word={t('band.disk_low')} more={`${left.more} · ${t('band.disk_action')}`} testid="band-storage" state="low" />;
  }
  return <Fact tone="calm" icon="disk" word={t('band.storage_good')} {...left} testid="band-storage" state="good" />;
}

function AwaitingFact({ status }: { status: StatusView }) {
  const { count } = status.awaiting;
  if (count === 0) return null;
  return <Fact tone="calm" icon="scales" word={t('band.awaiting', { count })} testid="band-awaiting" state={String(count)} />;
}

/** The band on top: what is true of the link, of what is unsent, of the clock and of the disk. */
export function Band({ desk }: { desk: Desk }) {
  const status = desk.status.value;
  const clock = desk.clock.value;
  const now = desk.now.value;
  const state = desk.feed.state.value;
  const known = status && clock && now && state !== 'gone';
  return (
    <ul class="band" aria-label={t('band.label')} data-testid="band">
      <PageFact state={state} retry={() => desk.feed.retry()} />
      {known ? (
        <>
          {status.revoked ? null : <LinkFact status={status} now={now} />}
          <ConfirmationFact status={status} />
          <RevokedFact status={status} />
          <AlarmFact status={status} />
          {status.revoked ? null : <UndeliveredFact status={status} now={now} />}
          <AwaitingFact status={status} />
          <ClockFact clock={clock} now={now} />
          <StorageFact status={status} />
        </>
      ) : null}
      {state === 'gone' && status ? <LastKnown status={status} now={now} /> : null}
    </ul>
  );
}

/** What was true when the program last answered. */
function LastKnown({ status, now }: { status: StatusView; now: Moment | null }) {
  const word = t('band.last_known', {
    when: spellMoment(status.now.estimate, todayOf(now)),
    count: status.undelivered.count,
  });
  return <Fact tone="calm" icon="clock" word={word} testid="band-last-known" state="stale" />;
}
