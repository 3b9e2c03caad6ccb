-- The working calendar and the rules. A row is in force from version `since` to before version
-- `until`; nothing is ever changed in place. `unit` none: the whole country.
CREATE TABLE dossiers_calendar_version (
    number     @int PRIMARY KEY,
    at         @time NOT NULL,
    actor      @id,
    actor_name TEXT NOT NULL,
    note       TEXT NOT NULL
) @strict;

CREATE TABLE dossiers_calendar_day (
    id        @id PRIMARY KEY,
    unit      @id,
    date      TEXT NOT NULL,
    kind      TEXT NOT NULL
        CHECK (kind IN ('holiday', 'compensation', 'swap_off', 'swap_work', 'closure')),
    name_vi   TEXT NOT NULL,
    name_en   TEXT NOT NULL,
    certainty TEXT NOT NULL CHECK (certainty IN ('notice', 'expected')),
    since     @int NOT NULL,
    until     @int
) @strict;
CREATE INDEX dossiers_calendar_day_date ON dossiers_calendar_day (date);

CREATE TABLE dossiers_calendar_week (
    id         @id PRIMARY KEY,
    unit       @id,
    valid_from TEXT NOT NULL,
    -- Seven texts like "07:30-11:30 13:30-17:00", Monday first, as a JSON list.
    hours      TEXT NOT NULL,
    saturday   TEXT NOT NULL,
    since      @int NOT NULL,
    until      @int
) @strict;
CREATE INDEX dossiers_calendar_week_valid_from ON dossiers_calendar_week (valid_from);

CREATE TABLE dossiers_rule (
    id         @id PRIMARY KEY,
    rule       TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    value      TEXT NOT NULL,
    basis      TEXT NOT NULL,
    since      @int NOT NULL,
    until      @int
) @strict;

-- Answers and files that are not sent yet. The dossier keeps the id of its draft: that is how a
-- second sending is known.
CREATE TABLE dossiers_draft (
    id                @id PRIMARY KEY,
    -- Whom it is about, and who fills it in.
    owner             @id NOT NULL,
    made_by           @id NOT NULL,
    -- 'reopened': sent, and a supplement asks for some of its answers again.
    state             TEXT NOT NULL
        CHECK (state IN ('open', 'sent', 'reopened', 'discarded')),
    procedure_code    TEXT NOT NULL,
    procedure_name    TEXT NOT NULL,
    procedure_version @id NOT NULL,
    form_hash         TEXT NOT NULL,
    receiving_unit    @id NOT NULL,
    deciding_unit     @id NOT NULL,
    answers           TEXT NOT NULL,
    created_at        @time NOT NULL,
    saved_at          @time NOT NULL,
    version           @int NOT NULL
) @strict;
CREATE INDEX dossiers_draft_made_by ON dossiers_draft (made_by, state, saved_at);
CREATE INDEX dossiers_draft_saved_at ON dossiers_draft (state, saved_at);

