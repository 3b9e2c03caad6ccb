-- Private keys: sealed under the master key, or in a token, of which only the name is known here.
CREATE TABLE trust_key (
    id @id PRIMARY KEY,
    kind TEXT NOT NULL,
    keeper TEXT NOT NULL CHECK (keeper IN ('software', 'pkcs11')),
    -- PKCS#8, sealed.
    sealed @bytes,
    -- CKA_ID.
    token_id @bytes,
    -- SubjectPublicKeyInfo.
    spki @bytes NOT NULL,
    made_at @time NOT NULL,
    CHECK ((keeper = 'software') = (sealed IS NOT NULL)),
    CHECK ((keeper = 'pkcs11') = (token_id IS NOT NULL))
) @strict;

-- Authorities whose keys are here. The root's parent is itself's: none.
CREATE TABLE trust_authority (
    id @id PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    parent @id REFERENCES trust_authority (id),
    key @id NOT NULL REFERENCES trust_key (id),
    der @bytes NOT NULL,
    sandbox @bool NOT NULL,
    crl_number @int NOT NULL,
    made_at @time NOT NULL
) @strict;

-- The register: every certificate that concerns us, issued here or elsewhere.
CREATE TABLE trust_certificate (
    id @id PRIMARY KEY,
    -- None: somebody else issued it.
    authority @id REFERENCES trust_authority (id),
    serial TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    fingerprint TEXT NOT NULL UNIQUE,
    -- SHA-256 of SubjectPublicKeyInfo.
    key_hash TEXT NOT NULL,
    der @bytes NOT NULL,
    profile TEXT NOT NULL,
    carrier TEXT NOT NULL,
    carrier_number TEXT,
    holder_name TEXT NOT NULL,
    unit @id,
    account @id,
    key @id REFERENCES trust_key (id),
    not_before @time NOT NULL,
    not_after @time NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('good', 'suspended', 'revoked')),
    state_since @time,
    -- RFC 5280 section 5.3.1.
    reason @int,
    invalid_since @time,
    replaces @id REFERENCES trust_certificate (id),
    note TEXT,
    hay TEXT NOT NULL,
    made_at @time NOT NULL,
    version @int NOT NULL
) @strict;
CREATE UNIQUE INDEX trust_certificate_serial ON trust_certificate (authority, serial);
CREATE INDEX trust_certificate_unit ON trust_certificate (unit, not_after);
CREATE INDEX trust_certificate_end ON trust_certificate (not_after);
CREATE INDEX trust_certificate_key ON trust_certificate (key_hash);
CREATE INDEX trust_certificate_state ON trust_certificate (authority, state);

-- What a managing unit asks for and a second person decides.
CREATE TABLE trust_request (
    id @id PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('issue', 'renew', 'recover')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'refused', 'withdrawn')),
    profile TEXT NOT NULL,
    unit @id NOT NULL,
    account @id,
    holder_name TEXT NOT NULL,
    -- Title of an officer, or the name of a server.
    detail TEXT,
    carrier TEXT NOT NULL,
    carrier_number TEXT,
    -- PKCS#10 whose signature was checked; none: the key is made here, or stays.
    pkcs10 @bytes,
    key_kind TEXT,
    keeps_key @bool NOT NULL,
    -- Which certificate it renews or replaces.
    certificate @id REFERENCES trust_certificate (id),
    note TEXT,
    asked_by @id NOT NULL,
    asked_name TEXT NOT NULL,
    asked_at @time NOT NULL,
    decided_by @id,
    decided_name TEXT,
    decided_at @time,
    reason TEXT,
    issued @id REFERENCES trust_certificate (id),
    version @int NOT NULL
) @strict;
CREATE INDEX trust_request_state ON trust_request (state, asked_at);
CREATE INDEX trust_request_unit ON trust_request (unit, asked_at);

-- The list of revoked certificates in force, of each authority.
CREATE TABLE trust_crl (
    authority @id PRIMARY KEY REFERENCES trust_authority (id),
    number @int NOT NULL,
    der @bytes NOT NULL,
    this_update @time NOT NULL,
    next_update @time NOT NULL
) @strict;

-- Answers signed beforehand. One counts only for the version of the certificate it was made from.
CREATE TABLE trust_answer (
    certificate @id NOT NULL REFERENCES trust_certificate (id),
    digest TEXT NOT NULL,
    version @int NOT NULL,
    der @bytes NOT NULL,
    this_update @time NOT NULL,
    next_update @time NOT NULL,
    PRIMARY KEY (certificate, digest)
) @strict;
CREATE INDEX trust_answer_age ON trust_answer (this_update);

