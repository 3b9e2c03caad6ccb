-- Who keeps which content under which name. The content itself lies in the data folder.
CREATE TABLE platform_file (
    id @id PRIMARY KEY,
    sha256 TEXT NOT NULL,
    size_bytes @int NOT NULL,
    media TEXT NOT NULL,
    name TEXT NOT NULL,
    owner @id NOT NULL,
    created_at @time NOT NULL
) @strict;
CREATE INDEX platform_file_sha256 ON platform_file (sha256);
CREATE INDEX platform_file_owner ON platform_file (owner, created_at);

-- What a person keeps in all: the quota is held by one guarded UPDATE, not by counting.
CREATE TABLE platform_file_use (
    owner @id PRIMARY KEY,
    used_bytes @int NOT NULL
) @strict;
