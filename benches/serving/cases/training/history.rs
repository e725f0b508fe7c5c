//! Ten fiscal years of a large ward, written straight into the database: as if everybody had walked two routes each year, and one in
//! ten had missed a stop. The rules that would have derived all that are what the tests look at.

use anyhow::{Context as _, ensure};
use machiaruki::{
    db::{Db, Engine, Tx},
    on,
};
use serde_json::Value;
use sqlx::AssertSqlSafe;

/// The fiscal year of today's roster, and those before it.
pub const YEARS: std::ops::RangeInclusive<i16> = 2017..=2026;
/// Visits of one person in one fiscal year.
pub const VISITS_A_YEAR: usize = 20;
/// Days of a year on which people walk, from 1 May on.
const DAYS: i64 = 200;

/// Visits and walks of everybody in every year, but of the demo's personas in the last one: they walk while it is measured. One
/// visit must be there already: the others look like it.
///
/// Returns how many visits there are now.
pub async fn write(db: &Db, routes: &[Value]) -> anyhow::Result<i64> {
    let mut slots = Vec::new();
    for first in 0..routes.len() {
        let both = [&routes[first], &routes[(first + 1) % routes.len()]];
        let mut stops = Vec::new();
        for (number, route) in both.into_iter().enumerate() {
            for stop in route["stops"].as_array().context("a route has no stops")? {
                stops.push((
                    number,
                    text(&route["id"])?,
                    text(&route["route_version_id"])?,
                    text(&stop["stop_id"])?,
                ));
            }
        }
        ensure!(stops.len() <= VISITS_A_YEAR, "two routes have {} stops", stops.len());
        // Some go to the last stop several times.
        let last = *stops.last().context("a route has no stops")?;
        stops.resize(VISITS_A_YEAR, last);
        for (slot, (number, route, version, stop)) in stops.into_iter().enumerate() {
            slots.push(format!("({first}, {slot}, {number}, '{route}', '{version}', '{stop}')"));
        }
    }
    let mut days = Vec::new();
    for year in YEARS {
        let mut day = jiff::civil::date(year, 5, 1);
        for number in 0..DAYS {
            days.push(format!("({year}, {number}, '{day}')"));
            day = day.tomorrow()?;
        }
    }
    let (variants, slots, days) = (routes.len(), slots.join(", "), days.join(", "));
    // The current year of the personas stays empty.
    let who_walks = "(p.is_persona = 0 OR y.fiscal_year < 2026)";
    let numbers = YEARS.map(|year| format!("({year})")).collect::<Vec<_>>().join(", ");
    let visit_columns = "id, account, route, route_version, stop, day, at, offset_s, received_at, clock_off_s, digest, rule, \
                         outcome, by_photo, verdict, flags, evidence, note, erased_at";
    let set_up = [
        // Everybody has an account.
        "INSERT INTO account (id, login, staff, created_at)
         SELECT '00000000-0000-4000-8001-' || CAST(100000000000 + row_number() OVER (ORDER BY s.number) AS TEXT),
             'bench-' || s.number, s.id, 0
         FROM staff s WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.staff = s.id)"
            .to_owned(),
        "CREATE TABLE bench_person AS SELECT row_number() OVER (ORDER BY login) AS n, id AS account, staff,
             CASE WHEN persona IS NULL THEN 0 ELSE 1 END AS is_persona FROM account WHERE staff IS NOT NULL"
            .to_owned(),
        "CREATE TABLE bench_slot (variant BIGINT, slot BIGINT, number BIGINT, route TEXT, version TEXT, stop TEXT)".to_owned(),
        format!("INSERT INTO bench_slot VALUES {slots}"),
        "CREATE TABLE bench_day (fiscal_year BIGINT, number BIGINT, day TEXT, PRIMARY KEY (fiscal_year, number))".to_owned(),
        format!("INSERT INTO bench_day VALUES {days}"),
        "CREATE TABLE bench_year (fiscal_year BIGINT PRIMARY KEY)".to_owned(),
        format!("INSERT INTO bench_year VALUES {numbers}"),
    ];
    // What somebody visited who visited every stop of a route, and who missed the first one.
    let mut patterns = Vec::new();
    for route in routes {
        let route_id = text(&route["id"])?;
        let stops = route["stops"].as_array().context("a route has no stops")?;
        let stops = stops.iter().map(|stop| text(&stop["stop_id"])).collect::<anyhow::Result<Vec<&str>>>()?;
        for missed in [0, 1] {
            let mut visited = stops.split_at(missed).1.to_vec();
            visited.sort_unstable();
            patterns.push(format!("('{route_id}', '{}', 'bench {missed} {route_id}')", Value::from(visited)));
        }
    }
    let patterns = patterns.join(", ");
    let one_stop_missed = "NOT (p.n % 10 = 0 AND s.slot = 0)";
    // A year at a time: a transaction of seven gigabytes is nobody's.
    let visits = YEARS.map(|year| {
        format!(
        "INSERT INTO visit ({visit_columns})
         SELECT '00000000-0000-4000-8000-' || CAST(100000000000 + ({year} - 2017) * 10000000 + p.n * 100 + s.slot AS TEXT),
             p.account, s.route, s.version, s.stop, d.day, t.at, t.offset_s, t.received_at, t.clock_off_s, t.digest, t.rule,
             'accepted', t.by_photo, 'inside', t.flags, t.evidence, NULL, NULL
         FROM bench_person p CROSS JOIN bench_year y
         JOIN bench_day d ON d.fiscal_year = y.fiscal_year AND d.number = (p.n * 13) % {DAYS}
         JOIN bench_slot s ON s.variant = (p.n + y.fiscal_year) % {variants}
         CROSS JOIN (SELECT * FROM visit ORDER BY id LIMIT 1) t
         WHERE y.fiscal_year = {year} AND {who_walks} AND {one_stop_missed}"
    )
    });
    let day = "CASE WHEN p.n % 10 = 0 AND r.number = 0 THEN NULL ELSE d.day END";
    let walks = [
        "CREATE TABLE bench_route AS SELECT DISTINCT variant, number, route FROM bench_slot".to_owned(),
        format!("INSERT INTO walk_pattern (route, stops, digest) VALUES {patterns}"),
        format!(
            "INSERT INTO walk (staff, route, fiscal_year, day, proven_day, outing_day, last_walked, change, pattern)
             SELECT p.staff, r.route, y.fiscal_year, {day}, {day}, NULL, NULL, (SELECT change FROM training_state),
                 (SELECT w.id FROM walk_pattern w WHERE w.route = r.route AND w.digest =
                     'bench ' || CASE WHEN {day} IS NULL THEN '1 ' ELSE '0 ' END || r.route)
             FROM bench_person p CROSS JOIN bench_year y
             JOIN bench_day d ON d.fiscal_year = y.fiscal_year AND d.number = (p.n * 13) % {DAYS}
             JOIN bench_route r ON r.variant = (p.n + y.fiscal_year) % {variants}
             WHERE {who_walks} ON CONFLICT DO NOTHING"
        ),
        "UPDATE walk SET last_walked = (SELECT max(b.fiscal_year) FROM walk b WHERE b.staff = walk.staff
             AND b.route = walk.route AND b.fiscal_year < walk.fiscal_year AND b.day IS NOT NULL)"
            .to_owned(),
        "DELETE FROM walk_stale".to_owned(),
    ];
    write_all(db, set_up.to_vec()).await?;
    let (before, after) = bulk(db).await?;
    write_all(db, before).await?;
    for visits in visits {
        write_all(db, vec![visits]).await?;
    }
    write_all(db, after.into_iter().chain(walks).collect()).await?;
    if db.engine() == Engine::Postgres {
        write_all(db, vec!["ANALYZE".to_owned()]).await?;
    }
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => sqlx::query_scalar("SELECT count(*) FROM visit").fetch_one(conn).await)?)
}

