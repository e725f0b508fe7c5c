-- Visits of walkers to stops. Days are ISO 8601 text (Tokyo); moments are microseconds since 1970. Nothing here is changed
-- or deleted, but after the retention period all is erased except who was at which stop on which day, and the outcome.

-- A visit as it arrived. `at` and `offset_s` are what the phone said, `clock_off_s` by how much its clock differed when it
-- sent, `received_at` is ours. `evidence` is JSON: what was shown, and what the rule `rule` said of each.
-- `outcome` is what the rule said at arrival (after erasure: what counted in the end); decisions, additions and photos
-- come on top. `by_photo`: it is accepted once a photo is here. `digest` is over the item as it was sent.
CREATE TABLE visit (
    id            TEXT    PRIMARY KEY,
    account       TEXT    NOT NULL REFERENCES account (id),
    route         TEXT    NOT NULL REFERENCES route (id),
    route_version TEXT    NOT NULL REFERENCES route_version (id),
    stop          TEXT    NOT NULL REFERENCES route_stop (id),
    day           TEXT    NOT NULL,
    at            BIGINT,
    offset_s      BIGINT,
    received_at   BIGINT,
    clock_off_s   BIGINT,
    digest        BLOB,
    rule          TEXT    NOT NULL,
    outcome       TEXT    NOT NULL CHECK (outcome IN ('accepted', 'pending', 'rejected')),
    by_photo      BOOLEAN NOT NULL,
    verdict       TEXT    CHECK (verdict IN ('inside', 'undecidable', 'outside')),
    flags         TEXT    NOT NULL,
    evidence      TEXT,
    note          TEXT,
    erased_at     BIGINT
);
CREATE INDEX visit_account ON visit (account, day);
CREATE INDEX visit_day ON visit (day) WHERE erased_at IS NULL;
CREATE INDEX visit_pending ON visit (id) WHERE outcome = 'pending';

-- What the owner added to a visit later.
CREATE TABLE visit_addition (
    id          TEXT    PRIMARY KEY,
    visit       TEXT    NOT NULL REFERENCES visit (id) ON UPDATE CASCADE,
    at          BIGINT  NOT NULL,
    offset_s    BIGINT  NOT NULL,
    received_at BIGINT  NOT NULL,
    digest      BLOB    NOT NULL,
    rule        TEXT    NOT NULL,
    outcome     TEXT    NOT NULL CHECK (outcome IN ('accepted', 'pending')),
    by_photo    BOOLEAN NOT NULL,
    verdict     TEXT    CHECK (verdict IN ('inside', 'undecidable', 'outside')),
    flags       TEXT    NOT NULL,
    evidence    TEXT    NOT NULL,
    note        TEXT
);
CREATE INDEX visit_addition_visit ON visit_addition (visit);

-- What trainers decided of a visit, step by step: the last one counts.
CREATE TABLE visit_decision (
    visit   TEXT   NOT NULL REFERENCES visit (id) ON UPDATE CASCADE,
    step    BIGINT NOT NULL,
    kind    TEXT   NOT NULL CHECK (kind IN ('accept', 'reject', 'void')),
    at      BIGINT NOT NULL,
    account TEXT   NOT NULL REFERENCES account (id),
    reason  TEXT   NOT NULL,
    PRIMARY KEY (visit, step)
);

-- Photos that are here, shrunk and without metadata. `digest` and `total` are of the file as it was sent.
CREATE TABLE visit_photo (
    visit        TEXT   NOT NULL REFERENCES visit (id) ON UPDATE CASCADE,
    id           TEXT   NOT NULL,
    digest       BLOB   NOT NULL,
    total        BIGINT NOT NULL,
    width        BIGINT NOT NULL,
    height       BIGINT NOT NULL,
    bytes        BLOB   NOT NULL,
    received_at  BIGINT NOT NULL,
    PRIMARY KEY (visit, id)
);

-- Parts of photos that are still on their way.
CREATE TABLE visit_photo_part (
    visit       TEXT   NOT NULL REFERENCES visit (id) ON UPDATE CASCADE,
    photo       TEXT   NOT NULL,
    start       BIGINT NOT NULL,
    total       BIGINT NOT NULL,
    bytes       BLOB   NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (visit, photo, start)
);

-- What walkers noticed on the way (気づき).
CREATE TABLE observation (
    id            TEXT    PRIMARY KEY,
    account       TEXT    NOT NULL REFERENCES account (id),
    day           TEXT    NOT NULL,
    at            BIGINT,
    offset_s      BIGINT,
    received_at   BIGINT,
    digest        BLOB,
    category      TEXT    NOT NULL,
    lon           DOUBLE PRECISION,
    lat           DOUBLE PRECISION,
    route_version TEXT    REFERENCES route_version (id),
    stop          TEXT    REFERENCES route_stop (id),
    body          TEXT,
    wants_answer  BOOLEAN NOT NULL,
    erased_at     BIGINT
);
CREATE INDEX observation_account ON observation (account, day);
CREATE INDEX observation_day ON observation (day) WHERE erased_at IS NULL;

