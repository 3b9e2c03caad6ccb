-- A link, a desk or the last system of an agency has ended: what waited there leaves it in
-- portions, in the order of acceptance.
CREATE TABLE axis_leaving (
    id @id PRIMARY KEY,
    route TEXT NOT NULL CHECK (route IN ('mailbox', 'desk', 'link')),
    -- Of a link that has ended; else the recipient that had the desk or the mailbox.
    link @id,
    to_key TEXT NOT NULL,
    since @time NOT NULL,
    portions @int NOT NULL,
    CHECK ((route = 'link') = (link IS NOT NULL))
) @strict;

-- What came while an earlier packet about the same document had no way goes behind that one.
ALTER TABLE axis_delivery ADD COLUMN behind @id;
-- When what was stranded was given a way.
ALTER TABLE axis_delivery ADD COLUMN sent_on_at @time;

-- What waits and goes nowhere: stranded, or still where a way has ended. What came there after the
-- desk was opened again, or another system spoke for the agency, has its way.
CREATE VIEW axis_wayless AS
    SELECT d.id, d.from_key, d.document_id, d.to_code FROM axis_delivery d
    WHERE d.transport = 'initial' AND d.recalled_at IS NULL
        AND (d.route = 'nowhere' OR EXISTS (SELECT 1 FROM axis_leaving l
            WHERE l.route = d.route AND (l.link = d.link OR l.to_key = d.to_key)
                AND NOT EXISTS (SELECT 1 FROM axis_desk k WHERE l.route = 'desk'
                    AND k.unit = d.to_unit
                    AND k.opened_at <= COALESCE(d.sent_on_at, d.accepted_at))
                AND NOT EXISTS (SELECT 1 FROM axis_system_agency a WHERE l.route = 'mailbox'
                    AND a.agency = d.to_key
                    AND a.since <= COALESCE(d.sent_on_at, d.accepted_at))));
