-- How long the history of places knows contact persons that editors wrote.
INSERT INTO retention_period (class, amount, unit, counted_from, reason) VALUES
    ('contact_history', 1, 'years', 'fiscal_year_end', '');
-- Edits from which nothing was erased yet, by the time that counts.
CREATE INDEX place_edit_at ON place_edit (at) WHERE erased_at IS NULL;
