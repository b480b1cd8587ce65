-- Phone receipts as this node gave them: what it said under each challenge and what came back. What the centre made of
-- it comes by the feed.
CREATE TABLE phone_call (
  number     INTEGER PRIMARY KEY,       -- the greatest is the present call
  challenge  INTEGER NOT NULL UNIQUE,   -- of the centre; names the moment as an anchor once it was answered
  upto_epoch INTEGER NOT NULL,          -- the journal's last act when the code was made; acts after it are not in it
  upto_seq   INTEGER NOT NULL,
  code       INTEGER NOT NULL,          -- below 10^15
  -- the machine's clocks when the code was shown: the centre noted it later than that, so the call is as wide as the
  -- time from then to the answer; another boot id, and only the floor may rise
  boot       TEXT NOT NULL,
  since_boot INTEGER NOT NULL,          -- milliseconds, sleep included
  awake      INTEGER NOT NULL,          -- milliseconds, without sleep
  wall       INTEGER NOT NULL,          -- milliseconds UTC, as the wall clock said
  shown_at   INTEGER NOT NULL,          -- the node's estimate, milliseconds UTC
  wrong      INTEGER NOT NULL DEFAULT 0, -- wrong answers so far
  minute     INTEGER                    -- the right one's, milliseconds UTC, the centre's clock; NULL: none yet
) STRICT;
