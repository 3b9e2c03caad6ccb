-- Who is signed in, where. The browser holds the secret; here is only its SHA-256.
CREATE TABLE platform_session (
    secret_hash @bytes PRIMARY KEY,
    id          @id NOT NULL UNIQUE,
    subject     @id NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('citizen', 'enterprise', 'officer')),
    label       TEXT NOT NULL,
    browser     TEXT NOT NULL,
    begun_at    @time NOT NULL,
    touched_at  @time NOT NULL,
    proved_at   @time NOT NULL,
    ends_at     @time NOT NULL
) @strict;
CREATE INDEX platform_session_subject ON platform_session (subject);
CREATE INDEX platform_session_ends_at ON platform_session (ends_at);

-- Keys that all processes on this store share.
CREATE TABLE platform_secret (
    name  TEXT PRIMARY KEY,
    bytes @bytes NOT NULL
) @strict;

-- How often the public pages of a topic changed: what was rendered before is shown no more.
CREATE TABLE platform_edition (
    topic      TEXT PRIMARY KEY,
    number     @int NOT NULL,
    changed_at @time NOT NULL
) @strict;
