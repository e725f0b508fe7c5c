-- Where walks went, over the years.

-- The stops of a route that a walk visited, as a set: many walks are alike. `stops` is JSON, a list of ids in their order; `digest` is
-- the SHA-256 of both.
CREATE TABLE walk_pattern (
    id     BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    route  TEXT NOT NULL REFERENCES route (id),
    stops  TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE
);

-- Empty where no visit is accepted.
ALTER TABLE walk ADD COLUMN pattern BIGINT REFERENCES walk_pattern (id);
CREATE INDEX walk_pattern_year ON walk (fiscal_year, pattern, day);

-- Walks that were forgotten when their period of retention ended: how many there were.
CREATE TABLE walk_total (
    fiscal_year BIGINT NOT NULL,
    pattern     BIGINT NOT NULL REFERENCES walk_pattern (id),
    walks       BIGINT NOT NULL,
    completed   BIGINT NOT NULL,
    PRIMARY KEY (fiscal_year, pattern)
);

-- The figures of a year whose people were forgotten. `by_what` and `group_key` as in the report, but 'all' for everybody; `name` as
-- it was then. Small groups are not kept.
CREATE TABLE programme_total (
    programme   TEXT   NOT NULL REFERENCES programme (id),
    fiscal_year BIGINT NOT NULL,
    by_what     TEXT   NOT NULL,
    group_key   TEXT   NOT NULL,
    name        TEXT,
    due         BIGINT NOT NULL,
    completed   BIGINT NOT NULL,
    begun       BIGINT NOT NULL,
    overdue     BIGINT NOT NULL,
    deferred    BIGINT NOT NULL,
    exempt      BIGINT NOT NULL,
    PRIMARY KEY (programme, fiscal_year, by_what, group_key)
);

-- Walks that are known already are derived again, to see which stops they visited.
INSERT INTO walk_stale (account, route, fiscal_year)
SELECT a.id, w.route, w.fiscal_year FROM walk w JOIN account a ON a.staff = w.staff;
