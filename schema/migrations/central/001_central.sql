-- What the centre keeps beside the lists of its units: units and their nodes, enrolment codes, cases, what it signed,
-- and one projection. A projection can be made again from the lists at any time; `verify` compares both.
--
-- Instants are milliseconds UTC by the centre's clock unless said otherwise. Ids count from 1 over the whole city.

-- The city. One row, written by `init`.
CREATE TABLE city (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  name       TEXT NOT NULL,
  key_id     INTEGER NOT NULL,     -- names the Ed25519 key that signs receipts
  public_key BLOB NOT NULL
) STRICT;

-- The last number given, by kind of thing. A table and not a column's own counting, so that a number stays unique when
-- the units are spread over several databases.
CREATE TABLE sequence (
  name       TEXT PRIMARY KEY,     -- unit, node, case, assignment
  last       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- An organizer unit. Whatever changes its feed or its journals is done in one transaction that begins at this row.
CREATE TABLE unit (
  id           INTEGER PRIMARY KEY,
  code         TEXT NOT NULL UNIQUE, -- short name that people type
  name         TEXT NOT NULL,
  node         INTEGER NOT NULL,     -- the node that serves it now, 0: none yet
  created_at   INTEGER NOT NULL,
  last_sent_at INTEGER               -- sent-at of the newest receipt to any of its nodes; none may carry an earlier one
) STRICT;

-- Every program that was ever enrolled; a replaced one stays, revoked.
CREATE TABLE node (
  id               INTEGER PRIMARY KEY,
  unit             INTEGER NOT NULL REFERENCES unit (id),
  public_key       BLOB NOT NULL,    -- Ed25519, verifies its journal
  journal_epoch    INTEGER NOT NULL,
  fingerprint      BLOB NOT NULL UNIQUE, -- SHA-256 of its TLS client certificate (DER)
  certificate      TEXT NOT NULL,    -- PEM; given again to the same key when the first answer was lost
  enrolled_at      INTEGER NOT NULL,
  revoked_at       INTEGER,          -- NULL: in service
  last_exchange_at INTEGER,
  receipted_seq    INTEGER NOT NULL DEFAULT 0, -- acts up to this one are covered by a receipt that is kept
  status_version   INTEGER NOT NULL DEFAULT 0, -- of what the node last said of itself; a lower one is older news
  program          TEXT NOT NULL DEFAULT '',
  undelivered      INTEGER NOT NULL DEFAULT 0,
  disk_free        INTEGER NOT NULL DEFAULT 0  -- bytes
) STRICT;

CREATE INDEX node_by_unit ON node (unit, id);

-- One-time codes. Two bytes of the code's secret find its row, so that wrong guesses are counted against it; of the
-- whole secret only the hash is here.
CREATE TABLE enrolment_code (
  id          INTEGER PRIMARY KEY,
  unit        INTEGER NOT NULL REFERENCES unit (id),
  locator     INTEGER NOT NULL UNIQUE,
  secret_hash BLOB NOT NULL,
  made_at     INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  wrong_tries INTEGER NOT NULL DEFAULT 0,
  used_key    BLOB,                  -- public key of the node that used it; the same key may ask again
  used_node   INTEGER                -- that node
) STRICT;

CREATE INDEX enrolment_code_by_unit ON enrolment_code (unit);

-- A citizen's appeal. State, unit and cycle follow from the projection of its assignments; the rest is the case's own.
CREATE TABLE city_case (
  id           INTEGER PRIMARY KEY,
  number       TEXT NOT NULL,        -- as printed on paper
  title        TEXT NOT NULL,
  text         TEXT NOT NULL,
  place        TEXT NOT NULL,
  category     INTEGER NOT NULL,     -- rules::Category
  kind         INTEGER NOT NULL,     -- rules::CaseKind
  urgent       INTEGER NOT NULL,
  confidential INTEGER NOT NULL,
  limits       TEXT NOT NULL,        -- the case's own limits as JSON, D8
  contact      BLOB,                 -- the citizen's data, sealed under a key of the case; NULL: none given
  created_at   INTEGER NOT NULL,
  state        INTEGER NOT NULL,     -- 1 new, 2 dispatched, 3 closed
  -- of an imported case
  source       TEXT,                 -- the other system
  external_id  TEXT,                 -- its id there
  opened_at    INTEGER,              -- the source's word, as are the next two: they start and meet no clock
  closed_at    INTEGER,
  target_at    INTEGER,
  facts        TEXT NOT NULL DEFAULT '{}', -- JSON object of strings in the source's words
  content_hash BLOB,                 -- of the row as imported without the contact: tells a changed row from a repeated one
  contact_hash BLOB,                 -- keyed: a plain hash of a telephone number could be guessed
  closed_at_source INTEGER NOT NULL DEFAULT 0, -- 1: it came as closed and is history
  updates      INTEGER NOT NULL DEFAULT 0      -- imports that changed it
) STRICT;

CREATE UNIQUE INDEX case_by_source ON city_case (source, external_id) WHERE source IS NOT NULL;
CREATE INDEX case_by_state ON city_case (state, id);

-- Projection: one row per assignment, from the fold of its entries.
CREATE TABLE assignment (
  id            INTEGER PRIMARY KEY,
  unit          INTEGER NOT NULL REFERENCES unit (id),
  case_id       INTEGER NOT NULL,
  cycle         INTEGER NOT NULL,
  lead          INTEGER NOT NULL,
  stage         INTEGER NOT NULL,    -- rules::Stage
  dispatched_at INTEGER NOT NULL,
  return_rounds INTEGER NOT NULL,    -- of the whole chain of units, B4
  ruled         INTEGER NOT NULL,    -- 1: no further return, B4
  awaits        INTEGER NOT NULL     -- 1: an application, an unreachable claim or a conflict waits for the centre
) STRICT;

CREATE INDEX assignment_by_case ON assignment (case_id, id);
CREATE INDEX assignment_by_unit ON assignment (unit, id);
CREATE INDEX assignment_awaiting ON assignment (unit, id) WHERE awaits = 1;

-- Receipts by the id under which an act's time evidence names them. The signature can be made again from the bytes.
CREATE TABLE receipt (
  anchor       INTEGER NOT NULL,
  node         INTEGER NOT NULL REFERENCES node (id),
  sent_at      INTEGER NOT NULL,
  bytes        BLOB,                 -- the receipts that were the first to cover an act, packed, kept for ever; else NULL
  PRIMARY KEY (anchor, node)
) STRICT, WITHOUT ROWID;

CREATE INDEX receipt_covering ON receipt (node) WHERE bytes IS NOT NULL;

-- When the acts up to `seq` were first held: one row for each commit that took acts in.
CREATE TABLE mark (
  unit          INTEGER NOT NULL,
  journal_epoch INTEGER NOT NULL,
  seq           INTEGER NOT NULL,
  received_at   INTEGER NOT NULL,
  PRIMARY KEY (unit, journal_epoch, seq)
) STRICT, WITHOUT ROWID;

-- The page makes an id for each request that changes something, so that a double click or a repeat after a lost answer
-- does nothing twice.
CREATE TABLE request (
  id         TEXT PRIMARY KEY,
  content    BLOB NOT NULL,          -- hash of what was asked: the same id with other content is refused
  case_id    INTEGER NOT NULL,       -- 0: none
  assignment INTEGER NOT NULL,       -- 0: none
  feed_epoch INTEGER NOT NULL,       -- the entry it made, seq 0: none
  feed_seq   INTEGER NOT NULL,
  at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
