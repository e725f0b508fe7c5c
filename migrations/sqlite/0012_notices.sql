-- One queue of what people are told. Moments are microseconds since 1970.

-- A notice to one member of staff. `payload` is JSON without any person's name; it is put into words when it is read or
-- sent, in the reader's language. `dedup` says what it is about: the same thing is said once.
CREATE TABLE notice (
    id         TEXT    PRIMARY KEY,
    staff      TEXT    NOT NULL REFERENCES staff (id),
    kind       TEXT    NOT NULL,
    payload    TEXT    NOT NULL,
    dedup      TEXT    NOT NULL UNIQUE,
    urgent     BOOLEAN NOT NULL,
    created_at BIGINT  NOT NULL,
    due_at     BIGINT  NOT NULL,
    read_at    BIGINT
);
CREATE INDEX notice_staff ON notice (staff, id);
CREATE INDEX notice_created ON notice (created_at);

-- How a notice reaches its reader. `next_at`: when it is tried, or, while it is claimed, when the claim ends. `claim` names
-- the claim: whoever lost theirs changes nothing any more.
CREATE TABLE delivery (
    notice     TEXT   NOT NULL REFERENCES notice (id) ON DELETE CASCADE,
    channel    TEXT   NOT NULL CHECK (channel IN ('app', 'mail')),
    state      TEXT   NOT NULL CHECK (state IN ('queued', 'claimed', 'failed', 'sent', 'given_up', 'withheld')),
    attempts   BIGINT NOT NULL,
    next_at    BIGINT NOT NULL,
    claim      TEXT,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (notice, channel),
    CHECK ((state = 'claimed') = (claim IS NOT NULL))
);
CREATE INDEX delivery_next ON delivery (channel, next_at) WHERE state IN ('queued', 'claimed', 'failed');

INSERT INTO retention_period (class, amount, unit, counted_from, reason) VALUES
    ('notices', 365, 'days', 'event', '');
