-- Changes with whatever searches of the roster look at, so that what was read of it into memory is known to be stale.
CREATE TABLE roster_revision (
    id       BIGINT PRIMARY KEY CHECK (id = 1),
    revision BIGINT NOT NULL
);
INSERT INTO roster_revision (id, revision) VALUES (1, 0);

CREATE TRIGGER staff_insert_revision AFTER INSERT ON staff
BEGIN UPDATE roster_revision SET revision = revision + 1; END;
CREATE TRIGGER staff_update_revision AFTER UPDATE ON staff
BEGIN UPDATE roster_revision SET revision = revision + 1; END;
CREATE TRIGGER staff_delete_revision AFTER DELETE ON staff
BEGIN UPDATE roster_revision SET revision = revision + 1; END;
CREATE TRIGGER staff_spell_insert_revision AFTER INSERT ON staff_spell
BEGIN UPDATE roster_revision SET revision = revision + 1; END;
CREATE TRIGGER staff_spell_update_revision AFTER UPDATE ON staff_spell
BEGIN UPDATE roster_revision SET revision = revision + 1; END;
CREATE TRIGGER staff_spell_delete_revision AFTER DELETE ON staff_spell
BEGIN UPDATE roster_revision SET revision = revision + 1; END;
CREATE TRIGGER absence_insert_revision AFTER INSERT ON absence
BEGIN UPDATE roster_revision SET revision = revision + 1; END;
CREATE TRIGGER absence_update_revision AFTER UPDATE ON absence
BEGIN UPDATE roster_revision SET revision = revision + 1; END;
CREATE TRIGGER absence_delete_revision AFTER DELETE ON absence
BEGIN UPDATE roster_revision SET revision = revision + 1; END;
