-- Where departments work, and in which district that is.

-- 勤務地: where a department works from a day on, until its next row begins. Those below it work there too, unless they have rows of
-- their own. `district` is the name of the district (地区) in which it lay when it was written; empty where it lay in none.
CREATE TABLE department_office (
    department TEXT             NOT NULL REFERENCES department (id),
    since      TEXT             NOT NULL,
    name       TEXT             NOT NULL,
    longitude  DOUBLE PRECISION NOT NULL,
    latitude   DOUBLE PRECISION NOT NULL,
    district   TEXT             NOT NULL,
    PRIMARY KEY (department, since)
);

-- The district of a route, as its version names it: a walk in it counts as one elsewhere for those whose office is in another.
ALTER TABLE route_version ADD COLUMN district TEXT NOT NULL DEFAULT '';
ALTER TABLE route_version DISABLE TRIGGER route_version_kept;
UPDATE route_version SET district = coalesce(design::json ->> 'district', '');
ALTER TABLE route_version ENABLE TRIGGER route_version_kept;
