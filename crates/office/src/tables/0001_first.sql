-- Which books a unit keeps from a day on, as JSON. Where there is none, the standard plan counts.
CREATE TABLE office_plan (
    unit @id NOT NULL,
    valid_from TEXT NOT NULL,
    lines TEXT NOT NULL,
    made_at @time NOT NULL,
    made_name TEXT NOT NULL,
    PRIMARY KEY (unit, valid_from)
) @strict;

CREATE TABLE office_book (
    id @id PRIMARY KEY,
    unit @id NOT NULL,
    year @int NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    -- Of its line in the plan.
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    first @int NOT NULL CHECK (first >= 1),
    -- The number that is given next.
    next @int NOT NULL CHECK (next >= first),
    locked_at @time,
    locked_name TEXT,
    UNIQUE (unit, year, direction, code),
    CHECK ((locked_at IS NULL) = (locked_name IS NULL))
) @strict;

-- A line of a register.
CREATE TABLE office_number (
    book @id NOT NULL REFERENCES office_book (id),
    ordinal @int NOT NULL CHECK (ordinal >= 1),
    -- Of a number put in between: a, b, …
    suffix TEXT NOT NULL,
    unit @id NOT NULL,
    year @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reserved', 'used', 'void')),
    dated TEXT NOT NULL,
    notation TEXT NOT NULL,
    document @id,
    reason TEXT NOT NULL,
    given_at @time NOT NULL,
    given_name TEXT NOT NULL,
    PRIMARY KEY (book, ordinal, suffix),
    CHECK (state <> 'used' OR document IS NOT NULL),
    CHECK (state <> 'reserved' OR document IS NULL)
) @strict;

-- Number and symbol stand once in a year of an agency, in whichever book.
CREATE UNIQUE INDEX office_number_symbol ON office_number (unit, year, notation, ordinal, suffix)
    WHERE notation <> '';
-- A document has one number of a book.
CREATE UNIQUE INDEX office_number_document ON office_number (document, book)
    WHERE state = 'used';
