-- Intake: cases that are refused, wait for missing elements, or became part of another one; who looked at a citizen's
-- data; and what similar cases are found by.
--
-- city_case.state has three more words: 4 incomplete (N8), 5 refused (N1 to N9), 6 merged (K7). They follow from the
-- columns below and from the assignments, as the others do.

ALTER TABLE city_case ADD COLUMN refusal INTEGER;     -- case_refusal.id of the one that stands or waits; NULL: none
ALTER TABLE city_case ADD COLUMN merged_into INTEGER; -- the case that this one became part of, itself never merged; NULL
-- Keyed hash of the caller's telephone number, under a key that follows from the key file; empty: the contact names none;
-- NULL beside a contact: made by a program that did not know this column, to be filled in at the next start.
ALTER TABLE city_case ADD COLUMN telephone_hash BLOB;

ALTER TABLE city_case ADD COLUMN words TEXT NOT NULL DEFAULT ''; -- number, title, place for the search; a-z small

UPDATE city_case SET words = lower(number || char(10) || title || char(10) || place);

-- Carries the words, so that a search reads no row before it has found one.
CREATE INDEX case_by_words ON city_case (id, state, category, words);
CREATE INDEX case_by_merged ON city_case (merged_into, id) WHERE merged_into IS NOT NULL;
CREATE INDEX case_by_telephone ON city_case (telephone_hash, id) WHERE telephone_hash IS NOT NULL;
CREATE INDEX case_by_place ON city_case (place, id) WHERE place <> '';
CREATE INDEX case_without_hash ON city_case (id) WHERE contact IS NOT NULL AND telephone_hash IS NULL;

-- Every refusal that was ever given, N10. Rows are never deleted.
CREATE TABLE case_refusal (
  id           INTEGER PRIMARY KEY,
  case_id      INTEGER NOT NULL REFERENCES city_case (id),
  code         INTEGER NOT NULL,     -- rules::ReturnReason, 1 to 9
  text         TEXT NOT NULL,        -- what the caller is told
  referred_to  TEXT NOT NULL,        -- the right body, channel, emergency line or legal route; else empty
  earlier_case INTEGER NOT NULL,     -- N6: the case that was handled; 0: none
  staff        INTEGER NOT NULL,     -- who refused
  at           INTEGER NOT NULL,
  standing     INTEGER NOT NULL,     -- 1 waits for a second person (N7), 2 stands, 3 denied, 4 ended: completed, replaced
  ruled_by     INTEGER NOT NULL,     -- who confirmed, denied or ended it; 0: nobody yet
  ruled_at     INTEGER               -- when; NULL: not yet
) STRICT;

CREATE INDEX refusal_by_case ON case_refusal (case_id, id);
CREATE INDEX refusal_standing ON case_refusal (code) WHERE standing = 2;

-- Who saw a citizen's data in clear at the centre, and why. Rows are never deleted.
CREATE TABLE unmasking (
  id           INTEGER PRIMARY KEY,
  case_id      INTEGER NOT NULL REFERENCES city_case (id),
  staff        INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  reason       TEXT NOT NULL
) STRICT;

CREATE INDEX unmasking_by_case ON unmasking (case_id, id);

-- The figures of a unit and the list of what waits for the centre; 5 is the first stage that is an end.
CREATE INDEX assignment_open ON assignment (unit) WHERE stage < 5;
CREATE INDEX assignment_awaiting_by_id ON assignment (id) WHERE awaits = 1;
