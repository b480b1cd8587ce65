-- Bundles, the exchange on a stick. Nothing rests on these rows: what a bundle brought stands in the lists and
-- receipts. They number files and tell people what is on its way.

-- What this node has made. A number that was never finished is a file that could not be written.
CREATE TABLE bundle_out (
  journal_epoch  INTEGER NOT NULL,  -- the journal whose acts it carries
  number         INTEGER NOT NULL,  -- counts from 1 within the journal
  created_at     INTEGER NOT NULL,  -- by the node's estimate, milliseconds UTC
  after_seq      INTEGER NOT NULL,  -- it carries the acts behind this one
  upto_seq       INTEGER NOT NULL,  -- up to this one; the same: none
  bytes          INTEGER,           -- of the finished file; NULL: not finished
  answered_at    INTEGER,           -- by the node's estimate, when a bundle that answers it was taken in; NULL: none was
  PRIMARY KEY (journal_epoch, number)
) STRICT, WITHOUT ROWID;

-- What came from the centre and was taken in to its end.
CREATE TABLE bundle_in (
  number         INTEGER PRIMARY KEY,  -- as the centre counts its bundles to this node
  answers        INTEGER NOT NULL,     -- which of this node's it answers, 0: none
  created_on     INTEGER NOT NULL,     -- by the centre's clock, milliseconds UTC
  taken_at       INTEGER NOT NULL,     -- by the node's estimate, the first time
  times          INTEGER NOT NULL      -- how often it was taken in
) STRICT;
