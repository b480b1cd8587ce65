-- Runs of failed attempts to reach the centre that are not in the journal yet: it takes them when the centre is reached
-- again. A run is of one boot, without a gap longer than the pauses between attempts.
CREATE TABLE outage_run (
  id               INTEGER PRIMARY KEY,
  boot             TEXT NOT NULL,      -- boot id under which both moments count
  began_since_boot INTEGER NOT NULL,   -- the first failed attempt, milliseconds of the boot clock
  began_earliest   INTEGER NOT NULL,   -- what the node knew then of true time, milliseconds UTC
  began_latest     INTEGER,            -- NULL: open
  last_since_boot  INTEGER NOT NULL,   -- the same of the last failed attempt
  last_earliest    INTEGER NOT NULL,
  last_latest      INTEGER,
  attempts         INTEGER NOT NULL,
  cause            INTEGER NOT NULL    -- rules::OutageCause of the first
) STRICT;
