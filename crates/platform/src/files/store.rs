//! All SQL of the attachments.

pub const INSERT: &str = "
    INSERT INTO platform_file (id, sha256, size_bytes, media, name, owner, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

pub const KEPT: &str = "
    SELECT id, sha256, size_bytes, media, name, owner, created_at
    FROM platform_file WHERE id = $1";

pub const FORGET: &str = "
    DELETE FROM platform_file WHERE id = $1 RETURNING owner, size_bytes";

/// Takes from the quota or touches nothing: two uploads at once cannot both have the last bytes.
pub const USE: &str = "
    INSERT INTO platform_file_use (owner, used_bytes) VALUES ($1, $2)
    ON CONFLICT (owner) DO UPDATE SET used_bytes = platform_file_use.used_bytes + $2
    WHERE platform_file_use.used_bytes + $2 <= $3";

pub const GIVE_BACK: &str = "
    UPDATE platform_file_use SET used_bytes = used_bytes - $2 WHERE owner = $1";

pub const USED: &str = "SELECT used_bytes FROM platform_file_use WHERE owner = $1";

pub const IS_NAMED: &str = "SELECT 1 FROM platform_file WHERE sha256 = $1 LIMIT 1";

pub const CONTENTS_AFTER: &str = "
    SELECT DISTINCT sha256 FROM platform_file
    WHERE sha256 > $1 ORDER BY sha256 LIMIT $2";
