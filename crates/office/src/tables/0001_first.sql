-- Which books a unit keeps from a day on, as JSON. Where there is none, the standard plan counts.
CREATE TABLE office_plan (
    unit @id NOT NULL,
    valid_from TEXT NOT NULL,
    lines TEXT NOT NULL,
    made_at @time NOT NULL,
    made_name TEXT NOT NULL,
    PRIMARY KEY (unit, valid_from)
) @strict;

CREATE TABLE office_book (
    id @id PRIMARY KEY,
    unit @id NOT NULL,
    year @int NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    -- Of its line in the plan.
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    first @int NOT NULL CHECK (first >= 1),
    -- The number that is given next.
    next @int NOT NULL CHECK (next >= first),
    locked_at @time,
    locked_name TEXT,
    UNIQUE (unit, year, direction, code),
    CHECK ((locked_at IS NULL) = (locked_name IS NULL))
) @strict;

-- A line of a register.
CREATE TABLE office_number (
    book @id NOT NULL REFERENCES office_book (id),
    ordinal @int NOT NULL CHECK (ordinal >= 1),
    -- Of a number put in between: a, b, …
    suffix TEXT NOT NULL,
    unit @id NOT NULL,
    year @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reserved', 'used', 'void')),
    dated TEXT NOT NULL,
    notation TEXT NOT NULL,
    document @id,
    reason TEXT NOT NULL,
    given_at @time NOT NULL,
    given_name TEXT NOT NULL,
    PRIMARY KEY (book, ordinal, suffix),
    CHECK (state <> 'used' OR document IS NOT NULL),
    CHECK (state <> 'reserved' OR document IS NULL)
) @strict;

-- Number and symbol stand once in a year of an agency, in whichever book.
CREATE UNIQUE INDEX office_number_symbol ON office_number (unit, year, notation, ordinal, suffix)
    WHERE notation <> '';
-- A document has one number of a book.
CREATE UNIQUE INDEX office_number_document ON office_number (document, book)
    WHERE state = 'used';

-- The office of an agency in this installation, and what its documents say about it.
CREATE TABLE office_desk (
    unit @id PRIMARY KEY,
    abbreviation TEXT NOT NULL,
    part TEXT NOT NULL,
    collective TEXT NOT NULL,
    address TEXT NOT NULL,
    email TEXT NOT NULL,
    telephone TEXT NOT NULL,
    opened_at @time NOT NULL,
    opened_name TEXT NOT NULL,
    closed_at @time
) @strict;

-- A document that goes out, from its draft on.
CREATE TABLE office_outgoing (
    id @id PRIMARY KEY,
    unit @id NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'initialling', 'signing', 'signed', 'numbered',
        'sealing', 'issued', 'cancelled')),
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- Without diacritics, for finding it.
    folded TEXT NOT NULL,
    urgency TEXT NOT NULL,
    -- Express at a set time: by when it has to be there.
    express_at @time,
    due_on TEXT,
    paper @bool NOT NULL,
    part TEXT NOT NULL,
    body TEXT NOT NULL,
    file @id,
    file_name TEXT,
    edition @int NOT NULL,
    author @id NOT NULL,
    author_name TEXT NOT NULL,
    answers @id,
    replaces @id,
    signer @id,
    signer_name TEXT,
    capacity TEXT,
    submission @id,
    sealing @id,
    signed_file @id,
    book @id,
    ordinal @int,
    suffix TEXT,
    dated TEXT,
    notation TEXT,
    final_file @id,
    final_sha256 TEXT,
    document_id TEXT,
    packet @id,
    issued_at @time,
    returned TEXT,
    returned_name TEXT,
    made_at @time NOT NULL,
    changed_at @time NOT NULL,
    version @int NOT NULL,
    CHECK ((file IS NULL) = (file_name IS NULL)),
    CHECK ((ordinal IS NULL) = (book IS NULL)),
    CHECK ((ordinal IS NULL) = (notation IS NULL)),
    CHECK ((state = 'issued') = (issued_at IS NOT NULL)),
    CHECK (state <> 'issued' OR final_file IS NOT NULL)
) @strict;

CREATE INDEX office_outgoing_state ON office_outgoing (unit, state, changed_at);
CREATE INDEX office_outgoing_author ON office_outgoing (author, state, changed_at);
CREATE INDEX office_outgoing_submission ON office_outgoing (submission);
CREATE INDEX office_outgoing_sealing ON office_outgoing (sealing);
CREATE INDEX office_outgoing_answers ON office_outgoing (answers);
CREATE INDEX office_outgoing_sent ON office_outgoing (unit, document_id);

-- A draft as it stood.
CREATE TABLE office_version (
    outgoing @id NOT NULL REFERENCES office_outgoing (id),
    edition @int NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    file @id,
    file_name TEXT,
    made_at @time NOT NULL,
    made_by @id NOT NULL,
    made_name TEXT NOT NULL,
    PRIMARY KEY (outgoing, edition)
) @strict;

