-- Counters: what was added lately lies in _change, in rows of its own so that no two units wait
-- for one another; a job folds it into one row a name, dimensions and day.
CREATE TABLE platform_figure_change (
    name TEXT NOT NULL,
    dimensions TEXT NOT NULL,
    day TEXT NOT NULL,
    amount @int NOT NULL,
    at @time NOT NULL
) @strict;
CREATE INDEX platform_figure_change_at ON platform_figure_change (at);
CREATE INDEX platform_figure_change_name ON platform_figure_change (name, day);

CREATE TABLE platform_figure (
    name TEXT NOT NULL,
    dimensions TEXT NOT NULL,
    day TEXT NOT NULL,
    amount @int NOT NULL,
    PRIMARY KEY (name, day, dimensions)
) @strict;

-- Gauges: the last value of each day.
CREATE TABLE platform_gauge (
    name TEXT NOT NULL,
    dimensions TEXT NOT NULL,
    day TEXT NOT NULL,
    amount @int NOT NULL,
    at @time NOT NULL,
    PRIMARY KEY (name, dimensions, day)
) @strict;
