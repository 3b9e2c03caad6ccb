-- What happened. A row gets its place (seq) and its head when it is sealed; until then both are
-- empty. Nothing but the sealer ever changes a row.
CREATE TABLE platform_audit (
    id @id PRIMARY KEY,
    seq @int,
    head @int,
    at @time NOT NULL,
    actor @id,
    actor_name TEXT NOT NULL,
    unit @id,
    verb TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL
) @strict;
CREATE UNIQUE INDEX platform_audit_seq ON platform_audit (seq) WHERE seq IS NOT NULL;
CREATE INDEX platform_audit_unsealed ON platform_audit (at, id) WHERE seq IS NULL;
CREATE INDEX platform_audit_at ON platform_audit (at, id);
CREATE INDEX platform_audit_actor ON platform_audit (actor, at, id);
CREATE INDEX platform_audit_verb ON platform_audit (verb, at, id);
CREATE INDEX platform_audit_object ON platform_audit (object, at, id);

-- Where a unit stands, as whoever keeps the units has told: directly below which. Only today's
-- place; what was sealed while it stood elsewhere stays where it was.
CREATE TABLE platform_audit_office (
    unit @id PRIMARY KEY,
    above @id
) @strict;

-- Whose each sealed row is to read: of its unit, and of every office above that at the time. Made
-- by the sealer from the rows, which are what is signed.
CREATE TABLE platform_audit_share (
    office @id NOT NULL,
    at @time NOT NULL,
    id @id NOT NULL,
    PRIMARY KEY (office, at, id)
) @strict;

-- The one row every sealer must touch first: sealing is serial over all processes.
CREATE TABLE platform_audit_turn (
    id @int PRIMARY KEY,
    size @int NOT NULL,
    head @int NOT NULL
) @strict;

-- Hashes of the tree, 256 to a tile: level 0 holds the leaves, level 1 the roots of full tiles of
-- level 0, and so on. The last tile of a level is not full.
CREATE TABLE platform_audit_tile (
    level @int NOT NULL,
    place @int NOT NULL,
    hashes @bytes NOT NULL,
    PRIMARY KEY (level, place)
) @strict;

-- Signed heads, as C2SP checkpoints (signed notes).
CREATE TABLE platform_audit_head (
    number @int PRIMARY KEY,
    size @int NOT NULL,
    at @time NOT NULL,
    root @bytes NOT NULL,
    note TEXT NOT NULL
) @strict;
CREATE UNIQUE INDEX platform_audit_head_size ON platform_audit_head (size);
