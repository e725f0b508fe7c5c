-- The yearly training. Fiscal years are the year in which they begin. Days are ISO 8601 text (Tokyo); moments are microseconds
-- since 1970.

-- 研修プログラム. `ended_on`: the day from which it opens in no further year.
CREATE TABLE programme (
    id         TEXT   PRIMARY KEY,
    code       TEXT   NOT NULL UNIQUE,
    frequency  TEXT   NOT NULL CHECK (frequency IN ('yearly', 'once')),
    ended_on   TEXT,
    created_at BIGINT NOT NULL,
    created_by TEXT   REFERENCES account (id)
);

-- A programme in a fiscal year. `rule` is JSON: for whom, what counts, until when. From `opened_at` on it is frozen.
-- `version` counts changes from 1. `updated_by` is empty where the programme rolled over by itself.
CREATE TABLE programme_year (
    programme   TEXT   NOT NULL REFERENCES programme (id),
    fiscal_year BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    rule        TEXT   NOT NULL,
    opened_at   BIGINT,
    updated_at  BIGINT NOT NULL,
    updated_by  TEXT   REFERENCES account (id),
    PRIMARY KEY (programme, fiscal_year)
);

-- 受講義務: how a person stands to a programme in a fiscal year, from the day `since` on. Of the steps that have begun by a day the
-- last one counts on it: a late correction of the roster is a further step, and nothing is overwritten. `reason` says why by
-- `rule`; who they were then (`department`, `tier`, `employment`) is kept, so that no transfer rewrites the past.
-- `change` tells what is new since somebody last looked.
CREATE TABLE obligation (
    programme   TEXT   NOT NULL,
    fiscal_year BIGINT NOT NULL,
    staff       TEXT   NOT NULL REFERENCES staff (id),
    step        BIGINT NOT NULL,
    since       TEXT   NOT NULL,
    state       TEXT   NOT NULL CHECK (state IN ('due', 'prorated', 'deferred', 'exempt', 'ended')),
    reason      TEXT   NOT NULL,
    rule        TEXT   NOT NULL,
    routes      BIGINT NOT NULL CHECK (routes >= 0),
    due_on      TEXT,
    department  TEXT   NOT NULL REFERENCES department (id),
    tier        TEXT   NOT NULL,
    employment  TEXT   NOT NULL,
    change      BIGINT NOT NULL,
    PRIMARY KEY (programme, fiscal_year, staff, step),
    FOREIGN KEY (programme, fiscal_year) REFERENCES programme_year (programme, fiscal_year)
);
CREATE INDEX obligation_staff ON obligation (staff, fiscal_year);
CREATE INDEX obligation_change ON obligation (fiscal_year, change);

-- What somebody asks for, or HR does of its own accord: to be exempt, to have more time, or to have what was done at a desk
-- count. `granted` is empty until HR decides. `day`: the day of the desk study; `until`: the day by which it is due then.
CREATE TABLE exemption (
    id          TEXT    PRIMARY KEY,
    programme   TEXT    NOT NULL,
    fiscal_year BIGINT  NOT NULL,
    staff       TEXT    NOT NULL REFERENCES staff (id),
    kind        TEXT    NOT NULL CHECK (kind IN ('exempt', 'deferred', 'desk')),
    day         TEXT,
    until       TEXT,
    reason      TEXT    NOT NULL,
    asked_at    BIGINT  NOT NULL,
    asked_by    TEXT    NOT NULL REFERENCES account (id),
    granted     BOOLEAN,
    answer      TEXT    NOT NULL,
    decided_at  BIGINT,
    decided_by  TEXT    REFERENCES account (id),
    change      BIGINT  NOT NULL,
    erased_at   BIGINT,
    FOREIGN KEY (programme, fiscal_year) REFERENCES programme_year (programme, fiscal_year),
    CHECK ((granted IS NULL) = (decided_at IS NULL))
);
CREATE INDEX exemption_staff ON exemption (staff, fiscal_year);
CREATE INDEX exemption_change ON exemption (fiscal_year, change);
CREATE INDEX exemption_open ON exemption (asked_at, id) WHERE granted IS NULL;

