-- The secret before the last, for as long as both open; and the power to enter agencies.
ALTER TABLE axis_system ADD COLUMN former_secret @bytes;
ALTER TABLE axis_system ADD COLUMN former_until @time;
ALTER TABLE axis_system ADD COLUMN registers @bool NOT NULL DEFAULT FALSE;

-- What systems with that power ask about the catalogue of agencies beyond their own part of it.
CREATE TABLE axis_agency_request (
    id @id PRIMARY KEY,
    system TEXT NOT NULL REFERENCES axis_system (id),
    act TEXT NOT NULL CHECK (act IN ('register', 'delete')),
    -- In capitals.
    code TEXT NOT NULL,
    -- The code above, as the system says it; it may say another than the code itself does.
    above TEXT NOT NULL,
    name TEXT NOT NULL,
    mail TEXT NOT NULL,
    phone TEXT NOT NULL,
    asked_at @time NOT NULL,
    decided_at @time,
    -- Confirmed, or turned down; none while it waits.
    is_confirmed @bool,
    decided_by TEXT,
    note TEXT
) @strict;
CREATE INDEX axis_agency_request_open ON axis_agency_request (asked_at) WHERE decided_at IS NULL;
CREATE INDEX axis_agency_request_code ON axis_agency_request (code, asked_at);
