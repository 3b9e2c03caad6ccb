//! All SQL of the figures.

pub const ADD: &str = "
    INSERT INTO platform_figure_change (name, dimensions, day, amount, at)
    VALUES ($1, $2, $3, $4, $5)";

pub const SET: &str = "
    INSERT INTO platform_gauge (name, dimensions, day, amount, at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (name, dimensions, day) DO UPDATE
    SET amount = excluded.amount, at = excluded.at WHERE excluded.at >= platform_gauge.at";

/// The moment up to which at most so many changes lie.
pub const CUT: &str = "
    SELECT MAX(at) FROM (
        SELECT at FROM platform_figure_change ORDER BY at LIMIT $1) AS oldest";

pub const TAKE_CHANGES: &str = "
    DELETE FROM platform_figure_change WHERE at <= $1
    RETURNING name, dimensions, day, amount";

pub const FOLD: &str = "
    INSERT INTO platform_figure (name, dimensions, day, amount) VALUES ($1, $2, $3, $4)
    ON CONFLICT (name, day, dimensions) DO UPDATE
    SET amount = platform_figure.amount + excluded.amount";

pub const ANY_CHANGE: &str = "SELECT 1 FROM platform_figure_change LIMIT 1";

/// Both halves of a counter by dimensions.
pub const SUMS: &str = "
    SELECT dimensions, CAST(SUM(amount) AS BIGINT) AS amount FROM (
        SELECT dimensions, amount FROM platform_figure
        WHERE name = $1 AND day >= $2 AND day <= $3
        UNION ALL
        SELECT dimensions, amount FROM platform_figure_change
        WHERE name = $1 AND day >= $2 AND day <= $3) AS both_halves
    GROUP BY dimensions ORDER BY dimensions";

pub const SUMS_BY_DAY: &str = "
    SELECT day, dimensions, CAST(SUM(amount) AS BIGINT) AS amount FROM (
        SELECT day, dimensions, amount FROM platform_figure
        WHERE name = $1 AND day >= $2 AND day <= $3
        UNION ALL
        SELECT day, dimensions, amount FROM platform_figure_change
        WHERE name = $1 AND day >= $2 AND day <= $3) AS both_halves
    GROUP BY day, dimensions ORDER BY day, dimensions";

/// The last value of each gauge up to a day.
pub const LATEST: &str = "
    SELECT dimensions, amount FROM platform_gauge AS newest
    WHERE name = $1 AND day = (
        SELECT MAX(day) FROM platform_gauge AS other
        WHERE other.name = newest.name AND other.dimensions = newest.dimensions
          AND other.day <= $2)
    ORDER BY dimensions";
