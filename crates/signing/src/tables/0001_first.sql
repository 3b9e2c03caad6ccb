-- A file that waits for signatures, or was signed.
CREATE TABLE signing_submission (
    id @id PRIMARY KEY,
    -- The kind of the job that is told the end.
    told TEXT NOT NULL,
    subject @id NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('slip', 'result', 'document')),
    title TEXT NOT NULL,
    number TEXT NOT NULL,
    -- That issues it.
    unit @id NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'signed', 'declined', 'withdrawn')),
    -- As it stands, with the signatures so far.
    file @id NOT NULL,
    sha256 TEXT NOT NULL,
    first_sha256 TEXT NOT NULL,
    -- Where person and seal are shown, as JSON.
    block TEXT,
    -- In which persons signed it, when only their agency still seals it here.
    after @id REFERENCES signing_submission (id),
    asked_by @id,
    asked_name TEXT NOT NULL,
    asked_at @time NOT NULL,
    ended_at @time,
    reason TEXT,
    version @int NOT NULL,
    CHECK ((state = 'waiting') = (ended_at IS NULL))
) @strict;

CREATE INDEX signing_submission_subject ON signing_submission (subject);
-- What persons signed is sealed once.
CREATE UNIQUE INDEX signing_submission_after ON signing_submission (after)
    WHERE after IS NOT NULL AND state IN ('waiting', 'signed');

-- One signature of it. Persons before agencies, in the order of `ordinal`.
CREATE TABLE signing_step (
    submission @id NOT NULL REFERENCES signing_submission (id),
    ordinal @int NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'agency')),
    account @id,
    unit @id,
    name TEXT NOT NULL,
    capacity TEXT NOT NULL,
    delegation @id,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'signed', 'declined')),
    -- The one of a waiting submission that is next.
    is_next @bool NOT NULL,
    signed_at @time,
    driver TEXT CHECK (driver IN ('here', 'workstation', 'remote', 'by-hand')),
    -- Fingerprint of the certificate.
    certificate TEXT,
    -- Of a seal: whoever sealed. None: a sealing rule did.
    signed_by @id,
    signed_by_name TEXT,
    authorisation @id,
    sitting @id,
    sha256_before TEXT,
    sha256_after TEXT,
    file_after @id,
    PRIMARY KEY (submission, ordinal),
    CHECK ((kind = 'person') = (account IS NOT NULL)),
    CHECK ((kind = 'agency') = (unit IS NOT NULL)),
    CHECK ((state = 'signed') = (signed_at IS NOT NULL)),
    CHECK ((state = 'signed') = (file_after IS NOT NULL))
) @strict;

CREATE INDEX signing_step_account ON signing_step (account, is_next, submission);
CREATE INDEX signing_step_unit ON signing_step (unit, is_next, submission);
CREATE INDEX signing_step_signed_by ON signing_step (signed_by, signed_at);

-- A second factor, used up, over the bytes that its owner saw named.
CREATE TABLE signing_authorisation (
    id @id PRIMARY KEY,
    account @id NOT NULL,
    name TEXT NOT NULL,
    at @time NOT NULL,
    factor TEXT NOT NULL CHECK (factor IN ('app', 'recovery-code'))
) @strict;

CREATE TABLE signing_authorised (
    authorisation @id NOT NULL REFERENCES signing_authorisation (id),
    submission @id NOT NULL REFERENCES signing_submission (id),
    ordinal @int NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (authorisation, submission, ordinal)
) @strict;

-- For so long one code counts, for slips alone.
CREATE TABLE signing_sitting (
    id @id PRIMARY KEY,
    account @id NOT NULL,
    scope TEXT NOT NULL CHECK (scope = 'slip'),
    begun_at @time NOT NULL,
    ends_at @time NOT NULL,
    authorisation @id NOT NULL REFERENCES signing_authorisation (id),
    CHECK (begun_at <= ends_at)
) @strict;

CREATE INDEX signing_sitting_account ON signing_sitting (account, ends_at);

-- Lets the program seal for a unit what its competent persons signed.
CREATE TABLE signing_sealing_rule (
    id @id PRIMARY KEY,
    unit @id NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('slip', 'result', 'document')),
    valid_from TEXT NOT NULL,
    -- Its last day.
    valid_to TEXT,
    made_by @id,
    made_name TEXT NOT NULL,
    made_at @time NOT NULL
) @strict;

CREATE INDEX signing_sealing_rule_unit ON signing_sealing_rule (unit, scope);

-- How signatures and seals look. One is in use for an owner at a time.
CREATE TABLE signing_picture (
    id @id PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('signature', 'seal')),
    -- An account or a unit.
    owner @id NOT NULL,
    file @id NOT NULL,
    sha256 TEXT NOT NULL,
    width_pixels @int NOT NULL,
    height_pixels @int NOT NULL,
    -- Of a seal: its real size.
    width_tenths_mm @int,
    height_tenths_mm @int,
    put_at @time NOT NULL,
    put_by @id NOT NULL,
    put_name TEXT NOT NULL,
    ended_at @time,
    ended_name TEXT,
    CHECK ((kind = 'seal') = (width_tenths_mm IS NOT NULL)),
    CHECK ((kind = 'seal') = (height_tenths_mm IS NOT NULL))
) @strict;

