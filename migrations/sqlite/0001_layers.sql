-- One database serves one municipality. `purpose` tells a demo ward, which takes no real data, from a real one.
CREATE TABLE installation (
    id         BIGINT PRIMARY KEY CHECK (id = 1),
    instance   TEXT   NOT NULL,
    purpose    TEXT   NOT NULL CHECK (purpose IN ('ward', 'demo')),
    created_at BIGINT NOT NULL
);

-- The version of a layer grows by one with each change of it; readers follow it.
CREATE TABLE layer (
    id         TEXT   PRIMARY KEY,
    version    BIGINT NOT NULL,
    changed_at BIGINT
);

-- One source file's lineage within a layer. Days are ISO 8601 text; moments are microseconds since 1970.
CREATE TABLE dataset (
    id             TEXT    PRIMARY KEY,
    layer          TEXT    NOT NULL REFERENCES layer (id),
    rank           BIGINT  NOT NULL,
    title          TEXT    NOT NULL,
    source         TEXT    NOT NULL,
    source_url     TEXT,
    licence        TEXT    NOT NULL,
    licence_url    TEXT,
    attribution    TEXT    NOT NULL,
    as_of          TEXT,
    steward        TEXT    NOT NULL,
    refresh_days   BIGINT,
    last_confirmed TEXT,
    key_fields     TEXT    NOT NULL,
    sample         BOOLEAN NOT NULL,
    live_count     BIGINT  NOT NULL,
    vanished_count BIGINT  NOT NULL,
    created_at     BIGINT  NOT NULL,
    updated_at     BIGINT  NOT NULL
);
CREATE INDEX dataset_layer ON dataset (layer, rank);

-- What the public sees as one feature. `position` is where it stood on a Hilbert curve when it was made; it never
-- changes, so that it can order pages.
CREATE TABLE place (
    id       TEXT   PRIMARY KEY,
    layer    TEXT   NOT NULL REFERENCES layer (id),
    position BIGINT NOT NULL,
    version  BIGINT NOT NULL
);
CREATE UNIQUE INDEX place_order ON place (layer, position, id);
CREATE INDEX place_version ON place (layer, version);

-- What one dataset says of a place. A record that its dataset no longer contains is `vanished`: retired, not deleted.
CREATE TABLE record (
    dataset    TEXT    NOT NULL REFERENCES dataset (id),
    key        TEXT    NOT NULL,
    place      TEXT    NOT NULL REFERENCES place (id),
    geometry   BLOB    NOT NULL,
    west       DOUBLE PRECISION NOT NULL,
    south      DOUBLE PRECISION NOT NULL,
    east       DOUBLE PRECISION NOT NULL,
    north      DOUBLE PRECISION NOT NULL,
    properties TEXT    NOT NULL,
    digest     BLOB    NOT NULL,
    valid_from TEXT,
    retired_on TEXT,
    vanished   BOOLEAN NOT NULL,
    changed_at BIGINT  NOT NULL,
    PRIMARY KEY (dataset, key)
);
CREATE INDEX record_place ON record (place);