/// The past years of the demo's first programme: its rule of today, and everybody as they are today.
pub async fn write_past_years(db: &Db) -> anyhow::Result<()> {
    let programme = "(SELECT id FROM programme WHERE code = 'all-staff')";
    // A day of the current fiscal year, as many years earlier.
    let earlier = |day: &str| {
        format!(
            "CASE WHEN {day} IS NULL THEN NULL
                 ELSE CAST(CAST(substr({day}, 1, 4) AS BIGINT) - 2026 + y.fiscal_year AS TEXT) || substr({day}, 5) END"
        )
    };
    let (since, due_on) = (earlier("o.since"), earlier("o.due_on"));
    let statements = vec![
        format!(
            "INSERT INTO programme_year (programme, fiscal_year, version, rule, opened_at, updated_at)
             SELECT p.programme, y.fiscal_year, 1, p.rule, p.opened_at, p.updated_at
             FROM programme_year p CROSS JOIN bench_year y
             WHERE p.programme = {programme} AND p.fiscal_year = 2026 AND y.fiscal_year < 2026"
        ),
        format!(
            "INSERT INTO obligation (programme, fiscal_year, staff, step, since, state, reason, rule, routes, due_on, department,
                 tier, employment, change)
             SELECT o.programme, y.fiscal_year, o.staff, o.step, {since}, o.state, o.reason, o.rule, o.routes, {due_on},
                 o.department, o.tier, o.employment, o.change
             FROM obligation o CROSS JOIN bench_year y
             WHERE o.programme = {programme} AND o.fiscal_year = 2026 AND y.fiscal_year < 2026"
        ),
    ];
    write_all(db, statements).await
}

/// What is done before and after many visits are written: without what is done for each of them, and with the indices made at once.
async fn bulk(db: &Db) -> anyhow::Result<(Vec<String>, Vec<String>)> {
    let mut tx = db.read().await?;
    let (names, definitions): (Vec<String>, Vec<String>) = match db.engine() {
        Engine::Sqlite => on!(&mut tx, conn => sqlx::query_as::<_, (String, String)>(
            "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE tbl_name = 'visit' AND type IN ('index', 'trigger')
             AND sql IS NOT NULL").fetch_all(conn).await)?,
        Engine::Postgres => on!(&mut tx, conn => sqlx::query_as::<_, (String, String)>(
            "SELECT 'INDEX ' || indexname, indexdef FROM pg_indexes WHERE tablename = 'visit' AND indexname NOT LIKE '%pkey'")
            .fetch_all(conn).await)?,
    }
    .into_iter()
    .unzip();
    let mut before: Vec<String> = names.into_iter().map(|name| format!("DROP {name}")).collect();
    let mut after = definitions;
    if db.engine() == Engine::Postgres {
        before.push("ALTER TABLE visit DISABLE TRIGGER ALL".to_owned());
        after.push("ALTER TABLE visit ENABLE TRIGGER ALL".to_owned());
    }
    Ok((before, after))
}

async fn write_all(db: &Db, statements: Vec<String>) -> anyhow::Result<()> {
    Ok(db.write(move |tx| Box::pin(execute_all(tx, statements))).await?)
}

async fn execute_all(tx: &mut Tx, statements: Vec<String>) -> Result<(), machiaruki::db::DbError> {
    for statement in statements {
        on!(tx, conn => sqlx::query(AssertSqlSafe(statement)).execute(conn).await.map(|_| ()))?;
    }
    Ok(())
}

fn text(value: &Value) -> anyhow::Result<&str> {
    value.as_str().context("not a text")
}
