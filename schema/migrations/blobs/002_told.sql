-- What the other end's last bundle said of attachments, so that the next bundle to it goes on where it stopped. Nothing
-- rests on these rows: a wrong one costs bytes on a stick, and the next bundle of that end puts it right.
CREATE TABLE blob_told (
  node       INTEGER NOT NULL,  -- who said it: at the centre the node; at an office 0, the centre
  unit       INTEGER NOT NULL,  -- with `assignment` and `address`: the file, as entries name it
  assignment INTEGER NOT NULL,
  address    BLOB NOT NULL,
  held       INTEGER NOT NULL,  -- in bytes, from the first on
  here       INTEGER NOT NULL,  -- 1: whole, and the content has this address
  PRIMARY KEY (node, assignment, address)
) STRICT, WITHOUT ROWID;
