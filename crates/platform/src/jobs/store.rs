//! All SQL of the queue.

pub const INSERT: &str = "
    INSERT INTO platform_job (id, kind, payload, key, state, run_at, attempts)
    VALUES ($1, $2, $3, $4, 'waiting', $5, 0)
    ON CONFLICT DO NOTHING";

pub const DEPTHS: &str = "
    SELECT kind, state, COUNT(*) AS count, MIN(run_at) AS oldest
    FROM platform_job GROUP BY kind, state ORDER BY kind, state";

/// A running job is due again when its lease has ended: its worker is gone.
pub const DUE: &str = "
    SELECT kind, COUNT(*) AS count FROM platform_job
    WHERE state <> 'dead' AND run_at <= $1 GROUP BY kind ORDER BY MIN(run_at), kind";

/// The outer WHERE repeats the inner one: on PostgreSQL a worker that waited for another's row
/// finds it taken and passes on.
pub const CLAIM: &str = "
    UPDATE platform_job
    SET state = 'running', lease = $1, run_at = $2, attempts = attempts + 1
    WHERE state <> 'dead' AND kind = $3 AND run_at <= $4 AND id IN (
        SELECT id FROM platform_job
        WHERE state <> 'dead' AND kind = $3 AND run_at <= $4
        ORDER BY run_at, id LIMIT $5)
    RETURNING id, kind, payload, attempts, last_error";

pub const EXTEND: &str = "
    UPDATE platform_job SET run_at = $3 WHERE id = $1 AND lease = $2 AND state = 'running'";

pub const DONE: &str = "
    DELETE FROM platform_job WHERE id = $1 AND lease = $2 AND state = 'running'";

pub const LATER: &str = "
    UPDATE platform_job SET state = 'waiting', lease = NULL, run_at = $3, last_error = $4
    WHERE id = $1 AND lease = $2 AND state = 'running'";

/// Given back by a worker that must end: the try does not count.
pub const GIVE_BACK: &str = "
    UPDATE platform_job
    SET state = 'waiting', lease = NULL, run_at = $3, attempts = attempts - 1
    WHERE id = $1 AND lease = $2 AND state = 'running'";

pub const DEAD: &str = "
    UPDATE platform_job SET state = 'dead', lease = NULL, run_at = $3, last_error = $4
    WHERE id = $1 AND lease = $2 AND state = 'running'";

pub const DEAD_LETTERS: &str = "
    SELECT id, kind, payload, key, run_at AS died_at, attempts, last_error
    FROM platform_job
    WHERE state = 'dead' AND (CAST($1 AS TEXT) IS NULL OR kind = $1)
      AND (run_at < $2 OR (run_at = $2 AND id < $3))
    ORDER BY run_at DESC, id DESC LIMIT $4";

pub const DEAD_LETTER: &str = "
    SELECT id, kind, payload, key, run_at AS died_at, attempts, last_error
    FROM platform_job WHERE state = 'dead' AND id = $1";

pub const DEAD_COUNT: &str = "SELECT COUNT(*) FROM platform_job WHERE state = 'dead'";

/// A living job of the same kind and key does the same work: then the dead one cannot come back.
pub const RESEND: &str = "
    UPDATE platform_job SET state = 'waiting', attempts = 0, run_at = $2
    WHERE id = $1 AND state = 'dead' AND NOT EXISTS (
        SELECT 1 FROM platform_job AS other
        WHERE other.kind = platform_job.kind AND other.key = platform_job.key
          AND other.state <> 'dead')";

pub const DISCARD: &str = "DELETE FROM platform_job WHERE id = $1 AND state = 'dead'";

pub const SCHEDULES: &str = "SELECT kind, next_at FROM platform_schedule ORDER BY kind";

pub const PLAN: &str = "
    INSERT INTO platform_schedule (kind, next_at) VALUES ($1, $2) ON CONFLICT (kind) DO NOTHING";

pub const TAKE_TURN: &str = "
    UPDATE platform_schedule SET next_at = $3, last_at = $4 WHERE kind = $1 AND next_at = $2";
