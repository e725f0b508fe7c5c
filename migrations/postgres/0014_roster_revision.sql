-- Changes with whatever searches of the roster look at, so that what was read of it into memory is known to be stale.
CREATE TABLE roster_revision (
    id       BIGINT PRIMARY KEY CHECK (id = 1),
    revision BIGINT NOT NULL
);
INSERT INTO roster_revision (id, revision) VALUES (1, 0);

-- The transaction's number, and not a count: the row is written once for each transaction, however many rows it changes.
CREATE FUNCTION roster_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE roster_revision SET revision = pg_current_xact_id()::text::bigint
    WHERE revision <> pg_current_xact_id()::text::bigint;
    RETURN NULL;
END $$;
CREATE TRIGGER staff_revision AFTER INSERT OR UPDATE OR DELETE ON staff
    FOR EACH STATEMENT EXECUTE FUNCTION roster_changed();
CREATE TRIGGER staff_spell_revision AFTER INSERT OR UPDATE OR DELETE ON staff_spell
    FOR EACH STATEMENT EXECUTE FUNCTION roster_changed();
CREATE TRIGGER absence_revision AFTER INSERT OR UPDATE OR DELETE ON absence
    FOR EACH STATEMENT EXECUTE FUNCTION roster_changed();