CREATE TABLE dossiers_dossier (
    id                @id PRIMARY KEY,
    -- Rises with each change; who acts on an older one is told what happened meanwhile.
    version           @int NOT NULL,
    status            @int NOT NULL CHECK (status BETWEEN 1 AND 10),
    -- Follows from the status: the pile of the queue it lies in.
    pile              TEXT NOT NULL
        CHECK (pile IN ('new', 'work', 'waiting', 'ready', 'ended')),
    request_number    TEXT,
    code              TEXT,
    procedure_code    TEXT NOT NULL,
    procedure_name    TEXT NOT NULL,
    procedure_version @id NOT NULL,
    form_hash         TEXT,
    channel           TEXT NOT NULL CHECK (channel IN ('online', 'direct', 'postal')),
    -- The account it is for, and the account that sent it; none for somebody without one.
    owner             @id,
    sent_by           @id,
    -- JSON: name, numbers and addresses of the applicant, and of who acts for them.
    applicant         TEXT NOT NULL,
    applicant_phone   TEXT NOT NULL,
    -- Kind and number of the applicant: an account whose number was checked finds by it what was
    -- taken in for its owner at a counter.
    applicant_key     TEXT,
    -- Folded name, codes and numbers, for the search of the queue.
    folded            TEXT NOT NULL,
    language          TEXT NOT NULL CHECK (language IN ('vi', 'en')),
    answers           TEXT NOT NULL,
    -- JSON: components taken in on paper, with their counts.
    papers            TEXT NOT NULL,
    -- JSON: the limit of the procedure version for this channel; none where only words say it.
    time_limit        TEXT,
    receiving_unit    @id NOT NULL,
    deciding_unit     @id NOT NULL,
    sent_at           @time NOT NULL,
    answer_due_at     @time,
    accepted_at       @time,
    due_at            @time,
    due_first_at      @time,
    -- JSON: how the due date was reckoned.
    due_because       TEXT NOT NULL,
    calendar_version  @int,
    reappointments    @int NOT NULL,
    stopped_at        @time,
    stopped_from      @int,
    step              @int NOT NULL,
    holder_unit       @id NOT NULL,
    holder_role       TEXT NOT NULL,
    held_since        @time NOT NULL,
    step_due_at       @time,
    -- What the queue sorts by: the next moment that matters.
    next_at           @time NOT NULL,
    finished_at       @time,
    handed_over_at    @time,
    ended_at          @time
) @strict;
CREATE UNIQUE INDEX dossiers_dossier_request_number ON dossiers_dossier (request_number);
CREATE UNIQUE INDEX dossiers_dossier_code ON dossiers_dossier (code);
CREATE INDEX dossiers_dossier_queue ON dossiers_dossier (holder_unit, pile, next_at, id);
CREATE INDEX dossiers_dossier_next_at ON dossiers_dossier (pile, next_at, holder_unit);
CREATE INDEX dossiers_dossier_receiving ON dossiers_dossier (receiving_unit, accepted_at, id);
CREATE INDEX dossiers_dossier_owner ON dossiers_dossier (owner, sent_at);
CREATE INDEX dossiers_dossier_sent_by ON dossiers_dossier (sent_by, sent_at);
CREATE INDEX dossiers_dossier_applicant_key ON dossiers_dossier (applicant_key, sent_at)
    WHERE owner IS NULL;

-- Dossier codes: one row an agency and day, risen in the unit of work that accepts.
CREATE TABLE dossiers_counter (
    agency TEXT NOT NULL,
    day    TEXT NOT NULL,
    last   @int NOT NULL,
    PRIMARY KEY (agency, day)
) @strict;

-- What happened, in the order it happened. Rows are only ever added.
CREATE TABLE dossiers_event (
    id            @id PRIMARY KEY,
    dossier       @id NOT NULL REFERENCES dossiers_dossier (id),
    at            @time NOT NULL,
    kind          TEXT NOT NULL,
    status_before @int,
    status_after  @int NOT NULL,
    actor         @id,
    actor_name    TEXT NOT NULL,
    unit          @id,
    unit_name     TEXT NOT NULL,
    -- Said to the applicant.
    told          TEXT NOT NULL,
    -- Among officers only.
    note          TEXT NOT NULL,
    detail        TEXT NOT NULL
) @strict;
CREATE INDEX dossiers_event_dossier ON dossiers_event (dossier, at, id);

-- From hand to hand (phiếu kiểm soát, form 06). Rows are only ever added.
CREATE TABLE dossiers_handover (
    id          @id PRIMARY KEY,
    dossier     @id NOT NULL REFERENCES dossiers_dossier (id),
    number      @int NOT NULL,
    at          @time NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('forward', 'back', 'finish')),
    from_step   @int NOT NULL,
    from_unit   @id NOT NULL,
    from_role   TEXT NOT NULL,
    from_person @id,
    from_name   TEXT NOT NULL,
    held_since  @time NOT NULL,
    step_due_at @time,
    course      TEXT NOT NULL CHECK (course IN ('early', 'on_time', 'late', 'untimed')),
    to_step     @int NOT NULL,
    to_unit     @id NOT NULL,
    to_role     TEXT NOT NULL,
    note        TEXT NOT NULL
) @strict;
CREATE UNIQUE INDEX dossiers_handover_number ON dossiers_handover (dossier, number);

-- What the office asks of the applicant while the clock stands: papers, or money.
CREATE TABLE dossiers_demand (
    id            @id PRIMARY KEY,
    dossier       @id NOT NULL REFERENCES dossiers_dossier (id),
    number        @int NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('supplement', 'money')),
    asked_from    @int NOT NULL,
    asked_at      @time NOT NULL,
    asked_by      @id,
    asked_by_name TEXT NOT NULL,
    unit          @id NOT NULL,
    reason        TEXT NOT NULL,
    legal_basis   TEXT NOT NULL,
    -- JSON: the components and the questions of the form, and what is wrong with each.
    items         TEXT NOT NULL,
    amount        @money,
    answer_by     @time,
    ended_at      @time,
    outcome       TEXT CHECK (outcome IN ('met', 'expired', 'withdrawn')),
    answer        TEXT NOT NULL,
    due_before    @time,
    due_after     @time
) @strict;
CREATE UNIQUE INDEX dossiers_demand_number ON dossiers_demand (dossier, number);
CREATE INDEX dossiers_demand_answer_by ON dossiers_demand (answer_by) WHERE ended_at IS NULL;

