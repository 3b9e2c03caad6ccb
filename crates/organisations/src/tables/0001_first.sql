-- The catalogue changes rarely and by rules that look at many rows at once (no code twice, no
-- ring, no child that outlives its parent). Every change of it takes this row first: one after
-- another, on every engine. The revision also tells caches that something changed.
CREATE TABLE organisations_tree (
    id @int PRIMARY KEY,
    revision @int NOT NULL
) @strict;
INSERT INTO organisations_tree (id, revision) VALUES (1, 0);

CREATE TABLE organisations_unit (
    id @id PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    short_name TEXT,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    parent @id REFERENCES organisations_unit (id),
    valid_from TEXT,
    valid_to TEXT,
    province_gso TEXT,
    commune_gso TEXT,
    provisional @bool NOT NULL,
    note TEXT,
    address TEXT,
    phone TEXT,
    email TEXT,
    working_hours TEXT,
    map_link TEXT,
    version @int NOT NULL,
    -- The code written so that text order is the order of the tree: H57.2 (two characters) 09
    -- before H57.3 (three) 101.
    place TEXT NOT NULL UNIQUE,
    depth @int NOT NULL,
    CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)
) @strict;
CREATE INDEX organisations_unit_parent ON organisations_unit (parent, place);
CREATE INDEX organisations_unit_kind ON organisations_unit (kind, place);
CREATE INDEX organisations_unit_depth ON organisations_unit (depth, place);
CREATE INDEX organisations_unit_commune_gso ON organisations_unit (commune_gso);
CREATE INDEX organisations_unit_province_gso ON organisations_unit (province_gso, kind);

-- Every code that ever meant a unit, also the present one: a code is given once and for ever.
CREATE TABLE organisations_code (
    code TEXT PRIMARY KEY,
    unit @id NOT NULL REFERENCES organisations_unit (id),
    standing TEXT NOT NULL CHECK (standing IN ('current', 'former', 'alias')),
    since @time NOT NULL
) @strict;
CREATE INDEX organisations_code_unit ON organisations_code (unit, standing);

-- Names that a unit had, with the last day of each.
CREATE TABLE organisations_former_name (
    unit @id NOT NULL REFERENCES organisations_unit (id),
    name TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    PRIMARY KEY (unit, name, valid_to)
) @strict;

-- Who took over from whom; matter says what, where several did.
CREATE TABLE organisations_succession (
    closed @id NOT NULL REFERENCES organisations_unit (id),
    successor @id NOT NULL REFERENCES organisations_unit (id),
    position @int NOT NULL,
    matter TEXT,
    PRIMARY KEY (closed, successor),
    CHECK (closed <> successor)
) @strict;
CREATE INDEX organisations_succession_successor ON organisations_succession (successor);

-- What is found by which words; made from the tables above.
CREATE TABLE organisations_search (
    unit @id PRIMARY KEY REFERENCES organisations_unit (id),
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    bare TEXT NOT NULL,
    hay TEXT NOT NULL
) @strict;

-- Every change, in the order of the ids. What the audit proves, this shows.
CREATE TABLE organisations_change (
    id @id PRIMARY KEY,
    unit @id NOT NULL REFERENCES organisations_unit (id),
    at @time NOT NULL,
    actor @id,
    actor_name TEXT NOT NULL,
    verb TEXT NOT NULL,
    reason TEXT,
    before TEXT,
    after TEXT
) @strict;
CREATE INDEX organisations_change_unit ON organisations_change (unit, id);

-- The sheet an officer last brought and has not applied: one each, so that none is forgotten.
CREATE TABLE organisations_sheet (
    actor @id PRIMARY KEY,
    file @id NOT NULL,
    at @time NOT NULL
) @strict;