-- 受講(一回り): a person, a route, a fiscal year. Derived from the visits, and only kept so that the whole ward can be counted in
-- no time. The day on which it was complete: by any accepted visits, by such as prove that somebody was there, and with an
-- outing. `last_walked`: the fiscal year in which they had completed the route before.
CREATE TABLE walk (
    staff       TEXT   NOT NULL REFERENCES staff (id),
    route       TEXT   NOT NULL REFERENCES route (id),
    fiscal_year BIGINT NOT NULL,
    day         TEXT,
    proven_day  TEXT,
    outing_day  TEXT,
    last_walked BIGINT,
    change      BIGINT NOT NULL,
    PRIMARY KEY (staff, route, fiscal_year)
);
CREATE INDEX walk_change ON walk (fiscal_year, change);

-- Walks that something happened to since they were derived. Only added to and taken from: nobody waits for anybody here.
CREATE TABLE walk_stale (
    id          BIGINT  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    account     TEXT    NOT NULL,
    route       TEXT    NOT NULL,
    fiscal_year BIGINT  NOT NULL
);
INSERT INTO walk_stale (account, route, fiscal_year)
SELECT DISTINCT account, route, CAST(substr(day, 1, 4) AS BIGINT) - CASE WHEN substr(day, 6, 2) < '04' THEN 1 ELSE 0 END FROM visit;

CREATE FUNCTION visit_stale() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO walk_stale (account, route, fiscal_year)
    VALUES (NEW.account, NEW.route, CAST(substr(NEW.day, 1, 4) AS BIGINT) - CASE WHEN substr(NEW.day, 6, 2) < '04' THEN 1 ELSE 0 END);
    RETURN NULL;
END $$;
CREATE FUNCTION visit_part_stale() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO walk_stale (account, route, fiscal_year)
    SELECT account, route, CAST(substr(day, 1, 4) AS BIGINT) - CASE WHEN substr(day, 6, 2) < '04' THEN 1 ELSE 0 END FROM visit WHERE id = NEW.visit;
    RETURN NULL;
END $$;
CREATE TRIGGER visit_insert_stale AFTER INSERT ON visit FOR EACH ROW EXECUTE FUNCTION visit_stale();
CREATE TRIGGER visit_decision_insert_stale AFTER INSERT ON visit_decision FOR EACH ROW EXECUTE FUNCTION visit_part_stale();
CREATE TRIGGER visit_addition_insert_stale AFTER INSERT ON visit_addition FOR EACH ROW EXECUTE FUNCTION visit_part_stale();
CREATE TRIGGER visit_photo_insert_stale AFTER INSERT ON visit_photo FOR EACH ROW EXECUTE FUNCTION visit_part_stale();

-- Counts changes of obligations, exemptions and walks. Whoever changes one holds the row until the end, so that what is read up
-- to a number is all there is up to it. `erasures` counts how often anything was taken away. `assessed_on`, `roster`: the day and
-- the roster by which obligations were last assessed; only one server does, until `claimed_until`.
CREATE TABLE training_state (
    id            BIGINT PRIMARY KEY CHECK (id = 1),
    change        BIGINT NOT NULL,
    erasures      BIGINT NOT NULL,
    assessed_on   TEXT   NOT NULL,
    roster        BIGINT NOT NULL,
    claimed_until BIGINT NOT NULL
);
INSERT INTO training_state (id, change, erasures, assessed_on, roster, claimed_until) VALUES (1, 0, 0, '', -1, 0);

INSERT INTO retention_period (class, amount, unit, counted_from, reason) VALUES
    ('training', 10, 'years', 'fiscal_year_end', '');

CREATE FUNCTION training_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what was opened, assessed or decided is never changed'; END $$;
CREATE TRIGGER programme_year_frozen BEFORE UPDATE ON programme_year FOR EACH ROW
WHEN (OLD.opened_at IS NOT NULL) EXECUTE FUNCTION training_refuse();
CREATE TRIGGER programme_year_no_delete BEFORE DELETE ON programme_year FOR EACH ROW
WHEN (OLD.opened_at IS NOT NULL) EXECUTE FUNCTION training_refuse();
CREATE TRIGGER obligation_no_update BEFORE UPDATE ON obligation FOR EACH ROW EXECUTE FUNCTION training_refuse();
CREATE TRIGGER exemption_decided_once BEFORE UPDATE ON exemption FOR EACH ROW
WHEN (OLD.granted IS NOT NULL AND NEW.erased_at IS NULL) EXECUTE FUNCTION training_refuse();
