-- The catalogue changes rarely and by rules that look at several rows (one version in force at a
-- time). Every change takes this row first: one after another, on every engine. The generation
-- tells those who keep the catalogue in memory, in any process, that it changed.
CREATE TABLE procedures_catalogue (
    id @int PRIMARY KEY,
    generation @int NOT NULL
) @strict;
INSERT INTO procedures_catalogue (id, generation) VALUES (1, 0);

-- The line of versions. The revision is what an administrator saw; an older one is refused.
CREATE TABLE procedures_procedure (
    id @id PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    revision @int NOT NULL
) @strict;

CREATE TABLE procedures_version (
    id @id PRIMARY KEY,
    procedure @id NOT NULL REFERENCES procedures_procedure (id),
    number @int NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('draft', 'published', 'suspended', 'abolished')),
    origin TEXT NOT NULL CHECK (origin IN ('hand', 'shipped', 'native', 'flattened')),
    effective_from @time,
    -- The first instant at which it is in force no more.
    effective_to @time,
    -- Identification code of the unit that publishes it, where it is known.
    publisher TEXT,
    -- Code and name as they are searched for.
    folded TEXT NOT NULL,
    -- The whole version, and what lists and the search show of it, both JSON.
    body TEXT NOT NULL,
    listing TEXT NOT NULL,
    changed_at @time NOT NULL,
    UNIQUE (procedure, number),
    CHECK (effective_from IS NULL OR effective_to IS NULL OR effective_from <= effective_to),
    CHECK (status = 'draft' OR effective_from IS NOT NULL)
) @strict;
CREATE INDEX procedures_version_status ON procedures_version (status, procedure);
-- One version open-ended at most; the rest of the rule is held by the catalogue's row.
CREATE UNIQUE INDEX procedures_version_in_force ON procedures_version (procedure)
    WHERE status = 'published' AND effective_to IS NULL;

-- Every source record as it came, byte for byte, with what the reader doubted. A record that was
-- seen is known by its hash.
CREATE TABLE procedures_source (
    id @id PRIMARY KEY,
    procedure @id NOT NULL REFERENCES procedures_procedure (id),
    -- The version made of it; none where a fuller text was there already.
    version @id REFERENCES procedures_version (id),
    format TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    body TEXT NOT NULL,
    doubts TEXT NOT NULL,
    read_at @time NOT NULL,
    UNIQUE (procedure, sha256)
) @strict;
CREATE INDEX procedures_source_version ON procedures_source (version);