-- What goes with it, in its order.
CREATE TABLE office_attachment (
    id @id PRIMARY KEY,
    outgoing @id NOT NULL REFERENCES office_outgoing (id),
    file @id NOT NULL,
    name TEXT NOT NULL,
    media TEXT NOT NULL,
    size_bytes @int NOT NULL,
    sha256 TEXT NOT NULL,
    added_at @time NOT NULL,
    added_name TEXT NOT NULL,
    removed_at @time
) @strict;

CREATE INDEX office_attachment_outgoing ON office_attachment (outgoing, added_at);

CREATE TABLE office_opinion (
    id @id PRIMARY KEY,
    outgoing @id NOT NULL REFERENCES office_outgoing (id),
    account @id NOT NULL,
    name TEXT NOT NULL,
    question TEXT NOT NULL,
    due_on TEXT,
    asked_at @time NOT NULL,
    asked_name TEXT NOT NULL,
    view TEXT CHECK (view IN ('agrees', 'agrees-if', 'disagrees')),
    text TEXT,
    given_at @time,
    edition @int,
    CHECK ((view IS NULL) = (given_at IS NULL))
) @strict;

-- Nobody is asked twice about the same while the first question waits.
CREATE UNIQUE INDEX office_opinion_waiting ON office_opinion (outgoing, account)
    WHERE given_at IS NULL;
CREATE INDEX office_opinion_account ON office_opinion (account, given_at);

-- Ký nháy: whoever checked a version answers for it. One after the other.
CREATE TABLE office_initial (
    id @id PRIMARY KEY,
    outgoing @id NOT NULL REFERENCES office_outgoing (id),
    edition @int NOT NULL,
    place @int NOT NULL,
    account @id NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'off')),
    at @time
) @strict;

CREATE INDEX office_initial_outgoing ON office_initial (outgoing, place);
CREATE INDEX office_initial_account ON office_initial (account, state);

CREATE TABLE office_recipient (
    id @id PRIMARY KEY,
    outgoing @id NOT NULL REFERENCES office_outgoing (id),
    kind TEXT NOT NULL CHECK (kind IN ('agency', 'person', 'place')),
    code TEXT,
    account @id,
    name TEXT NOT NULL,
    is_addressed @bool NOT NULL,
    added_at @time NOT NULL,
    seen_at @time,
    recall_asked_at @time,
    removed_at @time,
    CHECK ((kind = 'agency') = (code IS NOT NULL)),
    CHECK ((kind = 'person') = (account IS NOT NULL))
) @strict;

CREATE UNIQUE INDEX office_recipient_agency ON office_recipient (outgoing, code)
    WHERE code IS NOT NULL AND removed_at IS NULL;
CREATE UNIQUE INDEX office_recipient_person ON office_recipient (outgoing, account)
    WHERE account IS NOT NULL;
CREATE INDEX office_recipient_account ON office_recipient (account, seen_at);

-- What went to the axis about a document: itself, a new state of it, a call to take it back.
CREATE TABLE office_dispatch (
    id @id PRIMARY KEY,
    outgoing @id NOT NULL REFERENCES office_outgoing (id),
    packet @id NOT NULL,
    -- 0 new, 2 update, 3 replacement; 13: asked back.
    business TEXT NOT NULL,
    reason TEXT NOT NULL,
    at @time NOT NULL,
    by_name TEXT NOT NULL
) @strict;

CREATE INDEX office_dispatch_outgoing ON office_dispatch (outgoing, at);

-- What a recipient said about it, by status packets, with its own words.
CREATE TABLE office_answer (
    packet @id PRIMARY KEY,
    outgoing @id NOT NULL REFERENCES office_outgoing (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    description TEXT NOT NULL,
    at @time NOT NULL
) @strict;

CREATE INDEX office_answer_outgoing ON office_answer (outgoing, at);

-- What was done with a document, for those who work on it.
CREATE TABLE office_history (
    id @id PRIMARY KEY,
    unit @id NOT NULL,
    outgoing @id NOT NULL REFERENCES office_outgoing (id),
    at @time NOT NULL,
    by_name TEXT NOT NULL,
    act TEXT NOT NULL,
    note TEXT NOT NULL
) @strict;

CREATE INDEX office_history_outgoing ON office_history (outgoing, at);
CREATE INDEX office_history_unit ON office_history (unit, id);

CREATE TABLE office_group (
    id @id PRIMARY KEY,
    unit @id NOT NULL,
    name TEXT NOT NULL,
    ended_at @time
) @strict;

CREATE UNIQUE INDEX office_group_name ON office_group (unit, name) WHERE ended_at IS NULL;

CREATE TABLE office_group_member (
    grouping @id NOT NULL REFERENCES office_group (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (grouping, code)
) @strict;
