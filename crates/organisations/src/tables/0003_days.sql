-- Until which day it was told that units begin or are no longer on it.
CREATE TABLE organisations_day (
    id @int PRIMARY KEY,
    told_until TEXT
) @strict;
INSERT INTO organisations_day (id) VALUES (1);
