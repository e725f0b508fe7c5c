-- Guided outings (実施回). Moments are microseconds since 1970.

-- `version` counts changes from 1. `secret` makes the rotating codes and names the visits of those who were there; it never
-- leaves the server. `report` is what hosts are thanked with. `erased_at`: since when it is not known any more who took part;
-- then `secret` is all zeros and `created_by` is gone.
CREATE TABLE outing (
    id            TEXT   PRIMARY KEY,
    version       BIGINT NOT NULL,
    department    TEXT   NOT NULL REFERENCES department (id),
    route_version TEXT   NOT NULL REFERENCES route_version (id),
    starts_at     BIGINT NOT NULL,
    duration_min  BIGINT NOT NULL CHECK (duration_min > 0),
    meeting_point TEXT   NOT NULL,
    capacity      BIGINT NOT NULL CHECK (capacity > 0),
    state         TEXT   NOT NULL CHECK (state IN ('planned', 'cancelled', 'held')),
    reason        TEXT   NOT NULL,
    report        TEXT   NOT NULL,
    secret        BYTEA  NOT NULL,
    created_at    BIGINT NOT NULL,
    created_by    TEXT   REFERENCES account (id),
    updated_at    BIGINT NOT NULL,
    erased_at     BIGINT
);
CREATE INDEX outing_starts ON outing (starts_at, id);

CREATE TABLE outing_trainer (
    outing TEXT NOT NULL REFERENCES outing (id),
    staff  TEXT NOT NULL REFERENCES staff (id),
    PRIMARY KEY (outing, staff)
);
CREATE INDEX outing_trainer_staff ON outing_trainer (staff);

-- Who welcomes the group: organisations, never a person's name. They have no account: only the hash of the token of
-- their one-time link is kept. `by_phone`: a trainer wrote down what they said.
CREATE TABLE outing_host (
    id          TEXT    PRIMARY KEY,
    outing      TEXT    NOT NULL REFERENCES outing (id),
    rank        BIGINT  NOT NULL,
    kind        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    token       BYTEA   UNIQUE,
    asked_at    BIGINT,
    expires_at  BIGINT,
    answer      TEXT    CHECK (answer IN ('yes', 'no')),
    message     TEXT,
    answered_at BIGINT,
    by_phone    BOOLEAN NOT NULL
);
CREATE INDEX outing_host_outing ON outing_host (outing, rank);

-- Who takes part, waits for a place, or was put forward by their department (所属推薦) and waits for the trainer's decision
-- (受講決定). `position` is the order in which they came.
CREATE TABLE sign_up (
    outing       TEXT   NOT NULL REFERENCES outing (id),
    staff        TEXT   NOT NULL REFERENCES staff (id),
    state        TEXT   NOT NULL CHECK (state IN ('nominated', 'confirmed', 'waiting', 'refused', 'withdrawn')),
    position     BIGINT NOT NULL,
    nominated_by TEXT   REFERENCES account (id),
    changed_at   BIGINT NOT NULL,
    PRIMARY KEY (outing, staff)
);
CREATE INDEX sign_up_queue ON sign_up (outing, state, position);
CREATE INDEX sign_up_staff ON sign_up (staff, state);

-- Each mark of a roll-call, as the trainer's phone made it; the latest by its own time counts. `id` comes from the phone.
CREATE TABLE outing_mark (
    id          TEXT    PRIMARY KEY,
    outing      TEXT    NOT NULL REFERENCES outing (id),
    staff       TEXT    NOT NULL REFERENCES staff (id),
    present     BOOLEAN NOT NULL,
    by_code     BOOLEAN NOT NULL,
    marked_at   BIGINT  NOT NULL,
    received_at BIGINT  NOT NULL,
    account     TEXT    NOT NULL REFERENCES account (id)
);
CREATE INDEX outing_mark_staff ON outing_mark (outing, staff, marked_at, id);

-- The address of somebody's calendar. Only the token's hash is kept.
CREATE TABLE calendar_feed (
    token      BYTEA  PRIMARY KEY,
    staff      TEXT   NOT NULL UNIQUE REFERENCES staff (id),
    created_at BIGINT NOT NULL
);

INSERT INTO retention_period (class, amount, unit, counted_from, reason) VALUES
    ('outings', 5, 'years', 'fiscal_year_end', '');
