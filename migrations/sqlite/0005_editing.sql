-- Where the records of a dataset come from: files that are imported (`file`), or editors who add them (`own`).
ALTER TABLE dataset ADD COLUMN kind TEXT NOT NULL DEFAULT 'file' CHECK (kind IN ('file', 'own'));

-- What editors say of a place, apart from what files say, so that no import destroys it. `state` is JSON: values by
-- field, hidden fields, former names, the geometry when it was moved. `version` counts the place's edits.
CREATE TABLE place_override (
    place   TEXT   PRIMARY KEY REFERENCES place (id),
    layer   TEXT   NOT NULL REFERENCES layer (id),
    version BIGINT NOT NULL,
    state   TEXT   NOT NULL
);
CREATE INDEX place_override_layer ON place_override (layer);

-- The history of each place: what editors said from then on (`state`), and what that changed (`changes`, JSON).
-- Nothing of it is changed or deleted, but after the retention period values may be erased from it.
CREATE TABLE place_edit (
    place     TEXT   NOT NULL REFERENCES place (id),
    version   BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    account   TEXT   NOT NULL REFERENCES account (id),
    kind      TEXT   NOT NULL CHECK (kind IN ('create', 'change', 'retire', 'restore', 'undo')),
    undone_to BIGINT,
    reason    TEXT   NOT NULL,
    state     TEXT   NOT NULL,
    changes   TEXT   NOT NULL,
    erased_at BIGINT,
    PRIMARY KEY (place, version)
);

-- Each time that somebody confirmed a dataset to be still true. `undone` when they took it back.
CREATE TABLE dataset_confirmation (
    id      TEXT    PRIMARY KEY,
    dataset TEXT    NOT NULL REFERENCES dataset (id),
    at      BIGINT  NOT NULL,
    account TEXT    NOT NULL REFERENCES account (id),
    day     TEXT    NOT NULL,
    before  TEXT,
    undone  BOOLEAN NOT NULL
);
CREATE INDEX dataset_confirmation_dataset ON dataset_confirmation (dataset, at);

CREATE TRIGGER place_edit_no_delete BEFORE DELETE ON place_edit
BEGIN SELECT raise(ABORT, 'the history of a place is never deleted'); END;
CREATE TRIGGER place_edit_no_update BEFORE UPDATE ON place_edit
WHEN OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL OR NEW.place <> OLD.place OR NEW.version <> OLD.version
    OR NEW.at <> OLD.at OR NEW.account <> OLD.account OR NEW.kind <> OLD.kind OR NEW.reason <> OLD.reason
BEGIN SELECT raise(ABORT, 'the history of a place is never changed'); END;
