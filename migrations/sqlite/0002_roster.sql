-- The roster. Everything is dated: a spell counts from `valid_from` until the day before `valid_to`, so that any past
-- day can be asked; one whose end is not known ends on 9999-12-31, so that one comparison, by index, finds what counts
-- on a day. Days are ISO 8601 text; moments are microseconds since 1970.

-- 所属. Its code is the ward's own, or the path of its names where the ward has none.
CREATE TABLE department (
    id         TEXT   PRIMARY KEY,
    code       TEXT   NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

CREATE TABLE department_spell (
    department TEXT   NOT NULL REFERENCES department (id),
    valid_from TEXT   NOT NULL,
    valid_to   TEXT   NOT NULL DEFAULT '9999-12-31',
    name       TEXT   NOT NULL,
    parent     TEXT   REFERENCES department (id),
    rank       BIGINT NOT NULL,
    PRIMARY KEY (department, valid_from)
);
CREATE INDEX department_spell_parent ON department_spell (parent);

-- 階層, and the ward's 職級 that are mapped to each.
CREATE TABLE tier (
    id        TEXT   PRIMARY KEY,
    rank      BIGINT NOT NULL,
    name      TEXT   NOT NULL,
    name_en   TEXT   NOT NULL,
    name_easy TEXT   NOT NULL
);
CREATE TABLE tier_grade (
    grade TEXT PRIMARY KEY,
    tier  TEXT NOT NULL REFERENCES tier (id)
);
INSERT INTO tier (id, rank, name, name_en, name_easy) VALUES
    ('director', 1, '部長級', 'Director', 'ぶちょう の しごと'),
    ('manager', 2, '課長級', 'Section manager', 'かちょう の しごと'),
    ('chief', 3, '係長級', 'Chief', 'かかりちょう の しごと'),
    ('senior', 4, '主任級', 'Senior staff', 'しゅにん の しごと'),
    ('general', 5, '係員級', 'Staff', 'かかりいん の しごと');
INSERT INTO tier_grade (grade, tier) VALUES
    ('部長級', 'director'), ('部長', 'director'),
    ('課長級', 'manager'), ('課長', 'manager'), ('統括課長', 'manager'),
    ('係長級', 'chief'), ('係長', 'chief'), ('課長補佐', 'chief'),
    ('主任級', 'senior'), ('主任', 'senior'),
    ('係員級', 'general'), ('係員', 'general'), ('主事', 'general');

-- A member of staff. After the retention period the number is gone and `erased_at` says since when.
CREATE TABLE staff (
    id         TEXT   PRIMARY KEY,
    number     TEXT   UNIQUE,
    hired_on   TEXT,
    left_on    TEXT,
    version    BIGINT NOT NULL,
    erased_at  BIGINT,
    created_at BIGINT NOT NULL
);

-- Who somebody was, and where, for a time. `search` begins with the number, by which lists are in order, and holds the
-- folded name and reading; it is empty once they are erased.
CREATE TABLE staff_spell (
    staff      TEXT NOT NULL REFERENCES staff (id),
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL DEFAULT '9999-12-31',
    name       TEXT,
    name_kana  TEXT,
    search     TEXT,
    department TEXT NOT NULL REFERENCES department (id),
    tier       TEXT NOT NULL REFERENCES tier (id),
    grade      TEXT NOT NULL,
    employment TEXT NOT NULL,
    email      TEXT,
    PRIMARY KEY (staff, valid_from)
);
-- Lists, searches and counts of a day read these alone.
CREATE INDEX staff_spell_day ON staff_spell (valid_to, valid_from, search, department, tier, employment, staff);
CREATE INDEX staff_spell_department ON staff_spell (department, valid_to, valid_from, search, tier, employment, staff);

-- 休職・育休など (leave) and 派遣・出向 (secondment); `until` is the first day back.
CREATE TABLE absence (
    staff TEXT NOT NULL REFERENCES staff (id),
    kind  TEXT NOT NULL CHECK (kind IN ('leave', 'secondment')),
    since TEXT NOT NULL,
    until TEXT,
    PRIMARY KEY (staff, kind, since)
);

-- Every confirmed import, and every edit by hand with whom it concerns.
CREATE TABLE roster_change (
    id           TEXT   PRIMARY KEY,
    kind         TEXT   NOT NULL CHECK (kind IN ('import', 'edit')),
    account      TEXT,
    staff        TEXT   REFERENCES staff (id),
    effective_on TEXT   NOT NULL,
    reason       TEXT   NOT NULL,
    file_name    TEXT,
    summary      TEXT   NOT NULL,
    made_at      BIGINT NOT NULL
);
CREATE INDEX roster_change_made ON roster_change (made_at, id);
CREATE INDEX roster_change_staff ON roster_change (staff);

-- A file that waits for an HR officer to confirm what it would change.
CREATE TABLE roster_preview (
    id           TEXT   PRIMARY KEY,
    account      TEXT   NOT NULL,
    file_name    TEXT   NOT NULL,
    effective_on TEXT   NOT NULL,
    summary      TEXT   NOT NULL,
    content      BLOB   NOT NULL,
    plan_digest  BLOB   NOT NULL,
    made_at      BIGINT NOT NULL
);