-- Under which policy the authority stamps time, from which day, how exactly.
CREATE TABLE trust_stamp_policy (
    oid TEXT NOT NULL,
    valid_from TEXT NOT NULL PRIMARY KEY,
    accuracy_ms @int NOT NULL,
    -- Beyond this the clock is held to be wrong, and nothing is stamped.
    tolerance_ms @int NOT NULL
) @strict;
INSERT INTO trust_stamp_policy (oid, valid_from, accuracy_ms, tolerance_ms)
    VALUES ('2.25.20918687044755879292423454476292263270', '2020-01-01', 1000, 1000);

-- Other authorities that stamp time for us, asked in this order.
CREATE TABLE trust_stamp_source (
    id @id PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    place @int NOT NULL,
    made_at @time NOT NULL
) @strict;

-- What came of comparing our clock with theirs, the last time.
CREATE TABLE trust_clock_check (
    source @id PRIMARY KEY REFERENCES trust_stamp_source (id),
    at @time NOT NULL,
    -- Ours minus theirs, at least; none: they did not answer, or not with what counts.
    difference_ms @int,
    fault TEXT
) @strict;

-- Anchors of others, with what they are believed for.
CREATE TABLE trust_anchor (
    id @id PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    der @bytes NOT NULL,
    name TEXT NOT NULL,
    -- Words, with a blank between them: sign, stamp, server.
    purposes TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    source TEXT NOT NULL,
    note TEXT,
    made_by @id,
    made_name TEXT NOT NULL,
    made_at @time NOT NULL
) @strict;

-- Which alerts of coming expiry went out.
CREATE TABLE trust_alert (
    certificate @id NOT NULL REFERENCES trust_certificate (id),
    days @int NOT NULL,
    at @time NOT NULL,
    PRIMARY KEY (certificate, days)
) @strict;

-- What other authorities say about their certificates: wanted by a check, fetched by a job. Only
-- of certificates that lead to somebody who is believed.
CREATE TABLE trust_evidence (
    -- Of a list, SHA-256 over its issuer and the addresses it lies at; of an answer, over the
    -- certificate it is about.
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('list', 'answer')),
    -- Whose addresses are asked, and who signs.
    certificate @bytes NOT NULL,
    issuer @bytes NOT NULL,
    -- None: not got yet.
    der @bytes,
    size_bytes @int NOT NULL,
    this_update @time,
    next_update @time,
    wanted_at @time NOT NULL,
    ask_at @time NOT NULL,
    tries @int NOT NULL,
    fault TEXT
) @strict;
CREATE INDEX trust_evidence_due ON trust_evidence (ask_at);
CREATE INDEX trust_evidence_wanted ON trust_evidence (wanted_at);

-- Hosts inside our own networks that may be asked for such: all others must be public.
CREATE TABLE trust_inside_host (
    id @id PRIMARY KEY,
    host TEXT NOT NULL UNIQUE,
    note TEXT,
    made_by @id,
    made_name TEXT NOT NULL,
    made_at @time NOT NULL
) @strict;

-- Letters by which managing units ask: signed files, or paper that whoever approved has seen.
CREATE TABLE trust_letter (
    id @id PRIMARY KEY,
    request @id REFERENCES trust_request (id),
    certificate @id REFERENCES trust_certificate (id),
    about TEXT NOT NULL
        CHECK (about IN ('issue', 'renew', 'change', 'recover', 'suspend', 'revoke')),
    -- That asks.
    unit @id NOT NULL,
    unit_name TEXT NOT NULL,
    -- And symbol.
    number TEXT NOT NULL,
    dated TEXT NOT NULL,
    -- None: paper.
    file @id,
    sha256 TEXT,
    signed_at @time,
    signer @id,
    signer_name TEXT,
    sealer @id,
    kept_by @id,
    kept_name TEXT NOT NULL,
    kept_at @time NOT NULL,
    CHECK ((request IS NULL) <> (certificate IS NULL)),
    CHECK ((file IS NULL) = (sha256 IS NULL)),
    CHECK ((file IS NULL) = (signed_at IS NULL)),
    CHECK ((file IS NULL) = (signer IS NULL))
) @strict;
CREATE INDEX trust_letter_request ON trust_letter (request);
CREATE INDEX trust_letter_certificate ON trust_letter (certificate);

-- Whether a request made on the day or later is decided on such a letter only. Where the unit has
-- nothing to sign with, its letter is one on paper.
CREATE TABLE trust_letter_rule (
    valid_from TEXT NOT NULL,
    -- Of an authority for trying out.
    sandbox @bool NOT NULL,
    needed @bool NOT NULL,
    PRIMARY KEY (valid_from, sandbox)
) @strict;
-- NĐ 68/2024/NĐ-CP is in force from 15 August 2024.
INSERT INTO trust_letter_rule (valid_from, sandbox, needed)
    VALUES ('2024-08-15', FALSE, TRUE), ('2024-08-15', TRUE, FALSE);
