-- What is read out over the telephone when a node is confirmed: its own key's fingerprint follows from public_key, the
-- city's is as it was on the day of enrolment.
ALTER TABLE identity ADD COLUMN public_key BLOB;                           -- NULL: enrolled before there was a confirmation
ALTER TABLE identity ADD COLUMN city_fingerprint TEXT NOT NULL DEFAULT '';

-- The city's root key as it was pinned: what alone can vouch for a new key once the city's own fell into other hands.
ALTER TABLE identity ADD COLUMN city_root BLOB;                            -- NULL: the city has not named one yet

-- How the city's key of the enrolment gave way to the next ones, in order.
CREATE TABLE city_key_step (
  number INTEGER PRIMARY KEY,
  bytes  BLOB NOT NULL           -- packed and signed
) STRICT;
