-- Who is to be warned of which limit, and who has been told.

-- The centre's moment of sending with which an assignment's first dispatch came: the node did not hold it before. What
-- was held when this table came has no row, and nothing is said of when it arrived.
CREATE TABLE delivery (
  assignment  INTEGER PRIMARY KEY,
  sent_at     INTEGER NOT NULL     -- milliseconds UTC, the centre's clock
) STRICT;

-- Projection: a row for each duty that runs. Moments are milliseconds UTC.
CREATE TABLE warning (
  assignment       INTEGER NOT NULL,
  clock            INTEGER NOT NULL,            -- rules::ClockKind
  staff            INTEGER NOT NULL,            -- who has the assignment, 0: nobody in particular
  confidential     INTEGER NOT NULL,            -- 1: only supervisors see it
  due_at           INTEGER NOT NULL,
  raised_at        INTEGER NOT NULL,            -- when whoever has it is told
  escalated_at     INTEGER NOT NULL,            -- when supervisors are told; greatest integer: they are not
  held             INTEGER NOT NULL,            -- 1: an application made in time is undecided, so nothing is overdue
  late_on_arrival  INTEGER NOT NULL,            -- 1: due had passed before the node held the dispatch
  raised_in        INTEGER NOT NULL DEFAULT 0,  -- the telling in which it was raised, 0: not yet. No projection:
  escalated_in     INTEGER NOT NULL DEFAULT 0,  -- what has been told stays told
  PRIMARY KEY (assignment, clock)
) STRICT, WITHOUT ROWID;

-- These two carry all that a digest counts; what is asked for by its very value stands before the due instant, so that
-- nothing is read that is not counted.
CREATE INDEX warning_by_holder ON warning (staff, confidential, clock, late_on_arrival, due_at, held, raised_at);
CREATE INDEX warning_by_due ON warning (clock, late_on_arrival, due_at, held, escalated_at, staff, confidential);

-- What is still to be told, by when; and what was told, for what is new to a person. A row stands in one of each pair.
CREATE INDEX warning_to_raise ON warning (raised_at) WHERE raised_in = 0;
CREATE INDEX warning_raised ON warning (staff, confidential, raised_in) WHERE raised_in > 0;
CREATE INDEX warning_to_escalate ON warning (escalated_at) WHERE escalated_in = 0;
CREATE INDEX warning_escalated ON warning (escalated_in, staff, confidential) WHERE escalated_in > 0;

-- Tellings are numbered: all that becomes due to be told at one moment is one. One row.
CREATE TABLE telling (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  number  INTEGER NOT NULL  -- of the last one
) STRICT;

INSERT INTO telling (id, number) VALUES (1, 0);

-- Up to which telling a person has heard, on whatever screen, so that nothing rings twice.
CREATE TABLE heard (
  staff   INTEGER PRIMARY KEY,
  number  INTEGER NOT NULL
) STRICT;
