-- Which news the webhook of a system is told.
CREATE TABLE axis_webhook_topic (
    system_id TEXT NOT NULL REFERENCES axis_webhook (system_id),
    topic TEXT NOT NULL,
    PRIMARY KEY (system_id, topic)
) @strict;
INSERT INTO axis_webhook_topic (system_id, topic) SELECT system_id, 'documents' FROM axis_webhook;
INSERT INTO axis_webhook_topic (system_id, topic) SELECT system_id, 'statuses' FROM axis_webhook;

-- What a webhook has still to tell the sender of a packet: a station of its trace.
CREATE TABLE axis_push_station (
    system_id TEXT NOT NULL REFERENCES axis_webhook (system_id),
    event @id NOT NULL REFERENCES axis_event (id),
    PRIMARY KEY (system_id, event)
) @strict;
