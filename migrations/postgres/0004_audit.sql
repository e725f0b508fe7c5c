-- The audit log: one row per request that is recorded, and the people it concerns. `seq` and `digest` are filled in by
-- the sealer, which chains the rows. Nothing here is ever deleted.
CREATE TABLE audit_entry (
    id             TEXT   PRIMARY KEY,
    at             BIGINT NOT NULL,
    action         TEXT   NOT NULL,
    outcome        TEXT   NOT NULL CHECK (outcome IN ('done', 'refused')),
    object_kind    TEXT   NOT NULL,
    object_id      TEXT   NOT NULL,
    detail         TEXT   NOT NULL,
    request        TEXT   NOT NULL,
    roles          TEXT   NOT NULL,
    people         BIGINT NOT NULL,
    people_digest  BYTEA  NOT NULL,
    seq            BIGINT UNIQUE,
    digest         BYTEA
);
CREATE INDEX audit_entry_at ON audit_entry (at, id);
CREATE INDEX audit_entry_action ON audit_entry (action, at);
CREATE INDEX audit_entry_unsealed ON audit_entry (at, id) WHERE seq IS NULL;

-- Who did it (`actor`) and whom it concerns (`subject`). The digest is salted: when `person` and `salt` are erased after
-- the retention period, the chain is still whole and nobody can be guessed from it. `erased_by` is the entry that says so.
CREATE TABLE audit_person (
    entry     TEXT   NOT NULL REFERENCES audit_entry (id),
    position  BIGINT NOT NULL,
    kind      TEXT   NOT NULL CHECK (kind IN ('actor', 'subject')),
    person    TEXT,
    salt      BYTEA,
    digest    BYTEA  NOT NULL,
    erased_by TEXT   REFERENCES audit_entry (id),
    PRIMARY KEY (entry, position)
);
CREATE INDEX audit_person_person ON audit_person (person, entry);

-- The head of the chain.
CREATE TABLE audit_chain (
    id        BIGINT PRIMARY KEY CHECK (id = 1),
    seq       BIGINT NOT NULL,
    digest    BYTEA  NOT NULL,
    sealed_at BIGINT NOT NULL
);
INSERT INTO audit_chain (id, seq, digest, sealed_at)
    VALUES (1, 0, decode(repeat('00', 32), 'hex'), 0);

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'audit entries are never changed or deleted'; END $$;
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry FOR EACH ROW
    WHEN (OLD.seq IS NOT NULL OR NEW.id <> OLD.id OR NEW.at <> OLD.at OR NEW.action <> OLD.action
        OR NEW.outcome <> OLD.outcome OR NEW.object_kind <> OLD.object_kind OR NEW.object_id <> OLD.object_id
        OR NEW.detail <> OLD.detail OR NEW.request <> OLD.request OR NEW.roles <> OLD.roles
        OR NEW.people <> OLD.people OR NEW.people_digest <> OLD.people_digest)
    EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_person_no_delete BEFORE DELETE ON audit_person
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_person_no_update BEFORE UPDATE ON audit_person FOR EACH ROW
    WHEN (NEW.person IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.erased_by IS NULL OR NEW.digest <> OLD.digest
        OR NEW.entry <> OLD.entry OR NEW.position <> OLD.position OR NEW.kind <> OLD.kind)
    EXECUTE FUNCTION audit_refuse();
