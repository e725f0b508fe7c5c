-- Activations (発令) of those who live in disaster housing: who was a resident on the day, how each was told, what each answered. What is known of
-- them is sealed with a key that is not in the database (docs/register.md); in plain sight is what erasure needs, and how the rows hang together.

-- `ended_at`, in microseconds since 1970, is empty while it goes on: one at most does. `sequence` counts what has changed of it; whoever changes anything
-- counts first, so that what is counted is in the order in which it is seen.
CREATE TABLE housing_activation (
    id       TEXT   PRIMARY KEY,
    ended_at BIGINT,
    sequence BIGINT NOT NULL,
    sealed   BYTEA   NOT NULL
);
CREATE UNIQUE INDEX housing_activation_open ON housing_activation ((ended_at IS NULL)) WHERE ended_at IS NULL;
CREATE INDEX housing_activation_ended ON housing_activation (ended_at);

-- Who was a resident on the day, as it was then. Their residency may be erased before.
CREATE TABLE housing_roll (
    activation TEXT   NOT NULL REFERENCES housing_activation (id),
    residency  TEXT   NOT NULL,
    changed    BIGINT NOT NULL,
    sealed     BYTEA   NOT NULL,
    PRIMARY KEY (activation, residency)
);

-- What they answered. `resident` is a keyed digest of whose it is: with the key one's own are found, without it nothing follows from it.
CREATE TABLE housing_answer (
    id         TEXT   PRIMARY KEY,
    activation TEXT   NOT NULL REFERENCES housing_activation (id),
    sequence   BIGINT NOT NULL,
    resident   BYTEA   NOT NULL,
    sealed     BYTEA   NOT NULL,
    UNIQUE (activation, sequence)
);
CREATE INDEX housing_answer_resident ON housing_answer (activation, resident);

-- What is told to those who live in disaster housing names them by a pseudonym.
ALTER TABLE notice ALTER COLUMN staff DROP NOT NULL;
ALTER TABLE notice ADD COLUMN pseudonym TEXT;
ALTER TABLE notice ADD CHECK ((staff IS NULL) <> (pseudonym IS NULL));
CREATE INDEX notice_pseudonym ON notice (pseudonym) WHERE pseudonym IS NOT NULL;

INSERT INTO retention_period (class, amount, unit, counted_from, reason) VALUES ('roll_calls', 3, 'years', 'fiscal_year_end', '');
