-- What assessments need that no unit's feed says: vetoes that wait for their second person, and supervision of the
-- platform's own operators. Published assessments and vetoes themselves stand in the feeds.

-- Q7: proposed by one person, confirmed or denied by another one. Rows are never deleted.
CREATE TABLE veto_proposal (
  id          INTEGER PRIMARY KEY,
  unit        INTEGER NOT NULL REFERENCES unit (id),
  from_at     INTEGER NOT NULL,     -- the assessment's period, until_at not included
  until_at    INTEGER NOT NULL,
  cause_epoch INTEGER NOT NULL,     -- the supervision note in the unit's feed that it rests on
  cause_seq   INTEGER NOT NULL,
  reason      TEXT NOT NULL,
  staff       INTEGER NOT NULL,     -- who proposed it
  at          INTEGER NOT NULL,
  standing    INTEGER NOT NULL,     -- 1 waits for a second person, 2 confirmed, 3 denied
  ruled_by    INTEGER NOT NULL,     -- 0: nobody yet
  ruled_at    INTEGER,              -- NULL: not yet
  entry_epoch INTEGER NOT NULL,     -- the veto in the unit's feed, once confirmed; seq 0: none
  entry_seq   INTEGER NOT NULL
) STRICT;

CREATE INDEX veto_proposal_by_unit ON veto_proposal (unit, id);

-- Q1: supervision notes on the platform's own people. Rows are never deleted.
CREATE TABLE operator_note (
  id      INTEGER PRIMARY KEY,
  request TEXT NOT NULL UNIQUE,     -- made by the page, so that a double click writes one
  about   INTEGER NOT NULL,         -- account of whoever is supervised
  ground  INTEGER NOT NULL,         -- rules::SupervisionGround
  text    TEXT NOT NULL,
  staff   INTEGER NOT NULL,         -- who wrote it
  at      INTEGER NOT NULL
) STRICT;
