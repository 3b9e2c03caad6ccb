-- Tables of the store's own tests. An @id in a comment stays what it is.
CREATE TABLE letters_letter (
    id @id PRIMARY KEY,
    office TEXT NOT NULL,
    no @int NOT NULL,
    urgent @bool NOT NULL,
    note TEXT,
    body @bytes NOT NULL,
    UNIQUE (office, no),
    CONSTRAINT letters_no_positive CHECK (no > 0)
) @strict;

CREATE TABLE letters_counter (
    office TEXT PRIMARY KEY,
    n @int NOT NULL
) @strict;

CREATE TABLE letters_attachment (
    id @id PRIMARY KEY,
    letter @id NOT NULL REFERENCES letters_letter (id),
    size_bytes @int NOT NULL
) @strict;

-- Without a key, so that a letter stored twice would show.
CREATE TABLE letters_trail (
    letter @id NOT NULL,
    word TEXT NOT NULL
) @strict;

CREATE TABLE letters_value (
    id @int PRIMARY KEY,
    flag @bool,
    small @int,
    real_number @real,
    words TEXT,
    octets @bytes,
    thing @id,
    at @time,
    price @money
) @strict;

--sqlite: CREATE INDEX letters_only_here ON letters_letter (note);
--postgres: CREATE INDEX letters_only_there ON letters_letter (note);
