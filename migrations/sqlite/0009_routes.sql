-- Walking routes. Days are ISO 8601 text; moments are microseconds since 1970.

-- A route stays the same through all its versions. `origin_*` is the version of another route that it was cloned from.
CREATE TABLE route (
    id            TEXT    PRIMARY KEY,
    code          TEXT    NOT NULL UNIQUE,
    department    TEXT    NOT NULL REFERENCES department (id),
    sample        BOOLEAN NOT NULL,
    origin_route  TEXT    REFERENCES route (id),
    origin_number BIGINT,
    archived_on   TEXT,
    created_at    BIGINT  NOT NULL
);
CREATE INDEX route_department ON route (department);

-- The one open draft of a route. `design` is JSON. `line`, JSON as well, is frozen while the draft is in review.
CREATE TABLE route_draft (
    route       TEXT   PRIMARY KEY REFERENCES route (id),
    version     BIGINT NOT NULL,
    state       TEXT   NOT NULL CHECK (state IN ('editing', 'in_review')),
    base_number BIGINT,
    design      TEXT   NOT NULL,
    line        TEXT,
    updated_at  BIGINT NOT NULL,
    updated_by  TEXT   NOT NULL REFERENCES account (id),
    CHECK ((state = 'in_review') = (line IS NOT NULL))
);

-- Who wrote any of the open draft: none of them may publish it.
CREATE TABLE route_draft_author (
    route   TEXT NOT NULL REFERENCES route_draft (route) ON DELETE CASCADE,
    account TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (route, account)
);

-- What was said of drafts, step by step. `comments` is JSON: a list of stop and comment.
CREATE TABLE route_review (
    route    TEXT   NOT NULL REFERENCES route (id),
    step     BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    account  TEXT   NOT NULL REFERENCES account (id),
    kind     TEXT   NOT NULL CHECK (kind IN ('submitted', 'withdrawn', 'sent_back', 'published')),
    number   BIGINT,
    comment  TEXT   NOT NULL,
    comments TEXT   NOT NULL,
    PRIMARY KEY (route, step)
);

-- Published versions: never changed, never deleted. One counts from `effective_from` until the next one does.
CREATE TABLE route_version (
    id             TEXT   PRIMARY KEY,
    route          TEXT   NOT NULL REFERENCES route (id),
    number         BIGINT NOT NULL,
    design         TEXT   NOT NULL,
    line           TEXT   NOT NULL,
    effective_from TEXT   NOT NULL,
    published_at   BIGINT NOT NULL,
    published_by   TEXT   NOT NULL REFERENCES account (id),
    UNIQUE (route, number)
);

-- A place where published versions of a route stop. `code` is on its poster: it shows that somebody was there.
CREATE TABLE route_stop (
    id         TEXT   PRIMARY KEY,
    route      TEXT   NOT NULL REFERENCES route (id),
    code       TEXT   NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);
CREATE INDEX route_stop_route ON route_stop (route);

-- Photos of stops, as they are shown: shrunk, without metadata.
CREATE TABLE route_photo (
    id           TEXT   PRIMARY KEY,
    route        TEXT   NOT NULL REFERENCES route (id),
    content_type TEXT   NOT NULL,
    width        BIGINT NOT NULL,
    height       BIGINT NOT NULL,
    bytes        BLOB   NOT NULL,
    created_at   BIGINT NOT NULL,
    created_by   TEXT   NOT NULL REFERENCES account (id)
);
CREATE INDEX route_photo_route ON route_photo (route);

CREATE TRIGGER route_version_no_delete BEFORE DELETE ON route_version
BEGIN SELECT raise(ABORT, 'a published version is never deleted'); END;
CREATE TRIGGER route_version_no_update BEFORE UPDATE ON route_version
BEGIN SELECT raise(ABORT, 'a published version is never changed'); END;
