-- A node has more than one journal: a restored one, or the copy that an operator chose, goes on in a new one.

-- Ids of acts name a place in whichever journal. Those kept so far are of the live one.
ALTER TABLE act_id ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
UPDATE act_id SET epoch = (SELECT journal_epoch FROM identity);

-- One row.
CREATE TABLE journal_state (
  id              INTEGER PRIMARY KEY CHECK (id = 1),
  journals_known  INTEGER NOT NULL   -- 1: the centre has returned every journal of the unit before the live one
) STRICT;

INSERT INTO journal_state (id, journals_known) VALUES (1, 0);
