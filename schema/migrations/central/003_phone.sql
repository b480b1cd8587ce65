-- Phone receipts: the challenges that were drawn. What was said under one, and whether it holds, stands in the unit's
-- feed; here is what the feed does not say.
CREATE TABLE phone_challenge (
  unit          INTEGER NOT NULL REFERENCES unit (id),
  challenge     INTEGER NOT NULL,  -- 1 to 99,999,999; never drawn twice for one unit, for it names the moment as an anchor
  node          INTEGER NOT NULL REFERENCES node (id), -- whom it was drawn for; a node that comes after it has no use for it
  request       TEXT NOT NULL UNIQUE,  -- made by who asked for it, so that a double click draws one
  staff         INTEGER NOT NULL,  -- who drew it
  made_at       INTEGER NOT NULL,
  expires_at    INTEGER NOT NULL,
  receipt_epoch INTEGER NOT NULL DEFAULT 0, -- the feed entry that took a code under it; seq 0: none yet
  receipt_seq   INTEGER NOT NULL DEFAULT 0,
  noted_at      INTEGER,           -- the moment of that entry, which was told to the office; NULL: none yet
  checked       INTEGER NOT NULL DEFAULT 0, -- 1: the journal has come and that code was compared with it
  PRIMARY KEY (unit, challenge)
) STRICT, WITHOUT ROWID;

-- What is to be compared when a journal grows: a few rows of the whole city.
CREATE INDEX phone_challenge_unchecked ON phone_challenge (unit, challenge) WHERE receipt_seq > 0 AND checked = 0;
