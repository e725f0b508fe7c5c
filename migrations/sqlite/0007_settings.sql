-- What administrators set while the service runs. A setting that has no row has its default.
CREATE TABLE setting (
    key        TEXT   PRIMARY KEY,
    value      TEXT   NOT NULL,
    changed_at BIGINT NOT NULL
);
