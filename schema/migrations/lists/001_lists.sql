-- The two append-only lists of a unit, kept by both programs with the same tables: an office holds its own journal and
-- the feed of its unit, a centre those of every unit.
--
-- Identifiers and epochs are unsigned 64-bit numbers whose bits are stored as they are, so half of them read as
-- negative here. No table may order by them.
--
-- No row of `entry` is ever changed but to put an erased part's inner hash in its place, and none is ever deleted.

-- One unbroken run of a journal or of a feed.
CREATE TABLE list (
  id         INTEGER PRIMARY KEY,
  kind       INTEGER NOT NULL CHECK (kind IN (1, 2)),  -- 1 journal (the node writes), 2 feed (the centre writes)
  unit       INTEGER NOT NULL,  -- whose list it is
  node       INTEGER NOT NULL,  -- the node that writes the journal; 0 for a feed
  epoch      INTEGER NOT NULL,  -- 64 random bits; with unit and kind they name the list
  rank       INTEGER NOT NULL,  -- 1, 2, 3, ... in the order of registration; the greatest is the live one
  run_end    INTEGER,  -- last entry that counts, once a later list is registered; NULL while live. Beyond: aside
  seq        INTEGER NOT NULL DEFAULT 0,  -- number of the last entry held; 0 before the first
  hash       BLOB NOT NULL,  -- the chain's hash after that entry; the chain's start before the first
  UNIQUE (unit, kind, rank),
  UNIQUE (unit, kind, epoch)
) STRICT;

-- The entries, as received or as made, byte for byte. A rowid table on purpose: with bodies of 1.5 kB a table WITHOUT
-- ROWID has few rows on a page, and the queries of a list page cost ten times as much. The big columns stand last, so
-- that a fold, which reads skeletons only, does not touch their overflow pages.
CREATE TABLE entry (
  list       INTEGER NOT NULL REFERENCES list (id),
  seq        INTEGER NOT NULL,  -- gapless from 1 within the list
  assignment INTEGER NOT NULL,  -- copied out of the skeleton for the index; 0: on the unit as a whole
  kind       INTEGER NOT NULL,  -- copied out of the skeleton: 1..63 acts, 64 and above the centre's
  number     INTEGER NOT NULL,  -- copied out of the skeleton: counts the entries of this kind of list on the assignment
  leaf       BLOB NOT NULL,  -- hash of skeleton, body and contact part; salted, so it tells nothing about them
  hash       BLOB NOT NULL,  -- the chain's hash after this entry
  skeleton   BLOB NOT NULL,  -- every field that the law reads, packed
  body       BLOB,  -- free text: one byte for the form (1 whole, 2 erased, 3 with its salt), then the bytes; NULL: empty
  contact    BLOB,  -- the citizen's data: the form's byte, then the bytes sealed (erased: the inner hash, plain); NULL: empty
  PRIMARY KEY (list, seq)
) STRICT;

-- The fold of one assignment: its entries of each list, in order.
CREATE INDEX entry_by_assignment ON entry (assignment, list, seq);

-- The key that seals the contact data of one assignment, itself sealed under the key in the key file. Deleting the row
-- destroys the contact data, in every copy that has no older row.
CREATE TABLE data_key (
  unit       INTEGER NOT NULL,
  assignment INTEGER NOT NULL,  -- 0: the unit's entries on no assignment
  wrapped    BLOB NOT NULL,  -- XChaCha20-Poly1305: nonce, key, tag; unit and assignment are bound to it
  PRIMARY KEY (unit, assignment)
) STRICT, WITHOUT ROWID;
