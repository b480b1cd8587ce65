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

-- The first two carry all that a digest counts, the others find what is to be told and what is new to a person.
CREATE INDEX warning_by_holder ON warning (staff, clock, due_at, late_on_arrival, held, confidential, raised_at);
CREATE INDEX warning_by_due ON warning (clock, due_at, late_on_arrival, held, escalated_at, staff, confidential);
CREATE INDEX warning_by_raising ON warning (raised_in, raised_at, staff, confidential);
CREATE INDEX warning_by_escalation ON warning (escalated_in, escalated_at);

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
