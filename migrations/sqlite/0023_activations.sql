-- Activations (発令) of those who live in disaster housing: who was a resident on the day, how each was told, what each answered. What is known of
-- them is sealed with a key that is not in the database (docs/register.md); in plain sight is what erasure needs, and how the rows hang together.

-- `ended_at`, in microseconds since 1970, is empty while it goes on: one at most does. `sequence` counts what has changed of it; whoever changes anything
-- counts first, so that what is counted is in the order in which it is seen.
CREATE TABLE housing_activation (
    id       TEXT   PRIMARY KEY,
    ended_at BIGINT,
    sequence BIGINT NOT NULL,
    sealed   BLOB   NOT NULL
);
CREATE UNIQUE INDEX housing_activation_open ON housing_activation ((ended_at IS NULL)) WHERE ended_at IS NULL;
CREATE INDEX housing_activation_ended ON housing_activation (ended_at);

-- Who was a resident on the day, as it was then. Their residency may be erased before.
CREATE TABLE housing_roll (
    activation TEXT   NOT NULL REFERENCES housing_activation (id),
    residency  TEXT   NOT NULL,
    changed    BIGINT NOT NULL,
    sealed     BLOB   NOT NULL,
    PRIMARY KEY (activation, residency)
);

-- What they answered. `resident` is a keyed digest of whose it is: with the key one's own are found, without it nothing follows from it.
CREATE TABLE housing_answer (
    id         TEXT   PRIMARY KEY,
    activation TEXT   NOT NULL REFERENCES housing_activation (id),
    sequence   BIGINT NOT NULL,
    resident   BLOB   NOT NULL,
    sealed     BLOB   NOT NULL,
    UNIQUE (activation, sequence)
);
CREATE INDEX housing_answer_resident ON housing_answer (activation, resident);

-- What is told to those who live in disaster housing names them by a pseudonym. A column that may be empty needs a table made anew.
CREATE TABLE notice_anew (
    id         TEXT    PRIMARY KEY,
    staff      TEXT    REFERENCES staff (id),
    pseudonym  TEXT,
    kind       TEXT    NOT NULL,
    payload    TEXT    NOT NULL,
    dedup      TEXT    NOT NULL UNIQUE,
    urgent     BOOLEAN NOT NULL,
    created_at BIGINT  NOT NULL,
    due_at     BIGINT  NOT NULL,
    read_at    BIGINT,
    CHECK ((staff IS NULL) <> (pseudonym IS NULL))
);
CREATE TABLE delivery_anew (
    notice     TEXT   NOT NULL REFERENCES notice_anew (id) ON DELETE CASCADE,
    channel    TEXT   NOT NULL CHECK (channel IN ('app', 'mail')),
    state      TEXT   NOT NULL CHECK (state IN ('queued', 'claimed', 'failed', 'sent', 'given_up', 'withheld')),
    attempts   BIGINT NOT NULL,
    next_at    BIGINT NOT NULL,
    claim      TEXT,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (notice, channel),
    CHECK ((state = 'claimed') = (claim IS NOT NULL))
);
INSERT INTO notice_anew (id, staff, kind, payload, dedup, urgent, created_at, due_at, read_at)
SELECT id, staff, kind, payload, dedup, urgent, created_at, due_at, read_at FROM notice;
INSERT INTO delivery_anew (notice, channel, state, attempts, next_at, claim, changed_at)
SELECT notice, channel, state, attempts, next_at, claim, changed_at FROM delivery;
-- What refers to it first; renaming takes along what refers to the new one.
DROP TABLE delivery;
DROP TABLE notice;
ALTER TABLE notice_anew RENAME TO notice;
ALTER TABLE delivery_anew RENAME TO delivery;
CREATE INDEX notice_staff ON notice (staff, id);
CREATE INDEX notice_created ON notice (created_at);
CREATE INDEX notice_pseudonym ON notice (pseudonym) WHERE pseudonym IS NOT NULL;
CREATE INDEX delivery_next ON delivery (channel, next_at) WHERE state IN ('queued', 'claimed', 'failed');

INSERT INTO retention_period (class, amount, unit, counted_from, reason) VALUES ('roll_calls', 3, 'years', 'fiscal_year_end', '');
