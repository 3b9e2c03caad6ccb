-- Messages as they would have left: where no gateway is set, and in the demonstration.
CREATE TABLE platform_outbox (
    id @id PRIMARY KEY,
    channel TEXT NOT NULL CHECK (channel IN ('mail', 'sms')),
    key TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    at @time NOT NULL
) @strict;
CREATE UNIQUE INDEX platform_outbox_key ON platform_outbox (channel, key);
CREATE INDEX platform_outbox_at ON platform_outbox (at, id);
