-- What revoked nodes delivered: kept beside the lists, without effect, until an operator adopts it. It stands in no
-- journal of the unit, so no fold reads it and no office gets it; an adoption carries the act in the unit's feed.

-- One journal of a revoked node, as far as it goes on behind what the centre held of it in `list`.
CREATE TABLE aside_journal (
  unit      INTEGER NOT NULL REFERENCES unit (id),
  node      INTEGER NOT NULL REFERENCES node (id),  -- who wrote and signed it
  epoch     INTEGER NOT NULL,  -- with the unit it names the journal
  seq       INTEGER NOT NULL,  -- number of the last act kept
  hash      BLOB NOT NULL,     -- the chain's hash after it
  acts      INTEGER NOT NULL,  -- how many are kept: those up to seq, without gap
  bytes     INTEGER NOT NULL,  -- what they take; bounded for each node
  suite     INTEGER NOT NULL,  -- the node's own signature over all up to seq
  signature BLOB NOT NULL,
  PRIMARY KEY (unit, epoch)
) STRICT, WITHOUT ROWID;

-- The acts, as they came, byte for byte.
CREATE TABLE aside_act (
  number        INTEGER PRIMARY KEY AUTOINCREMENT,  -- by which people name it
  unit          INTEGER NOT NULL,
  node          INTEGER NOT NULL,
  epoch         INTEGER NOT NULL,
  seq           INTEGER NOT NULL,  -- its place in the node's own journal
  assignment    INTEGER NOT NULL,  -- copied out of the skeleton; 0: on the unit as a whole
  leaf          BLOB NOT NULL,
  hash          BLOB NOT NULL,     -- the chain's hash after it
  skeleton      BLOB NOT NULL,
  body          BLOB,              -- body and contact part as in `entry`
  contact       BLOB,
  received_at   INTEGER,           -- the centre's clock; NULL: it was unsure. The act proves nothing earlier
  adopted_epoch INTEGER,           -- the feed entry that adopted it; NULL: it counts for nothing
  adopted_seq   INTEGER,
  adopted_by    INTEGER,           -- the operator; 0: the command line
  adopted_at    INTEGER,
  adopted_why   TEXT,
  UNIQUE (unit, epoch, seq)
) STRICT;
