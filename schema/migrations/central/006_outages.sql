-- When the centre itself did not serve, so that no unit is blamed for it.

-- One row: the last moment at which the centre is known to have served, written twice a minute and at a good stop.
CREATE TABLE service_beat (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  at INTEGER NOT NULL
) STRICT;

-- Stretches without a beat, as long as one that is logged. Rows are never deleted.
CREATE TABLE service_gap (
  id         INTEGER PRIMARY KEY,
  from_at    INTEGER NOT NULL,
  until_at   INTEGER NOT NULL
) STRICT;

-- Which of them a unit's feed says already.
CREATE TABLE service_gap_told (
  unit INTEGER PRIMARY KEY REFERENCES unit (id),
  gap  INTEGER NOT NULL
) STRICT;
