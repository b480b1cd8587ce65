-- What an office node keeps beside its lists: who it is, what the centre signed, and projections for the page. A
-- projection can be made again from the lists at any time; `verify` compares both.

-- Who this node is. One row, written at enrolment.
CREATE TABLE identity (
  id             INTEGER PRIMARY KEY CHECK (id = 1),
  unit           INTEGER NOT NULL,
  unit_code      TEXT NOT NULL,
  unit_name      TEXT NOT NULL,
  city           TEXT NOT NULL,
  node           INTEGER NOT NULL,
  journal_epoch  INTEGER NOT NULL,
  centre         TEXT NOT NULL,     -- base address of the centre's sync port
  city_key_id    INTEGER NOT NULL,
  city_key       BLOB NOT NULL      -- Ed25519 public key that signs receipts
) STRICT;

-- The page makes an id for each act, so that a double click or a repeat after a lost answer does nothing twice.
CREATE TABLE act_id (
  id       TEXT PRIMARY KEY,
  seq      INTEGER NOT NULL,        -- act of the live journal epoch
  content  BLOB NOT NULL            -- hash of what the form said: the same id with other content is refused
) STRICT;

-- Receipts that were the first to cover an act are kept for ever, they are the proof of delivery; of the others only
-- the greatest.
CREATE TABLE receipt (
  number         INTEGER PRIMARY KEY,
  journal_epoch  INTEGER NOT NULL,
  journal_seq    INTEGER NOT NULL,  -- acts up to this one are held and judged at the centre
  feed_epoch     INTEGER NOT NULL,
  feed_head      INTEGER NOT NULL,  -- once the feed is held up to here, those acts' refusals would be known
  covers         INTEGER NOT NULL,  -- 1: the first receipt that covers some act
  bytes          BLOB NOT NULL      -- packed and signed, as it came
) STRICT;

CREATE INDEX receipt_by_seq ON receipt (journal_epoch, journal_seq);

-- When the centre first held the acts up to `seq`, as its receipts say.
CREATE TABLE mark (
  journal_epoch  INTEGER NOT NULL,
  seq            INTEGER NOT NULL,
  received_at    INTEGER NOT NULL,  -- milliseconds UTC, the centre's clock
  PRIMARY KEY (journal_epoch, seq)
) STRICT, WITHOUT ROWID;

-- Projection: one row per assignment for lists and search.
CREATE TABLE assignment (
  id               INTEGER PRIMARY KEY,
  number           TEXT NOT NULL,
  title            TEXT NOT NULL,
  place            TEXT NOT NULL,
  category         INTEGER NOT NULL,
  kind             INTEGER NOT NULL,
  urgent           INTEGER NOT NULL,
  stage            INTEGER NOT NULL, -- rules::Stage
  view             INTEGER NOT NULL, -- 1 open: work to do, 2 waiting for the centre, 3 ended
  dispatched_at    INTEGER NOT NULL,
  due_clock        INTEGER NOT NULL, -- rules::ClockKind of the duty that presses first, 0: none runs
  due_state        INTEGER NOT NULL, -- rules::ClockState, 0: none
  due_started_at   INTEGER NOT NULL,
  due_at           INTEGER NOT NULL, -- milliseconds UTC; greatest integer: no due instant, so it sorts last
  due_provisional  INTEGER NOT NULL,
  due_held         INTEGER NOT NULL, -- 1: an application made in time is undecided, so nothing is overdue
  last_act         INTEGER NOT NULL, -- greatest seq of an act on it in the live journal epoch, 0: none
  trouble          INTEGER NOT NULL, -- 1 an act was refused, 2 one awaits a ruling, 0 neither
  staff            INTEGER NOT NULL  -- who has it inside the unit, 0: nobody in particular
) STRICT;

CREATE INDEX assignment_by_due ON assignment (view, due_at, id);
CREATE INDEX assignment_by_last_act ON assignment (last_act) WHERE last_act > 0;
CREATE INDEX assignment_in_trouble ON assignment (trouble) WHERE trouble > 0;

-- The clock's state that must survive a restart: one row.
CREATE TABLE time_state (
  id                 INTEGER PRIMARY KEY CHECK (id = 1),
  floor              INTEGER NOT NULL,
  floor_boot         TEXT NOT NULL,
  floor_since_boot   INTEGER NOT NULL,
  anchor             INTEGER NOT NULL, -- id of the receipt, 0: no anchor yet
  anchor_earliest    INTEGER NOT NULL,
  anchor_latest      INTEGER NOT NULL,
  anchor_boot        TEXT NOT NULL,
  anchor_since_boot  INTEGER NOT NULL
) STRICT;

-- How the link did: one row, from the first attempt on.
CREATE TABLE link (
  id                INTEGER PRIMARY KEY CHECK (id = 1),
  last_exchange_at  INTEGER,         -- sent-at of the newest receipt, milliseconds UTC, the centre's clock; NULL: never
  error_code        TEXT NOT NULL,   -- why the last attempt failed; empty: it did not
  error_sentence    TEXT NOT NULL,
  failed_at         INTEGER          -- when it did, by the node's estimate; NULL: it did not
) STRICT;
