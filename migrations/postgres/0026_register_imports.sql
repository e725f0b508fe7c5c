-- Lists of homes that wait to be confirmed. What is in them is sealed, as the register is; whoever does not confirm within a day brings them again.
CREATE TABLE register_import (
    id      TEXT   PRIMARY KEY,
    made_at BIGINT NOT NULL,
    sealed  BYTEA  NOT NULL
);
CREATE INDEX register_import_made ON register_import (made_at);

INSERT INTO retention_period (class, amount, unit, counted_from, reason) VALUES ('register_imports', 24, 'hours', 'event', '');
