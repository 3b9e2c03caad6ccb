-- The codes that go to a link, with all below them, from which day to which; '' is everything that
-- goes nowhere else. What was entered before has been so as long as anybody knows: since the
-- decision about the axis is in force.
ALTER TABLE axis_link_cover RENAME TO axis_link_cover_before;
CREATE TABLE axis_link_cover (
    prefix TEXT NOT NULL,
    link @id NOT NULL REFERENCES axis_link (id),
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    PRIMARY KEY (prefix, link, valid_from)
) @strict;
INSERT INTO axis_link_cover (prefix, link, valid_from)
    SELECT prefix, link, '2018-09-06' FROM axis_link_cover_before;
DROP TABLE axis_link_cover_before;
CREATE INDEX axis_link_cover_of_link ON axis_link_cover (link);
