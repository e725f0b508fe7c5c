-- The pedestrian network: each source as it was imported, in a form of our own. The graph over all of them is
-- built in memory.
CREATE TABLE network_source (
    id          TEXT             PRIMARY KEY,
    source      TEXT             NOT NULL,
    licence     TEXT             NOT NULL,
    attribution TEXT             NOT NULL,
    format      TEXT             NOT NULL,
    sample      BOOLEAN          NOT NULL,
    -- The area that it covers, as GeoJSON; without one, what is near its lines.
    area        TEXT,
    nodes       BIGINT           NOT NULL,
    links       BIGINT           NOT NULL,
    length_m    DOUBLE PRECISION NOT NULL,
    imported_at BIGINT           NOT NULL,
    network     BLOB NOT NULL
);

-- Grows with each change, so that a running service knows when to read again.
CREATE TABLE network_state (
    id      BIGINT PRIMARY KEY CHECK (id = 1),
    version BIGINT NOT NULL
);
INSERT INTO network_state (id, version) VALUES (1, 0);
