-- A centre that was restored from a backup: what it appended since is lost here, and the units' nodes have it. Nothing
-- is appended to a unit's feed until its node has reported, so that no place in a feed is ever given twice.
ALTER TABLE unit ADD COLUMN awaits_report INTEGER NOT NULL DEFAULT 0;  -- 1: from a restore until the node has reported

-- Acts that were judged before the restore keep their judgement: those of this journal up to this one.
ALTER TABLE unit ADD COLUMN judged_epoch INTEGER NOT NULL DEFAULT 0;  -- 0: none
ALTER TABLE unit ADD COLUMN judged_seq INTEGER NOT NULL DEFAULT 0;

-- What an operator must know of a unit's lists and cannot see in them. A row stays until somebody has taken note.
CREATE TABLE unit_alarm (
  unit       INTEGER NOT NULL REFERENCES unit (id),
  code       TEXT NOT NULL,     -- journal_fork, journal_superseded, feed_lost, feed_cut, state_differs, lost_window
  subject    INTEGER NOT NULL,  -- the epoch, the assignment or the node that it is about
  first_seq  INTEGER NOT NULL,  -- the places that it is about; 0: none
  last_seq   INTEGER NOT NULL,
  at         INTEGER NOT NULL,  -- when it was seen last, the centre's clock
  PRIMARY KEY (unit, code, subject)
) STRICT, WITHOUT ROWID;
