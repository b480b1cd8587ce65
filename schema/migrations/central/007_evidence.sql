-- What the centre needs to prove a case to strangers beside what it signs itself.

-- The node's own signature over its journal as far as the centre holds it: one row a journal, the newest covers all
-- acts before. Its hash stands in the list.
CREATE TABLE signed_head (
  unit          INTEGER NOT NULL,
  journal_epoch INTEGER NOT NULL,
  seq           INTEGER NOT NULL,  -- the last act that it covers
  suite         INTEGER NOT NULL,
  signature     BLOB NOT NULL,
  PRIMARY KEY (unit, journal_epoch)
) STRICT, WITHOUT ROWID;
