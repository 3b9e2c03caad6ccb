-- Links: other axes that this installation polls and feeds.
CREATE TABLE axis_link (
    id @id PRIMARY KEY,
    name TEXT NOT NULL,
    -- Of its API, without a slash at its end.
    address TEXT NOT NULL,
    -- Who we are there.
    system_id TEXT NOT NULL,
    -- Sealed by the vault.
    secret @bytes NOT NULL,
    every_seconds @int NOT NULL CHECK (every_seconds BETWEEN 1 AND 86400),
    made_by @id,
    made_name TEXT NOT NULL,
    made_at @time NOT NULL,
    ended_at @time,
    -- How it stood when it was last asked.
    health TEXT NOT NULL CHECK (health IN ('untried', 'well', 'unreachable', 'wrong-secret',
        'nonsense', 'refusing')),
    health_since @time NOT NULL,
    health_detail TEXT NOT NULL,
    -- Rounds in a row that ended early.
    failures @int NOT NULL,
    asked_at @time,
    -- The next round begins then.
    next_at @time NOT NULL,
    -- A round is under way in some process, until then at least.
    holder @id,
    held_until @time,
    -- When its list of agencies was last read.
    agencies_at @time
) @strict;

-- The codes that go to a link, with all below them; '' is everything that goes nowhere else.
CREATE TABLE axis_link_cover (
    prefix TEXT PRIMARY KEY,
    link @id NOT NULL REFERENCES axis_link (id)
) @strict;
CREATE INDEX axis_link_cover_link ON axis_link_cover (link);

-- What an agency is called there, and from which day to which.
CREATE TABLE axis_link_code (
    id @id PRIMARY KEY,
    link @id NOT NULL REFERENCES axis_link (id),
    ours TEXT NOT NULL,
    theirs TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT
) @strict;
CREATE INDEX axis_link_code_link ON axis_link_code (link, ours);

-- Each packet that a link offered, once.
CREATE TABLE axis_link_arrival (
    link @id NOT NULL REFERENCES axis_link (id),
    -- The other axis' name of it.
    doc_id TEXT NOT NULL,
    message_type TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'refused', 'given-up')),
    packet @id,
    -- Why it was not taken, in the words that the other axis is told.
    reason TEXT NOT NULL,
    attempts @int NOT NULL,
    next_at @time,
    first_at @time NOT NULL,
    settled_at @time,
    -- When the other axis knew how it ended.
    told_at @time,
    PRIMARY KEY (link, doc_id)
) @strict;
CREATE INDEX axis_link_arrival_unsettled ON axis_link_arrival (link, state, first_at);

-- Under which name the other axis took a delivery.
CREATE TABLE axis_link_sent (
    delivery @id PRIMARY KEY,
    link @id NOT NULL REFERENCES axis_link (id),
    doc_id TEXT NOT NULL,
    sent_at @time NOT NULL
) @strict;
CREATE INDEX axis_link_sent_doc ON axis_link_sent (link, doc_id);

-- The agencies that take part there, for information.
CREATE TABLE axis_link_agency (
    link @id NOT NULL REFERENCES axis_link (id),
    code TEXT NOT NULL,
    parent TEXT NOT NULL,
    name TEXT NOT NULL,
    mail TEXT NOT NULL,
    -- Code and name as they are searched.
    folded TEXT NOT NULL,
    seen_at @time NOT NULL,
    PRIMARY KEY (link, code)
) @strict;
