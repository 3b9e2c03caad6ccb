//! All SQL of the audit.

pub const INSERT_ROW: &str = "
    INSERT INTO platform_audit (id, at, actor, actor_name, verb, object, detail)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// Makes the row, or locks it until the unit commits: who seals next waits, and then sees all that
/// was sealed before.
pub const TAKE_TURN: &str = "
    INSERT INTO platform_audit_turn (id, size, head) VALUES (1, 0, 0)
    ON CONFLICT (id) DO UPDATE SET size = platform_audit_turn.size
    RETURNING size, head";

pub const END_TURN: &str = "UPDATE platform_audit_turn SET size = $1, head = $2 WHERE id = 1";

pub const TURN: &str = "SELECT size, head FROM platform_audit_turn WHERE id = 1";

/// Gives the oldest rows without a place the next places. A unit that commits late, with an older
/// time, is not missed: its rows have no place yet and get one at the next turn.
pub const SEAL: &str = "
    UPDATE platform_audit SET seq = $1 + due.place, head = $2
    FROM (
        SELECT id AS due_id, ROW_NUMBER() OVER (ORDER BY at, id) - 1 AS place
        FROM platform_audit WHERE seq IS NULL ORDER BY at, id LIMIT $3) AS due
    WHERE id = due.due_id
    RETURNING id, seq, head, at, actor, actor_name, verb, object, detail";

pub const UNSEALED: &str = "SELECT 1 FROM platform_audit WHERE seq IS NULL LIMIT 1";

pub const UNSEALED_COUNT: &str = "SELECT COUNT(*) FROM platform_audit WHERE seq IS NULL";

pub const ROW: &str = "
    SELECT id, seq, head, at, actor, actor_name, verb, object, detail
    FROM platform_audit WHERE id = $1";

pub const ROWS: &str = "
    SELECT id, seq, head, at, actor, actor_name, verb, object, detail
    FROM platform_audit WHERE seq >= $1 AND seq < $2 ORDER BY seq, id";

pub const ROWS_BEYOND: &str = "
    SELECT id, seq, head, at, actor, actor_name, verb, object, detail
    FROM platform_audit WHERE seq >= $1 OR seq < 0 ORDER BY seq, id LIMIT 1";

pub const PUT_TILE: &str = "
    INSERT INTO platform_audit_tile (level, place, hashes) VALUES ($1, $2, $3)
    ON CONFLICT (level, place) DO UPDATE SET hashes = excluded.hashes";

pub const TILE: &str = "
    SELECT hashes FROM platform_audit_tile WHERE level = $1 AND place = $2";

pub const TILES: &str = "
    SELECT level, place, hashes FROM platform_audit_tile
    WHERE level = $1 AND place >= $2 ORDER BY place LIMIT $3";

pub const INSERT_HEAD: &str = "
    INSERT INTO platform_audit_head (number, size, at, root, note) VALUES ($1, $2, $3, $4, $5)";

pub const LAST_HEAD: &str = "
    SELECT number, size, at, root, note FROM platform_audit_head ORDER BY number DESC LIMIT 1";

pub const HEAD: &str = "
    SELECT number, size, at, root, note FROM platform_audit_head WHERE number = $1";

pub const HEADS_AFTER: &str = "
    SELECT number, size, at, root, note FROM platform_audit_head
    WHERE number > $1 ORDER BY number LIMIT $2";

pub const HEADS_BEFORE: &str = "
    SELECT number, size, at, root, note FROM platform_audit_head
    WHERE number < $1 ORDER BY number DESC LIMIT $2";

// The four searches differ in the filter that leads, so that each walks its own index; the other
// filters are the same. $1 $2 time, $3 any actor, $4 actor, $5 verb, $6 object, $7 $8 the last row
// of the page before, $9 length of the page.

pub const SEARCH_BY_TIME: &str = "
    SELECT id, seq, head, at, actor, actor_name, verb, object, detail FROM platform_audit
    WHERE at >= $1 AND at < $2 AND ($3 OR actor = $4)
      AND (CAST($5 AS TEXT) IS NULL OR verb = $5)
      AND (CAST($6 AS TEXT) IS NULL OR object = $6)
      AND (at < $7 OR (at = $7 AND id < $8))
    ORDER BY at DESC, id DESC LIMIT $9";

pub const SEARCH_BY_ACTOR: &str = "
    SELECT id, seq, head, at, actor, actor_name, verb, object, detail FROM platform_audit
    WHERE actor = $4 AND (NOT $3) AND at >= $1 AND at < $2
      AND (CAST($5 AS TEXT) IS NULL OR verb = $5)
      AND (CAST($6 AS TEXT) IS NULL OR object = $6)
      AND (at < $7 OR (at = $7 AND id < $8))
    ORDER BY at DESC, id DESC LIMIT $9";

pub const SEARCH_BY_VERB: &str = "
    SELECT id, seq, head, at, actor, actor_name, verb, object, detail FROM platform_audit
    WHERE verb = $5 AND at >= $1 AND at < $2 AND ($3 OR actor = $4)
      AND (CAST($6 AS TEXT) IS NULL OR object = $6)
      AND (at < $7 OR (at = $7 AND id < $8))
    ORDER BY at DESC, id DESC LIMIT $9";

pub const SEARCH_BY_OBJECT: &str = "
    SELECT id, seq, head, at, actor, actor_name, verb, object, detail FROM platform_audit
    WHERE object = $6 AND at >= $1 AND at < $2 AND ($3 OR actor = $4)
      AND (CAST($5 AS TEXT) IS NULL OR verb = $5)
      AND (at < $7 OR (at = $7 AND id < $8))
    ORDER BY at DESC, id DESC LIMIT $9";
