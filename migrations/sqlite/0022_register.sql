-- The register of disaster housing, and which council each home belongs to. What is known of a building, a unit, a resident or a decision
-- is sealed with a key that is not in the database (docs/register.md): here are ids, drawn at random, and how they hang together.

-- Counts the changes of the register. Whoever changes it begins with this row: that nobody lives in two homes, and no home has two
-- residents, is seen only by whoever has opened all of them.
CREATE TABLE register_state (
    id      BIGINT PRIMARY KEY CHECK (id = 1),
    version BIGINT NOT NULL
);
INSERT INTO register_state (id, version) VALUES (1, 0);

-- 災害対策住宅.
CREATE TABLE housing (
    id      TEXT   PRIMARY KEY,
    version BIGINT NOT NULL,
    sealed  BLOB   NOT NULL
);

CREATE TABLE housing_unit (
    id      TEXT   PRIMARY KEY,
    housing TEXT   NOT NULL REFERENCES housing (id),
    version BIGINT NOT NULL,
    sealed  BLOB   NOT NULL
);
CREATE INDEX housing_unit_housing ON housing_unit (housing);

-- 入居. `staff` is a keyed digest of who lives there: with the key their homes are found, without it nothing follows from it. `ended_on` is
-- the last day, where it is known: what is past its retention period is found without the key.
CREATE TABLE residency (
    id       TEXT   PRIMARY KEY,
    unit     TEXT   NOT NULL REFERENCES housing_unit (id),
    version  BIGINT NOT NULL,
    staff    BLOB   NOT NULL,
    ended_on TEXT,
    sealed   BLOB   NOT NULL
);
CREATE INDEX residency_unit ON residency (unit);
CREATE INDEX residency_staff ON residency (staff);
CREATE INDEX residency_ended ON residency (ended_on);

-- 担当協議会: what was decided of a residency, one decision after the other. Nothing is changed; a later decision counts instead.
CREATE TABLE council_decision (
    residency TEXT   NOT NULL REFERENCES residency (id),
    number    BIGINT NOT NULL,
    sealed    BLOB   NOT NULL,
    PRIMARY KEY (residency, number)
);

-- Which councils look after which school district (通学区域). Both are places of the map. `council` is empty while it is undecided.
CREATE TABLE council_district (
    district   TEXT NOT NULL,
    council    TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL DEFAULT '9999-12-31',
    note       TEXT NOT NULL,
    PRIMARY KEY (district, council, valid_from)
);

-- Homes whose address begins so belong to a council.
CREATE TABLE council_address_rule (
    id         TEXT PRIMARY KEY,
    beginning  TEXT NOT NULL,
    council    TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL DEFAULT '9999-12-31'
);

INSERT INTO retention_period (class, amount, unit, counted_from, reason) VALUES ('residencies', 3, 'years', 'fiscal_year_end', '');
