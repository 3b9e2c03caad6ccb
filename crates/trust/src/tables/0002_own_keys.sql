-- Certificates that keys of this installation gave themselves. They are known, and nobody vouches
-- for them.
CREATE TABLE trust_own_key (
    sha256 TEXT PRIMARY KEY,
    der @bytes NOT NULL,
    known_at @time NOT NULL
) @strict;
