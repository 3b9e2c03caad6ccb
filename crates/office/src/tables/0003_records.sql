-- Documents that changed since their words were last taken down.
CREATE TABLE office_to_index (
    document @id PRIMARY KEY,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    -- Counted up by every change: what changed while it was read is read again.
    turn @int NOT NULL
) @strict;

-- What a document says: in its fields (source is the document itself), and in each of its files.
CREATE TABLE office_text (
    document @id NOT NULL,
    source @id NOT NULL,
    unit @id NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('whole', 'partly', 'none', 'unreadable', 'too-large')),
    -- As it is written, and folded between blanks.
    text TEXT NOT NULL,
    folded TEXT NOT NULL,
    read_at @time NOT NULL,
    PRIMARY KEY (document, source)
) @strict;

-- Its folded words, once each. Those of one field have its letter before them: `s:noi`.
CREATE TABLE office_word (
    unit @id NOT NULL,
    word TEXT NOT NULL,
    document @id NOT NULL,
    source @id NOT NULL,
    PRIMARY KEY (unit, word, document, source)
) @strict;

CREATE INDEX office_word_source ON office_word (document, source);

-- A search with a name, for oneself or for the whole unit.
CREATE TABLE office_saved_search (
    id @id PRIMARY KEY,
    unit @id NOT NULL,
    account @id NOT NULL,
    account_name TEXT NOT NULL,
    name TEXT NOT NULL,
    is_shared @bool NOT NULL,
    -- As it stands in the address.
    query TEXT NOT NULL,
    made_at @time NOT NULL,
    UNIQUE (unit, account, name)
) @strict;

-- Documents about one matter.
CREATE TABLE office_work_dossier (
    id @id PRIMARY KEY,
    unit @id NOT NULL,
    year @int NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    retention TEXT NOT NULL,
    note TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'archived')),
    -- Who answers for it.
    holder @id NOT NULL,
    holder_name TEXT NOT NULL,
    opened_by @id NOT NULL,
    opened_name TEXT NOT NULL,
    opened_on TEXT NOT NULL,
    opened_at @time NOT NULL,
    closed_on TEXT,
    -- By which day it goes into the archive.
    archive_due_on TEXT,
    reminded_at @time,
    archived_on TEXT,
    archive_note TEXT NOT NULL,
    version @int NOT NULL,
    UNIQUE (unit, year, code)
) @strict;

CREATE INDEX office_work_dossier_list ON office_work_dossier (unit, id);
CREATE INDEX office_work_dossier_due ON office_work_dossier (state, archive_due_on);

CREATE TABLE office_work_dossier_document (
    dossier @id NOT NULL REFERENCES office_work_dossier (id),
    document @id NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    ordinal @int NOT NULL,
    note TEXT NOT NULL,
    added_by @id NOT NULL,
    added_name TEXT NOT NULL,
    added_at @time NOT NULL,
    PRIMARY KEY (dossier, document)
) @strict;

CREATE INDEX office_work_dossier_of_document ON office_work_dossier_document (document);

CREATE TABLE office_work_dossier_event (
    id @id PRIMARY KEY,
    dossier @id NOT NULL REFERENCES office_work_dossier (id),
    at @time NOT NULL,
    actor_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL
) @strict;

CREATE INDEX office_work_dossier_story ON office_work_dossier_event (dossier, id);

-- One document answers, replaces or refers to another of the same unit.
CREATE TABLE office_link (
    document @id NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    kind TEXT NOT NULL CHECK (kind IN ('answers', 'replaces', 'refers')),
    other @id NOT NULL,
    other_direction TEXT NOT NULL CHECK (other_direction IN ('in', 'out')),
    unit @id NOT NULL,
    made_name TEXT NOT NULL,
    made_at @time NOT NULL,
    PRIMARY KEY (document, kind, other),
    CHECK (document <> other)
) @strict;

CREATE INDEX office_link_other ON office_link (other);

-- Types of documents that a unit, and the units below it, send without a copy on paper.
CREATE TABLE office_paperless (
    id @id PRIMARY KEY,
    unit @id NOT NULL,
    document_type TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    -- The decision that says so.
    basis TEXT NOT NULL,
    made_by @id,
    made_name TEXT NOT NULL,
    made_at @time NOT NULL,
    CHECK (valid_to IS NULL OR valid_to >= valid_from)
) @strict;

CREATE INDEX office_paperless_type ON office_paperless (unit, document_type, valid_from);

-- Who opened a document, the first time on a day.
CREATE TABLE office_reading (
    document @id NOT NULL,
    account @id NOT NULL,
    day TEXT NOT NULL,
    name TEXT NOT NULL,
    at @time NOT NULL,
    -- What was opened: the document or a file of it.
    what TEXT NOT NULL,
    PRIMARY KEY (document, account, day, what)
) @strict;

-- Each time that somebody in the house opened what they were given.
CREATE TABLE office_opening (
    id @id PRIMARY KEY,
    outgoing @id NOT NULL REFERENCES office_outgoing (id),
    account @id NOT NULL,
    name TEXT NOT NULL,
    at @time NOT NULL
) @strict;

CREATE INDEX office_opening_outgoing ON office_opening (outgoing, at);

-- By time, since ids count up with it.
CREATE INDEX office_incoming_by_time ON office_incoming (unit, id);
