-- A program that asked with a good code waits until a person has compared its fingerprint; until then it is in charge
-- of nothing. confirmed_at NULL and revoked_at set: it was refused.
ALTER TABLE node ADD COLUMN confirmed_at INTEGER;                       -- NULL: nobody has said yet that it is the right one
ALTER TABLE node ADD COLUMN confirmed_by INTEGER NOT NULL DEFAULT 0;    -- who did; 0: on the command line
ALTER TABLE node ADD COLUMN revoked_by   INTEGER NOT NULL DEFAULT 0;    -- who refused or revoked it
ALTER TABLE node ADD COLUMN revoked_why  TEXT NOT NULL DEFAULT '';      -- in their words; empty: another node took its place

-- Those that were enrolled before there was a confirmation are in service.
UPDATE node SET confirmed_at = enrolled_at;

-- TLS certificates that a node was given after its first one. All of them are good until they end.
CREATE TABLE node_certificate (
  fingerprint BLOB PRIMARY KEY,   -- SHA-256 of the certificate (DER)
  node        INTEGER NOT NULL REFERENCES node (id),
  request     BLOB NOT NULL,      -- hash of the request that it answers: the same again gets the same certificate
  certificate TEXT NOT NULL,      -- PEM
  made_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX node_certificate_by_node ON node_certificate (node);

-- How one key of the city gave way to the next, in order: nodes that were away learn it from here.
CREATE TABLE city_key_step (
  number INTEGER PRIMARY KEY,
  bytes  BLOB NOT NULL            -- packed and signed
) STRICT;

-- The offline root key, which vouches for a new key when the one in use fell into other hands.
ALTER TABLE city ADD COLUMN root BLOB;  -- packed, signed by the city's key of that day; NULL: none was made yet
