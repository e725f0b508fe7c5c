-- What councils' people take part in (参加), and what residents hand over (引き継ぎ). Moments are microseconds since 1970.

-- 集まり: when, where, for which councils; no persons. `sealed`: the key of the rotating codes and who calls the roll; empty since it is not
-- known any more who took part (`erased_at`). Without a row in gathering_council it is every council's.
CREATE TABLE gathering (
    id           TEXT   PRIMARY KEY,
    version      BIGINT NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('meeting', 'assembly', 'drill', 'storehouse_check')),
    duty         TEXT   NOT NULL CHECK (duty IN ('official', 'overtime', 'exempted', 'private')),
    title        TEXT   NOT NULL,
    place        TEXT   NOT NULL,
    longitude    DOUBLE PRECISION,
    latitude     DOUBLE PRECISION,
    starts_at    BIGINT NOT NULL,
    duration_min BIGINT NOT NULL CHECK (duration_min > 0),
    note         TEXT   NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('planned', 'cancelled', 'held')),
    reason       TEXT   NOT NULL,
    sealed       BYTEA,
    updated_at   BIGINT NOT NULL,
    erased_at    BIGINT,
    CHECK ((erased_at IS NULL) = (sealed IS NOT NULL))
);
CREATE INDEX gathering_starts ON gathering (starts_at, id);

CREATE TABLE gathering_council (
    gathering TEXT NOT NULL REFERENCES gathering (id),
    council   TEXT NOT NULL,
    PRIMARY KEY (gathering, council)
);

-- Who means to come. People are residencies, whose ids are drawn at random: without the register's key nothing follows from them. No
-- reference: a residency is erased after its own period.
CREATE TABLE gathering_sign_up (
    gathering TEXT NOT NULL REFERENCES gathering (id),
    residency TEXT NOT NULL,
    sealed    BYTEA NOT NULL,
    PRIMARY KEY (gathering, residency)
);
CREATE INDEX gathering_sign_up_residency ON gathering_sign_up (residency);

-- Each mark of a roll-call or by a code. Nothing is changed; of each person the latest by its own time counts. `id` comes from the phone.
CREATE TABLE gathering_mark (
    id        TEXT PRIMARY KEY,
    gathering TEXT NOT NULL REFERENCES gathering (id),
    residency TEXT NOT NULL,
    sealed    BYTEA NOT NULL
);
CREATE INDEX gathering_mark_gathering ON gathering_mark (gathering);
CREATE INDEX gathering_mark_residency ON gathering_mark (residency);

-- What somebody hands over when they move out: one note of each residency. `changed_on`: what is past its period is found without the key.
CREATE TABLE handover_note (
    id         TEXT   PRIMARY KEY,
    residency  TEXT   NOT NULL UNIQUE,
    version    BIGINT NOT NULL,
    state      TEXT   NOT NULL CHECK (state IN ('written', 'returned', 'released')),
    changed_on TEXT   NOT NULL,
    sealed     BYTEA   NOT NULL
);
CREATE INDEX handover_note_changed ON handover_note (changed_on);

INSERT INTO retention_period (class, amount, unit, counted_from, reason) VALUES
    ('participation', 5, 'years', 'fiscal_year_end', ''),
    ('handovers', 3, 'years', 'fiscal_year_end', '');

-- Notices to residents name them by the id of their residency: a plain notice about a gathering would tell who lives in disaster housing.
ALTER TABLE notice ALTER COLUMN staff DROP NOT NULL;
ALTER TABLE notice ADD COLUMN pseudonym TEXT;
ALTER TABLE notice ADD CHECK ((staff IS NULL) = (pseudonym IS NOT NULL));
CREATE INDEX notice_pseudonym ON notice (pseudonym, id);
