-- Times that the centre signed and takes back: two operators, one proposes and another confirms. What follows from it
-- stands in the feeds of the units; here is the proposal, and which anchors are none any more.
CREATE TABLE time_correction (
  id          INTEGER PRIMARY KEY,
  unit        INTEGER NOT NULL,  -- 0: every unit
  from_at     INTEGER NOT NULL,  -- the wrong times as they were signed: sent-at in [from_at, until_at)
  until_at    INTEGER NOT NULL,
  reason      TEXT NOT NULL,
  staff       INTEGER NOT NULL,  -- who proposed it
  proposed_at INTEGER NOT NULL,
  standing    INTEGER NOT NULL,  -- 1 waits, 2 confirmed, 3 declined
  ruled_by    INTEGER NOT NULL DEFAULT 0, -- the second person
  ruled_at    INTEGER,
  done        INTEGER NOT NULL DEFAULT 0  -- 1: every unit concerned was told; else it is gone on with at the next start
) STRICT;

ALTER TABLE receipt ADD COLUMN repealed INTEGER NOT NULL DEFAULT 0;          -- 1: its time was taken back, it bounds nothing
ALTER TABLE phone_challenge ADD COLUMN repealed INTEGER NOT NULL DEFAULT 0;  -- the same of a time told by telephone
