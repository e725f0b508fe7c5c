-- How long each class of data is kept (保存年限). A class that has no row here is kept for the default that the program
-- knows. `counted_from`: the event itself, or the end of the fiscal year (31 March) in which it fell.
CREATE TABLE retention_period (
    class        TEXT   PRIMARY KEY,
    amount       BIGINT NOT NULL CHECK (amount > 0),
    unit         TEXT   NOT NULL CHECK (unit IN ('hours', 'days', 'months', 'years')),
    counted_from TEXT   NOT NULL CHECK (counted_from IN ('event', 'fiscal_year_end')),
    reason       TEXT   NOT NULL,
    changed_by   TEXT   REFERENCES account (id),
    changed_at   BIGINT
);
INSERT INTO retention_period (class, amount, unit, counted_from, reason) VALUES
    ('leavers', 5, 'years', 'fiscal_year_end', ''),
    ('sessions', 90, 'days', 'event', ''),
    ('attempts', 30, 'days', 'event', ''),
    ('activations', 30, 'days', 'event', ''),
    ('sign_on_flows', 24, 'hours', 'event', ''),
    ('roster_previews', 72, 'hours', 'event', ''),
    ('audit_persons', 5, 'years', 'fiscal_year_end', '');

-- Every run that erased, or looked for, what is past its period. There is one daily run a day: whichever server makes its
-- row does it. `beat_at` grows with each batch; a run that stands still is taken over.
CREATE TABLE retention_run (
    id         TEXT   PRIMARY KEY,
    day        TEXT   NOT NULL,
    cause      TEXT   NOT NULL CHECK (cause IN ('daily', 'person', 'command')),
    account    TEXT   REFERENCES account (id),
    started_at BIGINT NOT NULL,
    beat_at    BIGINT NOT NULL,
    ended_at   BIGINT,
    erased     TEXT   NOT NULL
);
CREATE UNIQUE INDEX retention_run_daily ON retention_run (day) WHERE cause = 'daily';
CREATE INDEX retention_run_started ON retention_run (started_at);

-- What is due is found without walking over what is not.
CREATE INDEX staff_left ON staff (left_on) WHERE left_on IS NOT NULL AND erased_at IS NULL;
CREATE INDEX session_last ON session (coalesce(ended_at, seen_at));
CREATE INDEX roster_preview_made ON roster_preview (made_at);
-- Ids of entries sort by time.
CREATE INDEX audit_person_known ON audit_person (entry) WHERE person IS NOT NULL;