-- The answers as they stood before a supplement changed them; the newest are the dossier's. Rows
-- are only ever added.
CREATE TABLE dossiers_edition (
    -- The demand whose answer took its place.
    demand      @id PRIMARY KEY REFERENCES dossiers_demand (id),
    dossier     @id NOT NULL REFERENCES dossiers_dossier (id),
    answers     TEXT NOT NULL,
    replaced_at @time NOT NULL,
    replaced_by @id
) @strict;
CREATE INDEX dossiers_edition_dossier ON dossiers_edition (dossier, replaced_at);

-- Files of a draft and of the dossier it becomes: one id for both.
CREATE TABLE dossiers_file (
    id         @id PRIMARY KEY,
    dossier    @id NOT NULL,
    -- Field of the form, or none for what was scanned at the counter.
    field      TEXT NOT NULL,
    component  TEXT NOT NULL,
    file       @id NOT NULL,
    name       TEXT NOT NULL,
    media      TEXT NOT NULL,
    size_bytes @int NOT NULL,
    sha256     TEXT NOT NULL,
    added_at   @time NOT NULL,
    added_by   @id,
    -- The demand it answers.
    demand     @id,
    removed_at @time
) @strict;
CREATE INDEX dossiers_file_dossier ON dossiers_file (dossier, added_at);

-- The papers of the law (forms 01 to 05) as they were issued: facts fixed, and the PDF from the
-- first time it was made.
CREATE TABLE dossiers_slip (
    id             @id PRIMARY KEY,
    dossier        @id NOT NULL REFERENCES dossiers_dossier (id),
    form           TEXT NOT NULL,
    number         @int NOT NULL,
    issued_at      @time NOT NULL,
    issued_by      @id,
    issued_by_name TEXT NOT NULL,
    -- As what they signed it, and the agency whose paper it is.
    issued_as      TEXT NOT NULL,
    unit           @id NOT NULL,
    facts          TEXT NOT NULL,
    -- The PDF as it stands: signed from `signed_at` on.
    file           @id,
    sha256         TEXT,
    signing        TEXT NOT NULL,
    submission     @id,
    signed_at      @time
) @strict;
CREATE UNIQUE INDEX dossiers_slip_number ON dossiers_slip (dossier, form, number);

CREATE TABLE dossiers_result (
    dossier     @id PRIMARY KEY REFERENCES dossiers_dossier (id),
    -- Proposed until `issued_at` is set; approved, and waiting for its signatures, meanwhile.
    number      TEXT NOT NULL,
    title       TEXT NOT NULL,
    body        TEXT NOT NULL,
    proposed_by @id,
    signer      @id,
    signer_name TEXT NOT NULL,
    -- Lines as they stand above the name.
    signer_role TEXT NOT NULL,
    -- In whose place the signer decides.
    delegation  @id,
    unit        @id NOT NULL,
    unit_name   TEXT NOT NULL,
    owner       @id,
    approved_at @time,
    issued_at   @time,
    check_code  TEXT,
    facts       TEXT NOT NULL,
    file        @id,
    sha256      TEXT,
    signing     TEXT NOT NULL,
    submission  @id,
    signed_at   @time,
    handed_at   @time,
    handed_how  TEXT CHECK (handed_how IN ('person', 'online', 'post')),
    handed_to   TEXT NOT NULL
) @strict;
CREATE UNIQUE INDEX dossiers_result_check_code ON dossiers_result (check_code);
CREATE INDEX dossiers_result_owner ON dossiers_result (owner, issued_at);

CREATE TABLE dossiers_rating (
    dossier @id PRIMARY KEY REFERENCES dossiers_dossier (id),
    stars   @int NOT NULL CHECK (stars BETWEEN 1 AND 5),
    words   TEXT NOT NULL,
    at      @time NOT NULL,
    account @id
) @strict;

-- Guesses at a dossier by number and phone, counted by a hash of the number.
CREATE TABLE dossiers_track_try (
    key      TEXT PRIMARY KEY,
    failures @int NOT NULL,
    last_at  @time NOT NULL
) @strict;
CREATE INDEX dossiers_track_try_last_at ON dossiers_track_try (last_at);
