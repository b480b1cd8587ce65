-- Which files the bodies of the entries held here name, so that the question "what is still missing" needs no body to
-- be read. A projection of `entry`, written with each entry; a redacted entry names nothing any more.
CREATE TABLE named_blob (
  list       INTEGER NOT NULL REFERENCES list (id),
  seq        INTEGER NOT NULL,
  place      INTEGER NOT NULL,  -- 0, 1, 2, ... in the body
  unit       INTEGER NOT NULL,  -- copied from the list
  assignment INTEGER NOT NULL,  -- copied from the entry
  address    BLOB NOT NULL,     -- SHA-256 of the content
  size       INTEGER NOT NULL,  -- in bytes, as the body says
  PRIMARY KEY (list, seq, place)
) STRICT, WITHOUT ROWID;

-- Who names this file?
CREATE INDEX named_blob_by_address ON named_blob (unit, assignment, address);
