-- Where a system is told what arrived for it, so that it need not ask.
CREATE TABLE axis_webhook (
    system_id TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    -- An administrator says that its host stands inside our own networks.
    inside @bool NOT NULL,
    -- Sealed by the vault: what each call is signed with.
    secret @bytes NOT NULL,
    -- Stopped by a person; dead after too many tries in vain.
    state TEXT NOT NULL CHECK (state IN ('active', 'stopped', 'dead')),
    -- In vain, since the last that was heard.
    attempts @int NOT NULL,
    next_at @time NOT NULL,
    heard_at @time,
    last_error TEXT NOT NULL,
    made_by @id,
    made_name TEXT NOT NULL,
    made_at @time NOT NULL
) @strict;

-- What a webhook has still to tell.
CREATE TABLE axis_push (
    system_id TEXT NOT NULL REFERENCES axis_webhook (system_id),
    delivery @id NOT NULL,
    PRIMARY KEY (system_id, delivery)
) @strict;

-- After how many minutes of waiting an administrator is told, from a day on, by urgency.
CREATE TABLE axis_alarm_rule (
    id @id PRIMARY KEY,
    urgency @int NOT NULL CHECK (urgency BETWEEN 0 AND 4),
    minutes @int NOT NULL CHECK (minutes > 0),
    valid_from TEXT NOT NULL,
    set_by @id,
    set_name TEXT NOT NULL,
    set_at @time NOT NULL
) @strict;

-- How many days the bytes of packets are kept, from a day on, by kind; none: for ever.
CREATE TABLE axis_retention_rule (
    id @id PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('edoc', 'status')),
    days @int CHECK (days > 0),
    valid_from TEXT NOT NULL,
    set_by @id,
    set_name TEXT NOT NULL,
    set_at @time NOT NULL
) @strict;

-- Packets whose bytes stay whatever the rules say: an inspection, a complaint, a court.
CREATE TABLE axis_hold (
    packet @id PRIMARY KEY,
    reason TEXT NOT NULL,
    set_by @id,
    set_name TEXT NOT NULL,
    set_at @time NOT NULL
) @strict;

-- Packets whose bytes are gone; what is known about them stays.
CREATE TABLE axis_removal (
    packet @id PRIMARY KEY,
    rule @id NOT NULL,
    removed_at @time NOT NULL
) @strict;

-- What a key of the receipts has given itself, so that others can check evidence.
CREATE TABLE axis_key_certificate (
    kid TEXT PRIMARY KEY REFERENCES axis_key (kid),
    der @bytes NOT NULL,
    made_at @time NOT NULL
) @strict;

-- What a task is about when it is no delivery (a link, a system), what was done about it, and what
-- whoever settled it wrote.
ALTER TABLE axis_task ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE axis_task ADD COLUMN how TEXT NOT NULL DEFAULT '';
ALTER TABLE axis_task ADD COLUMN note TEXT NOT NULL DEFAULT '';

-- What the reconciliation looks for: few among very many.
CREATE INDEX axis_delivery_silent ON axis_delivery (transport_at)
    WHERE kind = 'edoc' AND transport = 'done' AND said = '' AND recalled_at IS NULL;
CREATE INDEX axis_delivery_unfinished ON axis_delivery (said_at)
    WHERE said IN ('01', '03', '04', '05') AND recalled_at IS NULL;
CREATE INDEX axis_event_unknown ON axis_event (at) WHERE what = 'about-unknown';
