-- Lists, search and counts that cost the same however many assignments there are, and who may see which.

ALTER TABLE assignment ADD COLUMN confidential INTEGER NOT NULL DEFAULT 0;  -- 1: only supervisors see it
ALTER TABLE assignment ADD COLUMN words TEXT NOT NULL DEFAULT '';  -- number, title, place for the search; a-z small

-- The row of an older program lacks what later columns say: where the version here is not the program's, all rows are
-- made again from the lists before anything is served.
CREATE TABLE projection_state (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  version  INTEGER NOT NULL
) STRICT;

INSERT INTO projection_state (id, version) VALUES (1, 0);

-- Whoever sees everything reads along the first, all others along the second; `due_held` makes counting a matter of the
-- index alone. The third carries the words, so that a search reads no row before it has found one.
DROP INDEX assignment_by_due;
CREATE INDEX assignment_by_due ON assignment (view, due_at, id, due_held);
CREATE INDEX assignment_shown_by_due ON assignment (view, due_at, id, due_held) WHERE confidential = 0;
CREATE INDEX assignment_by_words ON assignment (view, due_at, id, confidential, words);

-- How many assignments are alike in what the page counts. Every page asks for these numbers after every event, so they
-- are kept, not counted: a row a day of due instants, thousands where there are a million assignments.
CREATE TABLE assignment_tally (
  view          INTEGER NOT NULL,
  due_held      INTEGER NOT NULL,
  confidential  INTEGER NOT NULL,
  due_day       INTEGER NOT NULL,  -- whole days of 86,400,000 ms in due_at; no civil day
  assignments   INTEGER NOT NULL,
  PRIMARY KEY (view, due_held, confidential, due_day)
) STRICT, WITHOUT ROWID;

INSERT INTO assignment_tally (view, due_held, confidential, due_day, assignments)
SELECT view, due_held, confidential, due_at / 86400000, count(*) FROM assignment GROUP BY 1, 2, 3, 4;

CREATE TRIGGER assignment_tallied AFTER INSERT ON assignment
BEGIN
  INSERT INTO assignment_tally (view, due_held, confidential, due_day, assignments)
  VALUES (NEW.view, NEW.due_held, NEW.confidential, NEW.due_at / 86400000, 1)
  ON CONFLICT DO UPDATE SET assignments = assignments + 1;
END;

CREATE TRIGGER assignment_tallied_off AFTER DELETE ON assignment
BEGIN
  UPDATE assignment_tally SET assignments = assignments - 1
  WHERE view = OLD.view AND due_held = OLD.due_held AND confidential = OLD.confidential
    AND due_day = OLD.due_at / 86400000;
  DELETE FROM assignment_tally
  WHERE view = OLD.view AND due_held = OLD.due_held AND confidential = OLD.confidential
    AND due_day = OLD.due_at / 86400000 AND assignments = 0;
END;

CREATE TRIGGER assignment_tallied_anew AFTER UPDATE OF view, due_held, confidential, due_at ON assignment
WHEN (OLD.view, OLD.due_held, OLD.confidential, OLD.due_at / 86400000)
  <> (NEW.view, NEW.due_held, NEW.confidential, NEW.due_at / 86400000)
BEGIN
  UPDATE assignment_tally SET assignments = assignments - 1
  WHERE view = OLD.view AND due_held = OLD.due_held AND confidential = OLD.confidential
    AND due_day = OLD.due_at / 86400000;
  DELETE FROM assignment_tally
  WHERE view = OLD.view AND due_held = OLD.due_held AND confidential = OLD.confidential
    AND due_day = OLD.due_at / 86400000 AND assignments = 0;
  INSERT INTO assignment_tally (view, due_held, confidential, due_day, assignments)
  VALUES (NEW.view, NEW.due_held, NEW.confidential, NEW.due_at / 86400000, 1)
  ON CONFLICT DO UPDATE SET assignments = assignments + 1;
END;
