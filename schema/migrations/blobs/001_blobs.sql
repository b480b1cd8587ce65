-- The content of attachments lies in files beside the database, <directory>/attachments/<id>; here stands what is known
-- of each. That a file is whole is said by its row alone, in one commit.
CREATE TABLE blob (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,  -- names the file; never given twice
  unit       INTEGER NOT NULL,  -- with `assignment`: whose data key seals the file's key. -1: a case of the centre
  assignment INTEGER NOT NULL,  -- or the case
  size       INTEGER NOT NULL,  -- in bytes, as announced
  address    BLOB,              -- SHA-256 of the content; NULL while a page's upload comes, nobody knows it yet
  here       INTEGER NOT NULL DEFAULT 0,  -- 1: whole, and the content has this address
  media      INTEGER NOT NULL DEFAULT 0,  -- what the bytes are (node/blobs/media_kind.h); 0: none of the known kinds
  wrapped    BLOB NOT NULL,     -- the file's own key, sealed under the data key of unit and assignment
  touched_at INTEGER NOT NULL,  -- when it last grew or was wanted; what no entry names is swept by it
  known_at   INTEGER            -- office: the feed epoch under which the centre said that it has it; another epoch asks again
) STRICT;

-- One file for one content within an assignment, however often it is attached.
CREATE UNIQUE INDEX blob_by_address ON blob (unit, assignment, address) WHERE address IS NOT NULL;

-- What a page sends, under an id that the page made, so that it goes on after a reload and a broken connection.
CREATE TABLE blob_upload (
  upload     TEXT PRIMARY KEY,
  unit       INTEGER NOT NULL,
  assignment INTEGER NOT NULL,
  staff      INTEGER NOT NULL,  -- who sends it; nobody else goes on with it
  name       TEXT NOT NULL,
  size       INTEGER NOT NULL,
  blob       INTEGER NOT NULL,  -- the file that grows
  address    BLOB,              -- once it is whole
  touched_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Files that no entry names and that are to stay all the same: what operators attach to a case, before it is
-- dispatched and for every later assignment of it. A dispatch names them.
CREATE TABLE blob_label (
  unit       INTEGER NOT NULL,
  assignment INTEGER NOT NULL,
  address    BLOB NOT NULL,
  size       INTEGER NOT NULL,  -- in bytes
  class      INTEGER NOT NULL,  -- 1 identity, 2 evidence of contact, 3 evidence of handling
  name       TEXT NOT NULL,
  staff      INTEGER NOT NULL,  -- who attached it
  at         INTEGER NOT NULL,
  PRIMARY KEY (unit, assignment, address)
) STRICT, WITHOUT ROWID;
