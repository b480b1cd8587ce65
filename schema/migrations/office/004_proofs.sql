-- The receipts whose time the node's clock rests on or has rested on: an act names one of them, and was made after it
-- was sent. One that an act names is kept for ever; of the others those that may still be named.
CREATE TABLE anchor (
  id       INTEGER PRIMARY KEY,  -- the receipt, as acts name it
  sent_at  INTEGER NOT NULL,     -- milliseconds UTC, the centre's clock
  named    INTEGER NOT NULL,     -- 1: an act names it
  bytes    BLOB NOT NULL         -- packed and signed, as it came
) STRICT;

CREATE INDEX anchor_unnamed ON anchor (sent_at) WHERE named = 0;