CREATE UNIQUE INDEX signing_picture_in_use ON signing_picture (kind, owner)
    WHERE ended_at IS NULL;
CREATE INDEX signing_picture_owner ON signing_picture (kind, owner, put_at);

-- Signing in another's place.
CREATE TABLE signing_delegation (
    id @id PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('deputy', 'order', 'authorisation')),
    unit @id NOT NULL,
    giver @id NOT NULL,
    giver_name TEXT NOT NULL,
    giver_title TEXT NOT NULL,
    taker @id NOT NULL,
    taker_name TEXT NOT NULL,
    taker_title TEXT NOT NULL,
    -- Codes of kinds of papers, divided by blanks.
    scopes TEXT NOT NULL,
    matter TEXT,
    ground TEXT NOT NULL,
    -- The delegation by order that a deputy is given here.
    under @id REFERENCES signing_delegation (id),
    valid_from TEXT NOT NULL,
    -- Its last day.
    valid_to TEXT,
    made_at @time NOT NULL,
    ended_at @time,
    ended_by @id,
    ended_name TEXT,
    CHECK (giver <> taker),
    CHECK (kind <> 'authorisation' OR (valid_to IS NOT NULL AND matter IS NOT NULL)),
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
) @strict;

CREATE INDEX signing_delegation_taker ON signing_delegation (taker, unit);
CREATE INDEX signing_delegation_giver ON signing_delegation (giver);
CREATE INDEX signing_delegation_unit ON signing_delegation (unit, valid_from);

-- Two delegations given to one officer at once meet here.
CREATE TABLE signing_delegation_turn (
    taker @id NOT NULL,
    unit @id NOT NULL,
    given @int NOT NULL,
    PRIMARY KEY (taker, unit)
) @strict;

-- What the agent on an officer's machine comes with: opens once, for ten minutes.
CREATE TABLE signing_ticket (
    -- SHA-256 of the token, which is kept nowhere.
    hash TEXT PRIMARY KEY,
    errand TEXT NOT NULL CHECK (errand IN ('fetch', 'bring')),
    submission @id NOT NULL REFERENCES signing_submission (id),
    ordinal @int NOT NULL,
    account @id NOT NULL,
    account_name TEXT NOT NULL,
    -- Of the bytes that were shown.
    sha256 TEXT NOT NULL,
    made_at @time NOT NULL,
    ends_at @time NOT NULL,
    used_at @time
) @strict;

CREATE INDEX signing_ticket_ends ON signing_ticket (ends_at);

-- A service that keeps officers' keys. Ended, never deleted: old signatures name it.
CREATE TABLE signing_remote_service (
    id @id PRIMARY KEY,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    access TEXT NOT NULL CHECK (access IN ('client-credentials', 'bearer')),
    client_id TEXT NOT NULL,
    token_address TEXT NOT NULL,
    -- Sealed by the vault.
    secret @bytes NOT NULL,
    made_by @id NOT NULL,
    made_name TEXT NOT NULL,
    made_at @time NOT NULL,
    ended_at @time
) @strict;

-- A credential there that an officer signs with: for themselves, or for an agency they seal for.
CREATE TABLE signing_remote_link (
    id @id PRIMARY KEY,
    service @id NOT NULL REFERENCES signing_remote_service (id),
    account @id NOT NULL,
    credential TEXT NOT NULL,
    -- Of its certificate.
    fingerprint TEXT NOT NULL,
    linked_at @time NOT NULL,
    ended_at @time,
    UNIQUE (account, service, credential)
) @strict;

-- Letters by which a managing unit asks for something about certificates. One about a thing waits
-- for its signatures at a time.
CREATE TABLE signing_letter (
    id @id PRIMARY KEY,
    -- A request or a certificate.
    subject @id NOT NULL,
    subject_kind TEXT NOT NULL CHECK (subject_kind IN ('request', 'certificate')),
    about TEXT NOT NULL,
    -- That asks.
    unit @id NOT NULL,
    unit_name TEXT NOT NULL,
    number TEXT NOT NULL,
    dated TEXT NOT NULL,
    submission @id NOT NULL UNIQUE REFERENCES signing_submission (id),
    made_by @id NOT NULL,
    made_name TEXT NOT NULL,
    made_at @time NOT NULL,
    ended_at @time
) @strict;

CREATE UNIQUE INDEX signing_letter_waiting ON signing_letter (subject) WHERE ended_at IS NULL;
CREATE INDEX signing_letter_subject ON signing_letter (subject, subject_kind);
