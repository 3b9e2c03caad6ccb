-- The tables of the bench: never part of a real database.
CREATE TABLE yardstick_counter (
    office TEXT PRIMARY KEY,
    n @int NOT NULL
) @strict;

CREATE TABLE yardstick_letter (
    id @id PRIMARY KEY,
    office TEXT NOT NULL,
    n @int NOT NULL,
    body @bytes NOT NULL
) @strict;

CREATE TABLE yardstick_audit (
    id @id PRIMARY KEY,
    letter @id NOT NULL,
    verb TEXT NOT NULL
) @strict;
