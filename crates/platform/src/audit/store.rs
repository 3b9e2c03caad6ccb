//! All SQL of the audit.

pub const INSERT_ROW: &str = "
    INSERT INTO platform_audit (id, at, actor, actor_name, unit, verb, object, detail)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

pub const PLACE_OFFICE: &str = "
    INSERT INTO platform_audit_office (unit, above) VALUES ($1, $2)
    ON CONFLICT (unit) DO UPDATE SET above = excluded.above";

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
    RETURNING id, seq, head, at, actor, actor_name, unit, verb, object, detail";

/// Gives the rows that were just sealed, $1 to before $2, to their units and to all offices above.
/// `UNION` ends a ring of offices, should somebody ever tell of one.
pub const SHARE: &str = "
    WITH RECURSIVE held (office, at, id) AS (
        SELECT unit, at, id FROM platform_audit
        WHERE seq >= $1 AND seq < $2 AND unit IS NOT NULL
        UNION
        SELECT place.above, held.at, held.id
        FROM held JOIN platform_audit_office AS place ON place.unit = held.office
        WHERE place.above IS NOT NULL)
    INSERT INTO platform_audit_share (office, at, id) SELECT office, at, id FROM held";

pub const UNSEALED: &str = "SELECT 1 FROM platform_audit WHERE seq IS NULL LIMIT 1";

pub const UNSEALED_COUNT: &str = "SELECT COUNT(*) FROM platform_audit WHERE seq IS NULL";

pub const ROW: &str = "
    SELECT id, seq, head, at, actor, actor_name, unit, verb, object, detail
    FROM platform_audit WHERE id = $1";

pub const ROWS: &str = "
    SELECT id, seq, head, at, actor, actor_name, unit, verb, object, detail
    FROM platform_audit WHERE seq >= $1 AND seq < $2 ORDER BY seq, id";

pub const ROWS_BEYOND: &str = "
    SELECT id, seq, head, at, actor, actor_name, unit, verb, object, detail
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
    SELECT id, seq, head, at, actor, actor_name, unit, verb, object, detail FROM platform_audit
    WHERE at >= $1 AND at < $2 AND ($3 OR actor = $4)
      AND (CAST($5 AS TEXT) IS NULL OR verb = $5)
      AND (CAST($6 AS TEXT) IS NULL OR object = $6)
      AND (at < $7 OR (at = $7 AND id < $8))
    ORDER BY at DESC, id DESC LIMIT $9";

pub const SEARCH_BY_ACTOR: &str = "
    SELECT id, seq, head, at, actor, actor_name, unit, verb, object, detail FROM platform_audit
    WHERE actor = $4 AND (NOT $3) AND at >= $1 AND at < $2
      AND (CAST($5 AS TEXT) IS NULL OR verb = $5)
      AND (CAST($6 AS TEXT) IS NULL OR object = $6)
      AND (at < $7 OR (at = $7 AND id < $8))
    ORDER BY at DESC, id DESC LIMIT $9";

pub const SEARCH_BY_VERB: &str = "
    SELECT id, seq, head, at, actor, actor_name, unit, verb, object, detail FROM platform_audit
    WHERE verb = $5 AND at >= $1 AND at < $2 AND ($3 OR actor = $4)
      AND (CAST($6 AS TEXT) IS NULL OR object = $6)
      AND (at < $7 OR (at = $7 AND id < $8))
    ORDER BY at DESC, id DESC LIMIT $9";

pub const SEARCH_BY_OBJECT: &str = "
    SELECT id, seq, head, at, actor, actor_name, unit, verb, object, detail FROM platform_audit
    WHERE object = $6 AND at >= $1 AND at < $2 AND ($3 OR actor = $4)
      AND (CAST($5 AS TEXT) IS NULL OR verb = $5)
      AND (at < $7 OR (at = $7 AND id < $8))
    ORDER BY at DESC, id DESC LIMIT $9";

// The same for readers of one office, through the rows shared with it, so that a small office finds
// its own among those of a whole country. $1 the office, $2 $3 time, $4 verb, $5 $6 the last row of
// the page before, $7 length of the page, $8 the filter that leads, $9 any actor, $10 actor.

pub const SHARED_ROW: &str = "
    SELECT act.id, seq, head, act.at, actor, actor_name, unit, verb, object, detail
    FROM platform_audit AS act
    JOIN platform_audit_share AS mine ON mine.at = act.at AND mine.id = act.id
    WHERE mine.office = $1 AND act.id = $2";

pub const SHARED_BY_TIME: &str = "
    SELECT act.id, seq, head, act.at, actor, actor_name, unit, verb, object, detail
    FROM platform_audit_share AS mine JOIN platform_audit AS act ON act.id = mine.id
    WHERE mine.office = $1 AND mine.at >= $2 AND mine.at < $3
      AND (CAST($4 AS TEXT) IS NULL OR verb = $4)
      AND (mine.at < $5 OR (mine.at = $5 AND mine.id < $6))
    ORDER BY mine.at DESC, mine.id DESC LIMIT $7";

pub const SHARED_BY_ACTOR: &str = "
    SELECT act.id, seq, head, act.at, actor, actor_name, unit, verb, object, detail
    FROM platform_audit AS act
    WHERE actor = $8 AND act.at >= $2 AND act.at < $3
      AND (CAST($4 AS TEXT) IS NULL OR verb = $4)
      AND (act.at < $5 OR (act.at = $5 AND act.id < $6))
      AND EXISTS (SELECT 1 FROM platform_audit_share AS mine
          WHERE mine.office = $1 AND mine.at = act.at AND mine.id = act.id)
    ORDER BY act.at DESC, act.id DESC LIMIT $7";

pub const SHARED_BY_OBJECT: &str = "
    SELECT act.id, seq, head, act.at, actor, actor_name, unit, verb, object, detail
    FROM platform_audit AS act
    WHERE object = $8 AND act.at >= $2 AND act.at < $3 AND ($9 OR actor = $10)
      AND (CAST($4 AS TEXT) IS NULL OR verb = $4)
      AND (act.at < $5 OR (act.at = $5 AND act.id < $6))
      AND EXISTS (SELECT 1 FROM platform_audit_share AS mine
          WHERE mine.office = $1 AND mine.at = act.at AND mine.id = act.id)
    ORDER BY act.at DESC, act.id DESC LIMIT $7";
