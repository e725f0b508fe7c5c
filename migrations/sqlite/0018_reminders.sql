-- Reminders of the yearly training. Days are ISO 8601 text (Tokyo); moments are microseconds since 1970.

-- When a programme reminds stands in its rule, until somebody changes it: then here, as a JSON array of days before the
-- deadline. It touches nobody's obligation, so it may be changed while the year is open; the rule may not.
ALTER TABLE programme_year ADD COLUMN reminders TEXT;

DROP TRIGGER programme_year_frozen;
CREATE TRIGGER programme_year_frozen BEFORE UPDATE ON programme_year
WHEN OLD.opened_at IS NOT NULL AND (NEW.rule <> OLD.rule OR NEW.opened_at IS NOT OLD.opened_at
    OR NEW.programme <> OLD.programme OR NEW.fiscal_year <> OLD.fiscal_year)
BEGIN SELECT raise(ABORT, 'a rule is frozen when its year opens'); END;

-- Of what somebody was reminded. `occasion`: `before:<deadline>:<days before>`, or `by_hand:<day>`; each is told once.
CREATE TABLE reminder (
    programme   TEXT   NOT NULL,
    fiscal_year BIGINT NOT NULL,
    staff       TEXT   NOT NULL REFERENCES staff (id),
    occasion    TEXT   NOT NULL,
    told_on     TEXT   NOT NULL,
    PRIMARY KEY (programme, fiscal_year, staff, occasion),
    FOREIGN KEY (programme, fiscal_year) REFERENCES programme_year (programme, fiscal_year)
);
CREATE INDEX reminder_staff ON reminder (staff, fiscal_year);

-- `reminded_on`: the day on which everybody was last reminded; `digested_on`: the Monday of the week of which managers were last
-- told; only one server does, until `reminding_until`.
ALTER TABLE training_state ADD COLUMN reminded_on TEXT NOT NULL DEFAULT '';
ALTER TABLE training_state ADD COLUMN digested_on TEXT NOT NULL DEFAULT '';
ALTER TABLE training_state ADD COLUMN reminding_until BIGINT NOT NULL DEFAULT 0;
