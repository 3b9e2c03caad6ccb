-- Who decided what and when, also where somebody decided anew for the same moment.
ALTER TABLE axis_setting RENAME TO axis_setting_before;
CREATE TABLE axis_setting (
    name TEXT NOT NULL,
    valid_from @time NOT NULL,
    value @int NOT NULL,
    set_by TEXT NOT NULL,
    set_at @time NOT NULL,
    PRIMARY KEY (name, valid_from, set_at)
) @strict;
INSERT INTO axis_setting (name, valid_from, value, set_by, set_at)
    SELECT name, valid_from, value, set_by, valid_from FROM axis_setting_before;
DROP TABLE axis_setting_before;
