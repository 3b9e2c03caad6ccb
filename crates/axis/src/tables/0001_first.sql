-- A program that speaks for agencies.
CREATE TABLE axis_system (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- Sealed by the vault.
    secret @bytes NOT NULL,
    made_at @time NOT NULL,
    suspended_at @time,
    seen_at @time,
    version @int NOT NULL
) @strict;

-- Whom it speaks for, in one word: the id of a unit of the catalogue, whatever code it was named
-- by; or, where the catalogue has no such unit, the code in capitals (what from_key and to_key are).
CREATE TABLE axis_system_agency (
    agency TEXT NOT NULL,
    system TEXT NOT NULL REFERENCES axis_system (id),
    -- As it was named when it was entered.
    code TEXT NOT NULL,
    unit @id,
    since @time NOT NULL,
    PRIMARY KEY (agency, system)
) @strict;
CREATE INDEX axis_system_agency_system ON axis_system_agency (system);

-- What the axis was handed. Never changed.
CREATE TABLE axis_packet (
    id @id PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('edoc', 'status')),
    origin TEXT NOT NULL,
    from_code TEXT NOT NULL,
    from_name TEXT NOT NULL,
    from_unit @id,
    -- The sender in one word: the id of its unit, or its code where the catalogue has none.
    from_key TEXT NOT NULL,
    document_id TEXT NOT NULL,
    business TEXT NOT NULL,
    status_code TEXT,
    about_code TEXT,
    number TEXT NOT NULL,
    notation TEXT NOT NULL,
    type_name TEXT NOT NULL,
    subject TEXT NOT NULL,
    urgency TEXT NOT NULL,
    paper @bool,
    reason TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size_bytes @int NOT NULL,
    attachments @int NOT NULL,
    signature TEXT NOT NULL CHECK (signature IN ('absent', 'unverifiable', 'valid', 'invalid')),
    accepted_at @time NOT NULL,
    sent_by_name TEXT NOT NULL,
    receipt TEXT NOT NULL,
    CHECK ((kind = 'status') = (status_code IS NOT NULL))
) @strict;
CREATE INDEX axis_packet_sender ON axis_packet (from_key, id);

-- Its bytes: sealed in the row when they are few, in a file of the shelf when they are many;
-- neither, when a rule of retention has taken them away.
CREATE TABLE axis_packet_body (
    packet @id PRIMARY KEY REFERENCES axis_packet (id),
    sealed @bytes,
    file @id,
    CHECK (sealed IS NULL OR file IS NULL)
) @strict;
-- What is encrypted grows no smaller by trying.
--postgres: ALTER TABLE axis_packet_body ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- One packet on its way to one recipient.
CREATE TABLE axis_delivery (
    id @id PRIMARY KEY,
    packet @id NOT NULL REFERENCES axis_packet (id),
    kind TEXT NOT NULL CHECK (kind IN ('edoc', 'status')),
    from_key TEXT NOT NULL,
    document_id TEXT NOT NULL,
    business TEXT NOT NULL,
    to_key TEXT NOT NULL,
    -- What the same sender may send once it sends only once: 0 but for what may come again.
    turn @int NOT NULL,
    to_code TEXT NOT NULL,
    to_name TEXT NOT NULL,
    to_unit @id,
    route TEXT NOT NULL CHECK (route IN ('mailbox', 'desk', 'link', 'nowhere')),
    link @id,
    transport TEXT NOT NULL CHECK (transport IN ('initial', 'processing', 'done', 'fail')),
    transport_at @time NOT NULL,
    description TEXT NOT NULL,
    attempts @int NOT NULL,
    next_at @time,
    said TEXT NOT NULL,
    said_at @time,
    asked TEXT CHECK (asked IN ('recall', 'update')),
    asked_at @time,
    refusals @int NOT NULL,
    recalled_at @time,
    receipt TEXT,
    accepted_at @time NOT NULL,
    version @int NOT NULL,
    CHECK ((route = 'link') = (link IS NOT NULL)),
    -- Duplicates end here, whoever comes first.
    UNIQUE (from_key, document_id, business, to_key, turn)
) @strict;
CREATE INDEX axis_delivery_packet ON axis_delivery (packet);
-- The mailbox of an agency, in the order of acceptance.
CREATE INDEX axis_delivery_mailbox ON axis_delivery (to_key, kind, id);
CREATE INDEX axis_delivery_waiting ON axis_delivery (to_key, kind, id)
    WHERE transport IN ('initial', 'processing') AND recalled_at IS NULL;
CREATE INDEX axis_delivery_due ON axis_delivery (link, next_at)
    WHERE route = 'link' AND transport IN ('initial', 'processing');
CREATE INDEX axis_delivery_open ON axis_delivery (transport_at)
    WHERE transport <> 'done';

-- Every station.
CREATE TABLE axis_event (
    id @id PRIMARY KEY,
    packet @id NOT NULL REFERENCES axis_packet (id),
    delivery @id,
    at @time NOT NULL,
    what TEXT NOT NULL,
    by TEXT NOT NULL,
    detail TEXT NOT NULL,
    sha256 TEXT NOT NULL
) @strict;
CREATE INDEX axis_event_packet ON axis_event (packet, id);

-- Offices in this installation; told is the kind of the job that each delivery is told by.
CREATE TABLE axis_desk (
    unit @id PRIMARY KEY,
    told TEXT NOT NULL,
    opened_at @time NOT NULL
) @strict;

-- Keys of the receipts, the private half sealed. The one without an end signs.
CREATE TABLE axis_key (
    slot @int PRIMARY KEY,
    kid TEXT NOT NULL UNIQUE,
    sealed @bytes NOT NULL,
    x TEXT NOT NULL,
    y TEXT NOT NULL,
    made_at @time NOT NULL,
    ended_at @time
) @strict;

-- What does not go on without a person.
CREATE TABLE axis_task (
    id @id PRIMARY KEY,
    kind TEXT NOT NULL,
    packet @id,
    delivery @id,
    at @time NOT NULL,
    detail TEXT NOT NULL,
    settled_at @time,
    settled_by TEXT
) @strict;
CREATE INDEX axis_task_open ON axis_task (at) WHERE settled_at IS NULL;
CREATE INDEX axis_task_delivery ON axis_task (delivery);

-- Dated configuration: of each name the row that began last holds.
CREATE TABLE axis_setting (
    name TEXT NOT NULL,
    valid_from @time NOT NULL,
    value @int NOT NULL,
    set_by TEXT NOT NULL,
    PRIMARY KEY (name, valid_from)
) @strict;
