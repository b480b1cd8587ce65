-- What the facts of each assignment come to, so that both ends can see at a glance whether they hold the same. A
-- projection of `entry`, written beside the assignment's row.
CREATE TABLE state_digest (
  unit       INTEGER NOT NULL,
  assignment INTEGER NOT NULL,
  digest     BLOB NOT NULL,  -- of its facts, see PROTOCOL, "Digest"
  PRIMARY KEY (unit, assignment)
) STRICT, WITHOUT ROWID;
