-- Introductions of residents of disaster housing to the chair of their council, with their consent. Who consents to what, and what was given
-- to whom, is sealed (docs/register.md): here are ids, drawn at random, how they hang together, and when something was given.

-- What a resident has consented to be given to their council. A consent that ends is gone.
CREATE TABLE introduction (
    residency TEXT PRIMARY KEY REFERENCES residency (id) ON DELETE CASCADE,
    sealed    BLOB NOT NULL
);

-- A sheet for the chair of a council: printed, or behind a link that opens once. `token` is the hash of what a link holds; whoever reads
-- it cannot open the link. A sheet on which nobody is (any more) is gone.
CREATE TABLE introduction_sheet (
    id         TEXT   PRIMARY KEY,
    made_at    BIGINT NOT NULL,
    token      BLOB   UNIQUE,
    expires_at BIGINT,
    opened_at  BIGINT,
    revoked_at BIGINT,
    sealed     BLOB   NOT NULL,
    CHECK ((token IS NULL) = (expires_at IS NULL)),
    CHECK (token IS NOT NULL OR (opened_at IS NULL AND revoked_at IS NULL)),
    CHECK (opened_at IS NULL OR revoked_at IS NULL)
);

-- Who is on a sheet, and what was given of them. Until a link is opened nothing was: `sealed` is empty, and what is given then is what is
-- consented to at that moment.
CREATE TABLE introduction_given (
    sheet     TEXT NOT NULL REFERENCES introduction_sheet (id) ON DELETE CASCADE,
    residency TEXT NOT NULL REFERENCES residency (id) ON DELETE CASCADE,
    sealed    BLOB,
    PRIMARY KEY (sheet, residency)
);
CREATE INDEX introduction_given_residency ON introduction_given (residency);
