-- The centre serves this node no more: it was revoked or replaced. What it did and had not delivered is handed over, and
-- kept there aside. One row, or none.
CREATE TABLE revocation (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  told_at INTEGER NOT NULL  -- when the centre said so, by this node's estimate
) STRICT;

-- The centre's signed word that it keeps the acts up to there aside. They are not delivered and not in force.
CREATE TABLE aside_receipt (
  journal_epoch INTEGER NOT NULL,
  journal_seq   INTEGER NOT NULL,  -- the last act that it covers
  bytes         BLOB NOT NULL,     -- the receipt, packed
  PRIMARY KEY (journal_epoch, journal_seq)
) STRICT, WITHOUT ROWID;
