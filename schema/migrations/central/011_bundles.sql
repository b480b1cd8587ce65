-- Bundles, the exchange on a stick. Nothing rests on the two tables of bundles: what one brought stands in the lists
-- and receipts. They number files and tell people what is on its way.

-- What was made for a node.
CREATE TABLE bundle_sent (
  node        INTEGER NOT NULL REFERENCES node (id),
  number      INTEGER NOT NULL,  -- counts from 1 for each node
  answers     INTEGER NOT NULL,  -- which of the node's bundles it answers, 0: none, new work was sent without being asked
  created_at  INTEGER NOT NULL,
  feed_epoch  INTEGER NOT NULL,  -- it brings the feed up to here
  feed_seq    INTEGER NOT NULL,
  bytes       INTEGER,           -- of the finished file; NULL: not finished
  PRIMARY KEY (node, number)
) STRICT, WITHOUT ROWID;

-- What came from a node and was taken in to its end.
CREATE TABLE bundle_taken (
  node          INTEGER NOT NULL REFERENCES node (id),
  journal_epoch INTEGER NOT NULL,
  number        INTEGER NOT NULL,  -- as the node counts its bundles within that journal; 0: it could not note it
  created_on    INTEGER NOT NULL,  -- by the node's estimate
  taken_at      INTEGER NOT NULL,  -- the last time
  times         INTEGER NOT NULL,  -- how often
  PRIMARY KEY (node, journal_epoch, number)
) STRICT, WITHOUT ROWID;

-- What a node's bundles last said that it holds: from here on a bundle that nobody asked for begins.
CREATE TABLE node_place (
  node        INTEGER PRIMARY KEY REFERENCES node (id),
  feed_epoch  INTEGER NOT NULL,
  feed_seq    INTEGER NOT NULL,
  marked_seq  INTEGER NOT NULL   -- of its journal: up to here it has marks
) STRICT;
