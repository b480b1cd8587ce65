-- What the city publishes: policies and notices on working days. Each unit's feed brings them in the order of their
-- numbers; how far a unit's feed has come is counted in the feed itself.

-- 84 policy, 85 calendar. Which rules hold is asked with every act and every page.
CREATE INDEX entry_rules ON entry (list, seq) WHERE assignment = 0 AND kind IN (84, 85);

-- Published once and never changed.
CREATE TABLE rule (
  number       INTEGER PRIMARY KEY, -- 1, 2, 3, ...: the order of publication
  kind         INTEGER NOT NULL,    -- rules::EntryKind, 84 or 85
  version      TEXT NOT NULL,       -- as the text names itself
  document     TEXT NOT NULL,       -- the text, byte for byte
  staff        INTEGER NOT NULL,    -- who published it; 0: at the command line
  second       INTEGER NOT NULL,    -- who confirmed it, where it changes days that are past; 0: nobody had to
  published_at INTEGER NOT NULL,
  UNIQUE (kind, version)
) STRICT;

-- What waits, or waited, for a second person. Rows are never deleted.
CREATE TABLE rule_proposal (
  id           INTEGER PRIMARY KEY,
  kind         INTEGER NOT NULL,
  version      TEXT NOT NULL,
  document     TEXT NOT NULL,
  staff        INTEGER NOT NULL,    -- who proposed it
  proposed_at  INTEGER NOT NULL,
  standing     INTEGER NOT NULL,    -- 1 waits, 2 confirmed and published, 3 declined
  ruled_by     INTEGER NOT NULL,    -- 0: nobody yet
  ruled_at     INTEGER              -- NULL: not yet
) STRICT;

-- One version waits once.
CREATE UNIQUE INDEX rule_proposal_waiting ON rule_proposal (kind, version) WHERE standing = 1;
