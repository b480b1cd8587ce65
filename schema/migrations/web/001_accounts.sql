-- People who sign in at this program's page, and their open sessions.

CREATE TABLE staff (
  id          INTEGER PRIMARY KEY,      -- the staff id that entries carry; never used again
  name        TEXT NOT NULL UNIQUE,     -- what the person types
  role        INTEGER NOT NULL,         -- rules::StaffRole
  password    TEXT NOT NULL,            -- argon2id text; it holds its own salt and cost
  must_change INTEGER NOT NULL,         -- 1: a one-time password, good only for choosing another
  disabled    INTEGER NOT NULL,         -- 1: left the office
  failures    INTEGER NOT NULL          -- wrong passwords since the last right one; sets the back-off
) STRICT;

CREATE TABLE session (
  id_hash    BLOB PRIMARY KEY,          -- SHA-256 of the cookie's value; the value itself is nowhere
  staff      INTEGER NOT NULL REFERENCES staff (id),
  token      TEXT NOT NULL,             -- sent back with every request that changes something
  boot_id    TEXT NOT NULL,             -- sessions do not outlive a boot: their age is counted on its clock
  opened_at  INTEGER NOT NULL,          -- milliseconds since boot
  used_at    INTEGER NOT NULL           -- milliseconds since boot, written at most once a minute
) STRICT;

CREATE INDEX session_by_staff ON session (staff);
