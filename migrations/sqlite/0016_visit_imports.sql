-- What trainers took in from files that phones wrote. Moments are microseconds since 1970.

-- Anybody can write such a file. So what is in it counts only when its owner's phone sends the same (`sent_at`), or when another
-- trainer than the one who imported it (`account`) accepts the visit. Until then `outcome` and `by_photo` are what the
-- rule said, and the visit or the addition itself stays pending. A photo is here, and shows nothing yet.
CREATE TABLE visit_import (
    visit    TEXT    NOT NULL REFERENCES visit (id) ON UPDATE CASCADE,
    kind     TEXT    NOT NULL CHECK (kind IN ('visit', 'addition', 'photo')),
    item     TEXT    NOT NULL,
    account  TEXT    NOT NULL REFERENCES account (id),
    at       BIGINT  NOT NULL,
    outcome  TEXT    NOT NULL CHECK (outcome IN ('accepted', 'pending')),
    by_photo BOOLEAN NOT NULL,
    sent_at  BIGINT,
    PRIMARY KEY (visit, kind, item)
);

CREATE TABLE observation_import (
    observation TEXT   PRIMARY KEY REFERENCES observation (id) ON UPDATE CASCADE,
    account     TEXT   NOT NULL REFERENCES account (id),
    at          BIGINT NOT NULL,
    sent_at     BIGINT
);

-- That the phone sent it is noted once; else only the erasure touches it.
CREATE TRIGGER visit_import_no_update BEFORE UPDATE ON visit_import
WHEN NEW.kind <> OLD.kind OR NEW.item <> OLD.item OR NEW.account <> OLD.account OR NEW.at <> OLD.at
    OR NEW.outcome <> OLD.outcome OR NEW.by_photo <> OLD.by_photo
    OR NOT (
        (NEW.visit = OLD.visit AND OLD.sent_at IS NULL AND NEW.sent_at IS NOT NULL)
        OR (NEW.visit <> OLD.visit AND NEW.sent_at IS NOT DISTINCT FROM OLD.sent_at
            AND NOT EXISTS (SELECT 1 FROM visit WHERE id = OLD.visit)))
BEGIN SELECT raise(ABORT, 'of an import only that its phone sent it is noted, once'); END;
CREATE TRIGGER visit_import_no_delete BEFORE DELETE ON visit_import
WHEN (SELECT erased_at FROM visit WHERE id = OLD.visit) IS NULL
BEGIN SELECT raise(ABORT, 'that a visit was imported goes with the visit alone'); END;
CREATE TRIGGER observation_import_no_update BEFORE UPDATE ON observation_import
WHEN NEW.account <> OLD.account OR NEW.at <> OLD.at
    OR NOT (
        (NEW.observation = OLD.observation AND OLD.sent_at IS NULL AND NEW.sent_at IS NOT NULL)
        OR (NEW.observation <> OLD.observation AND NEW.sent_at IS NOT DISTINCT FROM OLD.sent_at
            AND NOT EXISTS (SELECT 1 FROM observation WHERE id = OLD.observation)))
BEGIN SELECT raise(ABORT, 'of an import only that its phone sent it is noted, once'); END;
CREATE TRIGGER observation_import_no_delete BEFORE DELETE ON observation_import
WHEN (SELECT erased_at FROM observation WHERE id = OLD.observation) IS NULL
BEGIN SELECT raise(ABORT, 'that an observation was imported goes with it alone'); END;

-- What its phone sent after all may count, and complete a walk.
CREATE TRIGGER visit_import_sent_stale AFTER UPDATE ON visit_import
WHEN OLD.sent_at IS NULL AND NEW.sent_at IS NOT NULL
BEGIN
    INSERT INTO walk_stale (account, route, fiscal_year)
    SELECT account, route, CAST(substr(day, 1, 4) AS BIGINT) - (substr(day, 6, 2) < '04') FROM visit WHERE id = NEW.visit;
END;
