-- Work to do. What is done is gone; what will not go stays as 'dead' until a person decides.
CREATE TABLE platform_job (
    id @id PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    key TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'dead')),
    run_at @time NOT NULL,
    -- Whoever holds the lease may strike the job out; another token means another has taken over.
    lease @id,
    attempts @int NOT NULL,
    last_error TEXT
) @strict;
-- run_at of a running job is the end of its lease: one index finds all that is due.
CREATE INDEX platform_job_due ON platform_job (kind, run_at, id) WHERE state <> 'dead';
CREATE UNIQUE INDEX platform_job_key ON platform_job (kind, key)
    WHERE key IS NOT NULL AND state <> 'dead';
CREATE INDEX platform_job_dead ON platform_job (run_at, id) WHERE state = 'dead';

-- One row a schedule; whoever moves next_at forward has won the turn.
CREATE TABLE platform_schedule (
    kind TEXT PRIMARY KEY,
    next_at @time NOT NULL,
    last_at @time
) @strict;
