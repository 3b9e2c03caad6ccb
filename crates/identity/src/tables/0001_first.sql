-- Whoever can be named in an act. Citizens and officers sign in with `login`; an enterprise and a
-- person in care (ward) never do: others act for them.
CREATE TABLE identity_account (
    id              @id PRIMARY KEY,
    kind            TEXT NOT NULL CHECK (kind IN ('citizen', 'enterprise', 'officer', 'ward')),
    name            TEXT NOT NULL,
    -- The personal number of a citizen, the user name of an officer.
    login           TEXT,
    personal_number TEXT,
    tax_code        TEXT,
    birth_date      TEXT,
    phone           TEXT,
    phone_proved_at @time,
    email           TEXT,
    email_proved_at @time,
    locale          TEXT NOT NULL CHECK (locale IN ('vi', 'en')),
    -- 'declared': as the person said. 'checked': an officer compared it with papers.
    assurance       TEXT NOT NULL CHECK (assurance IN ('declared', 'checked')),
    status          TEXT NOT NULL CHECK (status IN ('active', 'disabled', 'closed')),
    -- The unit whose administrators look after an officer's account.
    unit            @id,
    password_hash   TEXT,
    password_at     @time,
    totp_secret     @bytes,
    totp_at         @time,
    -- The last thirty seconds whose code was used: a code opens once.
    totp_step       @int,
    folded          TEXT NOT NULL,
    created_at      @time NOT NULL,
    version         @int NOT NULL
) @strict;
CREATE UNIQUE INDEX identity_account_login ON identity_account (login);
CREATE INDEX identity_account_personal_number ON identity_account (personal_number);
-- One checked account an enterprise; declared ones belong to whoever declared them.
CREATE UNIQUE INDEX identity_account_tax_code ON identity_account (tax_code)
    WHERE assurance = 'checked';
CREATE INDEX identity_account_unit ON identity_account (unit, folded);

-- What an officer is, where, and how long. Without a unit: everywhere.
CREATE TABLE identity_bond (
    id         @id PRIMARY KEY,
    account    @id NOT NULL REFERENCES identity_account (id),
    unit       @id,
    role       TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    -- The last day; none while no end is known.
    valid_to   TEXT,
    given_by   @id,
    given_at   @time NOT NULL,
    ended_by   @id,
    ended_at   @time
) @strict;
CREATE INDEX identity_bond_account ON identity_bond (account);
CREATE INDEX identity_bond_unit ON identity_bond (unit, role);

CREATE TABLE identity_recovery_code (
    id      @id PRIMARY KEY,
    account @id NOT NULL REFERENCES identity_account (id),
    hash    @bytes NOT NULL,
    used_at @time
) @strict;
CREATE INDEX identity_recovery_code_account ON identity_recovery_code (account);

-- Six digits on their way to a phone or mailbox. `digits` is emptied when they have been sent.
CREATE TABLE identity_message_code (
    id         @id PRIMARY KEY,
    purpose    TEXT NOT NULL,
    account    @id,
    channel    TEXT NOT NULL CHECK (channel IN ('phone', 'email')),
    contact    TEXT NOT NULL,
    locale     TEXT NOT NULL,
    digits     TEXT,
    hash       @bytes NOT NULL,
    tries      @int NOT NULL,
    created_at @time NOT NULL,
    expires_at @time NOT NULL,
    used_at    @time
) @strict;
CREATE INDEX identity_message_code_expires_at ON identity_message_code (expires_at);

-- A conversation of several pages before anybody is signed in: registering, the second step of
-- signing in, a forgotten password. The browser holds the token; `answers` is JSON.
CREATE TABLE identity_passage (
    token_hash @bytes PRIMARY KEY,
    purpose    TEXT NOT NULL,
    account    @id,
    answers    TEXT NOT NULL,
    tries      @int NOT NULL,
    created_at @time NOT NULL,
    expires_at @time NOT NULL
) @strict;
CREATE INDEX identity_passage_expires_at ON identity_passage (expires_at);
CREATE INDEX identity_passage_account ON identity_passage (account);

-- A link an administrator hands over: it lets its holder choose a password, once.
CREATE TABLE identity_link (
    token_hash @bytes PRIMARY KEY,
    account    @id NOT NULL REFERENCES identity_account (id),
    given_by   @id NOT NULL,
    given_at   @time NOT NULL,
    expires_at @time NOT NULL,
    used_at    @time
) @strict;
CREATE INDEX identity_link_account ON identity_link (account);

-- Wrong attempts, by what they were counted under. Keys are hashes: no name is kept here.
CREATE TABLE identity_throttle (
    key      TEXT PRIMARY KEY,
    failures @int NOT NULL,
    last_at  @time NOT NULL
) @strict;
CREATE INDEX identity_throttle_last_at ON identity_throttle (last_at);

-- Browsers that have signed in to an account: their slips are counted apart from strangers'.
CREATE TABLE identity_browser (
    token_hash @bytes NOT NULL,
    account    @id NOT NULL REFERENCES identity_account (id),
    last_at    @time NOT NULL,
    PRIMARY KEY (token_hash, account)
) @strict;
CREATE INDEX identity_browser_last_at ON identity_browser (last_at);

-- Who may act for whom.
CREATE TABLE identity_delegation (
    id           @id PRIMARY KEY,
    principal    @id NOT NULL REFERENCES identity_account (id),
    -- None until the one who was asked takes it up.
    holder       @id,
    ground       TEXT NOT NULL
        CHECK (ground IN ('parent', 'guardian', 'representative', 'authorised')),
    scope        TEXT NOT NULL CHECK (scope IN ('act', 'follow')),
    proof        TEXT NOT NULL CHECK (proof IN ('declared', 'checked', 'granted')),
    valid_from   TEXT NOT NULL,
    valid_to     TEXT,
    code_hash    @bytes,
    made_by      @id NOT NULL,
    made_at      @time NOT NULL,
    taken_at     @time,
    checked_by   @id,
    checked_at   @time,
    checked_note TEXT,
    ended_by     @id,
    ended_at     @time
) @strict;
CREATE INDEX identity_delegation_holder ON identity_delegation (holder);
CREATE INDEX identity_delegation_principal ON identity_delegation (principal);
CREATE UNIQUE INDEX identity_delegation_code ON identity_delegation (code_hash);

-- For whom a session acts at this moment.
CREATE TABLE identity_acting (
    session    @id PRIMARY KEY,
    delegation @id NOT NULL REFERENCES identity_delegation (id),
    since      @time NOT NULL
) @strict;
CREATE INDEX identity_acting_since ON identity_acting (since);