-- Answers of trainers to observations.
CREATE TABLE observation_answer (
    observation TEXT   NOT NULL REFERENCES observation (id) ON UPDATE CASCADE,
    step        BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    account     TEXT   NOT NULL REFERENCES account (id),
    body        TEXT   NOT NULL,
    PRIMARY KEY (observation, step)
);

INSERT INTO retention_period (class, amount, unit, counted_from, reason) VALUES
    ('visits', 3, 'years', 'fiscal_year_end', ''),
    ('observations', 3, 'years', 'fiscal_year_end', '');

-- The only change of a row is its erasure, once. The phone's id holds the time of the tap: the erased row has another one, and
-- what belongs to it follows it.
CREATE TRIGGER visit_no_delete BEFORE DELETE ON visit
BEGIN SELECT raise(ABORT, 'a visit is never deleted'); END;
CREATE TRIGGER visit_no_update BEFORE UPDATE ON visit
WHEN OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL OR NEW.id = OLD.id OR NEW.account <> OLD.account
    OR NEW.route <> OLD.route OR NEW.route_version <> OLD.route_version OR NEW.stop <> OLD.stop OR NEW.day <> OLD.day
    OR NEW.rule <> OLD.rule OR NEW.verdict IS DISTINCT FROM OLD.verdict OR NEW.at IS NOT NULL OR NEW.offset_s IS NOT NULL
    OR NEW.received_at IS NOT NULL OR NEW.clock_off_s IS NOT NULL OR NEW.digest IS NOT NULL
    OR NEW.evidence IS NOT NULL OR NEW.note IS NOT NULL
BEGIN SELECT raise(ABORT, 'a visit is never changed'); END;
CREATE TRIGGER visit_addition_no_update BEFORE UPDATE ON visit_addition
WHEN NEW.visit = OLD.visit OR EXISTS (SELECT 1 FROM visit WHERE id = OLD.visit)
BEGIN SELECT raise(ABORT, 'what was added to a visit is never changed'); END;
CREATE TRIGGER visit_addition_no_delete BEFORE DELETE ON visit_addition
WHEN (SELECT erased_at FROM visit WHERE id = OLD.visit) IS NULL
BEGIN SELECT raise(ABORT, 'what was added to a visit goes with the visit alone'); END;
CREATE TRIGGER visit_decision_no_delete BEFORE DELETE ON visit_decision
BEGIN SELECT raise(ABORT, 'a decision is never deleted'); END;
CREATE TRIGGER visit_decision_no_update BEFORE UPDATE ON visit_decision
WHEN NEW.reason NOT IN ('', OLD.reason) OR NEW.step <> OLD.step OR NEW.kind <> OLD.kind OR NEW.at <> OLD.at
    OR NEW.account <> OLD.account OR (SELECT erased_at FROM visit WHERE id = NEW.visit) IS NULL
    OR (NEW.visit <> OLD.visit AND EXISTS (SELECT 1 FROM visit WHERE id = OLD.visit))
BEGIN SELECT raise(ABORT, 'a decision is never changed'); END;
CREATE TRIGGER observation_no_delete BEFORE DELETE ON observation
BEGIN SELECT raise(ABORT, 'an observation is never deleted'); END;
CREATE TRIGGER observation_no_update BEFORE UPDATE ON observation
WHEN OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL OR NEW.id = OLD.id OR NEW.account <> OLD.account
    OR NEW.day <> OLD.day OR NEW.category <> OLD.category OR NEW.at IS NOT NULL OR NEW.offset_s IS NOT NULL
    OR NEW.received_at IS NOT NULL OR NEW.digest IS NOT NULL OR NEW.lon IS NOT NULL OR NEW.lat IS NOT NULL
    OR NEW.body IS NOT NULL
BEGIN SELECT raise(ABORT, 'an observation is never changed'); END;
CREATE TRIGGER observation_answer_no_update BEFORE UPDATE ON observation_answer
WHEN NEW.observation = OLD.observation OR EXISTS (SELECT 1 FROM observation WHERE id = OLD.observation)
BEGIN SELECT raise(ABORT, 'an answer is never changed'); END;
CREATE TRIGGER observation_answer_no_delete BEFORE DELETE ON observation_answer
WHEN (SELECT erased_at FROM observation WHERE id = OLD.observation) IS NULL
BEGIN SELECT raise(ABORT, 'an answer goes with its observation alone'); END;
