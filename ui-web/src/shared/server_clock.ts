import type { ClockClass, TimeReading } from './api_types';
import { msOf } from './instant';

/** True time as an interval in milliseconds; `latest` null: open. */
export interface Moment {
  earliest: number;
  latest: number | null;
  estimate: number;
}

/** What is known of now: both its ends; a wall clock's word, which proves nothing; or only that it is not earlier. */
export type Knowledge = 'bounded' | 'estimated' | 'floor';

/** A wall clock that cannot be right is not asked: then the estimate is the floor, or as good as that. */
const kOwnWordMs = 60_000;

export function knowledgeOf({ earliest, latest, estimate }: Moment): Knowledge {
  if (latest !== null) return 'bounded';
  return estimate - earliest > kOwnWordMs ? 'estimated' : 'floor';
}

/** A moment of today, for words such as "tomorrow"; nothing where no clock here can prove which day it is. */
export function todayOf(now: Moment | null | undefined): number | null {
  return now && knowledgeOf(now) === 'bounded' ? now.estimate : null;
}

/**
 * The server's idea of now, carried on by the page's monotonic clock. The PC's wall clock is never read: it may be
 * wrong, stepped or dead. The answer was made at some moment between sending and receiving, so the earliest true time
 * counts on from the receiving and the latest from the sending.
 */
export class ServerClock {
  readonly class: ClockClass;
  private readonly reading: Moment;

  constructor(
    reading: TimeReading,
    private readonly sentAt: number,
    private readonly receivedAt: number,
  ) {
    this.class = reading.class;
    this.reading = {
      earliest: msOf(reading.earliest),
      latest: reading.latest === null ? null : msOf(reading.latest),
      estimate: msOf(reading.estimate),
    };
  }

  /** The interval of true time at `mono`, a value of performance.now(). */
  at(mono: number): Moment {
    const sinceReceived = Math.max(0, mono - this.receivedAt);
    const sinceSent = Math.max(0, mono - this.sentAt);
    const { earliest, latest, estimate } = this.reading;
    return {
      earliest: earliest + sinceReceived,
      latest: latest === null ? null : latest + sinceSent,
      estimate: estimate + (sinceReceived + sinceSent) / 2,
    };
  }
}
