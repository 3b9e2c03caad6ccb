-- Which revision of the catalogue a change made, so that others can ask what came after the one they
-- know. Of earlier changes nobody knows: they count as new to whoever asks.
ALTER TABLE organisations_change ADD COLUMN revision @int NOT NULL DEFAULT 0;
UPDATE organisations_change SET revision = (SELECT revision FROM organisations_tree WHERE id = 1);
CREATE INDEX organisations_change_revision ON organisations_change (revision);
