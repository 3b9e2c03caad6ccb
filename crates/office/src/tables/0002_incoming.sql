-- A document that came to an office: over the axis, or on paper.
CREATE TABLE office_incoming (
    id @id PRIMARY KEY,
    unit @id NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('axis', 'paper')),
    -- Of the axis; none for paper.
    delivery @id,
    packet @id,
    packet_sha256 TEXT NOT NULL,
    signature TEXT NOT NULL,
    from_code TEXT NOT NULL,
    -- The agency that the code means, whichever of its codes that is; none: nobody knows it.
    from_unit @id,
    from_name TEXT NOT NULL,
    document_id TEXT NOT NULL,
    number TEXT NOT NULL,
    notation TEXT NOT NULL,
    -- The day of the document; as it was written where that was no day.
    issued_on TEXT,
    issued_text TEXT NOT NULL,
    type_name TEXT NOT NULL,
    subject TEXT NOT NULL,
    signer TEXT NOT NULL,
    urgency TEXT NOT NULL,
    -- Express at a set time: by when it had to be here.
    express_at @time,
    pages TEXT NOT NULL,
    -- What else the sender said, as JSON.
    more TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('arrived', 'refused', 'registered', 'submitted',
        'assigned', 'handling', 'done', 'withdrawn')),
    -- The sender asked for it back, or for it to be changed: nothing is done until that is decided.
    is_frozen @bool NOT NULL,
    edition @int NOT NULL,
    arrived_at @time NOT NULL,
    -- Số đến.
    book @id,
    ordinal @int,
    suffix TEXT,
    registered_on TEXT,
    registered_at @time,
    registered_by TEXT,
    -- To whom it was submitted.
    leader @id,
    leader_name TEXT,
    due_on TEXT,
    ended_at @time,
    -- Why it was refused, or how it was completed.
    ended_note TEXT NOT NULL,
    -- The document of this office that answers it.
    reply @id,
    reply_text TEXT NOT NULL,
    replaced_by @id,
    -- The last status that the sender was told, and why the next was not.
    told TEXT NOT NULL,
    told_fault TEXT NOT NULL,
    owed TEXT NOT NULL,
    version @int NOT NULL
) @strict;

CREATE UNIQUE INDEX office_incoming_delivery ON office_incoming (delivery);
CREATE UNIQUE INDEX office_incoming_number ON office_incoming (book, ordinal, suffix);
CREATE INDEX office_incoming_state ON office_incoming (unit, state, due_on);
CREATE INDEX office_incoming_sender ON office_incoming (unit, document_id, from_code);
CREATE INDEX office_incoming_from ON office_incoming (unit, from_unit);
CREATE INDEX office_incoming_newest ON office_incoming (unit, id);
CREATE INDEX office_incoming_known ON office_incoming (unit, number, notation);
CREATE INDEX office_incoming_express ON office_incoming (unit, express_at);
CREATE INDEX office_incoming_bytes ON office_incoming (unit, packet_sha256);

-- What came with it. Files of an earlier edition stay until the document is withdrawn.
CREATE TABLE office_incoming_file (
    id @id PRIMARY KEY,
    incoming @id NOT NULL REFERENCES office_incoming (id),
    edition @int NOT NULL,
    ordinal @int NOT NULL,
    -- As the sender calls it: shown, never a path.
    given_name TEXT NOT NULL,
    name TEXT NOT NULL,
    media TEXT NOT NULL,
    size_bytes @int NOT NULL,
    sha256 TEXT NOT NULL,
    -- Of what travelled, where an archive was taken off.
    packed_sha256 TEXT,
    is_announced @bool NOT NULL,
    -- None: nothing was in it, it is missing, or it was destroyed.
    file @id,
    -- The verdict about its signatures, as JSON; none until it was looked at.
    verdict TEXT,
    judged_at @time,
    UNIQUE (incoming, edition, ordinal)
) @strict;

-- What the sender wants done to a document that it sent before.
CREATE TABLE office_change (
    id @id PRIMARY KEY,
    unit @id NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('recall', 'update', 'replacement')),
    -- None: nobody knows which one is meant; a clerk looks.
    incoming @id REFERENCES office_incoming (id),
    delivery @id NOT NULL,
    from_code TEXT NOT NULL,
    from_unit @id,
    from_name TEXT NOT NULL,
    -- How the sender names what it means, as JSON.
    named TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'parked', 'agreed', 'refused')),
    asked_at @time NOT NULL,
    decided_at @time,
    decided_by TEXT,
    note TEXT NOT NULL,
    UNIQUE (delivery)
) @strict;

CREATE INDEX office_change_state ON office_change (unit, state, id);
CREATE INDEX office_change_incoming ON office_change (incoming);

-- What came with a call to take a document back: the paper by which it is called back.
CREATE TABLE office_change_file (
    id @id PRIMARY KEY,
    change @id NOT NULL REFERENCES office_change (id),
    ordinal @int NOT NULL,
    name TEXT NOT NULL,
    media TEXT NOT NULL,
    size_bytes @int NOT NULL,
    sha256 TEXT NOT NULL,
    file @id NOT NULL,
    UNIQUE (change, ordinal)
) @strict;

-- Something to be done by one person: a part in a document, or a task given by itself.
CREATE TABLE office_task (
    id @id PRIMARY KEY,
    unit @id NOT NULL,
    incoming @id REFERENCES office_incoming (id),
    title TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('main', 'co', 'information')),
    account @id NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('given', 'doing', 'done', 'returned', 'passed',
        'called-off')),
    instruction TEXT NOT NULL,
    given_by @id,
    given_name TEXT NOT NULL,
    given_at @time NOT NULL,
    due_on TEXT,
    -- The working day before, on which the handler is reminded; none once that was done.
    remind_on TEXT,
    is_late_told @bool NOT NULL,
    began_at @time,
    progress_percent @int NOT NULL,
    ended_at @time,
    note TEXT NOT NULL,
    -- The handler asks for more time.
    wished_due_on TEXT,
    wished_reason TEXT NOT NULL,
    -- The task that was handed on.
    came_from @id,
    version @int NOT NULL
) @strict;

CREATE INDEX office_task_account ON office_task (account, state, due_on);
CREATE INDEX office_task_incoming ON office_task (incoming);
CREATE INDEX office_task_unit ON office_task (unit, state, due_on);
CREATE INDEX office_task_given ON office_task (given_by, state);

-- Somebody is away, and another acts in their place.
CREATE TABLE office_absence (
    id @id PRIMARY KEY,
    unit @id NOT NULL,
    account @id NOT NULL,
    name TEXT NOT NULL,
    deputy @id NOT NULL,
    deputy_name TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    reason TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at @time NOT NULL,
    ended_at @time,
    CHECK (account <> deputy)
) @strict;

CREATE INDEX office_absence_account ON office_absence (account, last_day);
CREATE INDEX office_absence_deputy ON office_absence (deputy, last_day);
CREATE INDEX office_absence_unit ON office_absence (unit, last_day);

-- What happened to a document or a task, for those who have a part in it.
CREATE TABLE office_story (
    id @id PRIMARY KEY,
    unit @id NOT NULL,
    -- A document that came, or a task without one.
    subject @id NOT NULL,
    at @time NOT NULL,
    actor @id,
    actor_name TEXT NOT NULL,
    -- In whose place.
    for_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL
) @strict;

CREATE INDEX office_story_subject ON office_story (subject, id);
CREATE INDEX office_story_unit ON office_story (unit, id);
