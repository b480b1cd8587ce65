-- Published policies and calendars: how they are found in the feed, and how far the list's rows follow them.

-- 84 policy, 85 calendar. Which rules hold is asked with every act and every page.
CREATE INDEX entry_rules ON entry (list, seq) WHERE assignment = 0 AND kind IN (84, 85);

-- By which rules the rows of `assignment` were made. A row for each open assignment is made anew when others hold; that
-- is done some hundreds at a time, so that nobody waits for the whole, and goes on here after a stop. One row.
CREATE TABLE rule_state (
  id               INTEGER PRIMARY KEY CHECK (id = 1),
  policy           TEXT NOT NULL,     -- version by which the rows were made; empty: the rules that the program carries
  calendar         TEXT NOT NULL,     -- the names of its notices, as Calendar::version gives them
  target_policy    TEXT NOT NULL,     -- version by which they are being made anew; empty: none
  target_calendar  TEXT NOT NULL,
  done_upto        INTEGER NOT NULL,  -- assignments up to this id are done
  earlier          INTEGER NOT NULL,  -- of those done: how many are due earlier, later, and overdue for it
  later            INTEGER NOT NULL,
  overdue          INTEGER NOT NULL
) STRICT;

INSERT INTO rule_state (id, policy, calendar, target_policy, target_calendar, done_upto, earlier, later, overdue)
VALUES (1, '', '', '', '', 0, 0, 0, 0);

-- Those whose clocks may run, by id. 3: ended.
CREATE INDEX assignment_not_ended ON assignment (id) WHERE view <> 3;
