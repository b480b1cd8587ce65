-- What an office needs to prove a case to strangers.

-- What the city signed of this node: which key signs which journal, packed. NULL: enrolled before the city said so.
ALTER TABLE identity ADD COLUMN city_word BLOB;

-- A case goes by its number; an office may have had it several times.
CREATE INDEX assignment_by_number ON assignment (number);
