-- Questions before and after a programme (事前・事後アンケート). Nobody is named: who a sheet is of is known only by the key of its
-- programme and fiscal year, and no longer than that key is there. No row holds a time, an account or an address.

-- What sheets of a programme's year are told apart by. `key` is made when the first sheet comes, and empty once it was destroyed: from then on
-- nobody can say whose a sheet is, and no sheet is taken any more.
CREATE TABLE survey_key (
    programme   TEXT   NOT NULL,
    fiscal_year BIGINT NOT NULL,
    key         BYTEA,
    PRIMARY KEY (programme, fiscal_year),
    FOREIGN KEY (programme, fiscal_year) REFERENCES programme_year (programme, fiscal_year)
);

-- One person's answers at one moment. `pseudonym` is an HMAC-SHA256 of the person's id under the key, in hexadecimal digits. `revision` counts how often
-- they answered; `answers` is JSON, a question's id with 1 to 5; `routes` is JSON, the routes that they had completed when they answered
-- afterwards, and empty once the key was destroyed: every row is written anew then, so that their order tells nothing either..
CREATE TABLE survey_sheet (
    programme   TEXT   NOT NULL,
    fiscal_year BIGINT NOT NULL,
    pseudonym   TEXT   NOT NULL,
    moment      TEXT   NOT NULL CHECK (moment IN ('before', 'after')),
    revision    BIGINT NOT NULL CHECK (revision >= 0),
    answers     TEXT   NOT NULL,
    routes      TEXT   NOT NULL,
    PRIMARY KEY (programme, fiscal_year, pseudonym, moment),
    FOREIGN KEY (programme, fiscal_year) REFERENCES survey_key (programme, fiscal_year)
);

-- What is shown of them: figures of many, replaced only when enough more pairs came in. `part` and `change` are JSON: what the
-- figures are of, and the figures.
CREATE TABLE survey_release (
    programme   TEXT   NOT NULL,
    fiscal_year BIGINT NOT NULL,
    part        TEXT   NOT NULL,
    change      TEXT   NOT NULL,
    PRIMARY KEY (programme, fiscal_year, part),
    FOREIGN KEY (programme, fiscal_year) REFERENCES programme_year (programme, fiscal_year)
);

-- `released_on`: the day on which it was last looked whether there is anything to release or to close.
ALTER TABLE training_state ADD COLUMN released_on TEXT NOT NULL DEFAULT '';
