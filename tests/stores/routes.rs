//! Routes, drafts and versions, on both engines.

use std::sync::Arc;

use machiaruki::{
    app::system_random,
    auth::{Persona, Reach, seed_personas, store::account_by_persona},
    catalogue::LayerId,
    clock::{Clock as _, Date},
    db::DbError,
    layers::{Publisher as Layers, Query, When},
    on,
    photo::Photo,
    places::{PlacesSource, Purpose, datasets, installation},
    routes::{
        Design, DesignDocument, DraftState, RouteId,
        model::{Line, Origin, PhotoId, Version},
        service::{self, Actor, DesignError, NewRoute, Publisher, Said},
        store::{self, ReviewKind},
    },
    settings::{self, Key},
    staff::seed_roster,
};
use serde_json::{Value, json};

use crate::support::{TestDb, databases};

/// Two trainers of different departments.
pub struct People {
    pub author: Actor,
    pub reviewer: Actor,
}

pub async fn people(test: &TestDb) -> People {
    let (random, now) = (system_random(), test.clock.now());
    let seeded = test.db.write(move |tx| {
        Box::pin(async move {
            seed_roster(tx, &random, now).await?;
            seed_personas(tx, &random, now).await
        })
    });
    seeded.await.map_err(|error: DbError| error).unwrap();
    People { author: actor(test, Persona::Trainer).await, reviewer: actor(test, Persona::Reviewer).await }
}

async fn actor(test: &TestDb, persona: Persona) -> Actor {
    let today = test.clock.today();
    let mut tx = test.db.read().await.unwrap();
    let account = account_by_persona(&mut tx, persona.as_str(), today).await.unwrap().unwrap();
    let department = account.department.unwrap();
    Actor {
        account: account.id,
        department: Some(department),
        reach: Reach::Departments([department].into()),
        now: test.clock.now(),
        today,
        random: system_random(),
    }
}

pub fn stop(id: u8, lon: f64) -> Value {
    json!({
        "kind": "stop", "stop_id": format!("019a9f6e-0000-7000-8000-0000000000{id:02}"), "location": [lon, 35.65],
        "radius_m": 30, "stay_min": 5, "required": true, "evidence": ["gps", "qr"],
        "name": { "ja": format!("立ち寄り点{id}") }, "story": { "ja": "物語" },
        "question": { "text": { "ja": "何段ありますか" }, "answers": ["秘密の答え"] },
    })
}

pub fn design(title: &str, stops: &[Value]) -> Design {
    let document: DesignDocument = serde_json::from_value(json!({
        "title": { "ja": title }, "summary": { "ja": "見本" }, "languages": ["ja"], "slot_min": 120, "waypoints": stops,
    }))
    .unwrap();
    Design::new(document).unwrap()
}

fn line() -> Line {
    serde_json::from_value(json!({
        "coordinates": [[139.75, 35.65], [139.751, 35.65]], "distance_m": 90.5, "duration_s": 120,
        "estimated_duration_s": 700, "stairs": 0, "crossings": 1, "lifts": 0, "stairs_m": 0.0, "steep_m": 0.0,
        "away_m": [0.0, 0.0], "legs": [], "attributions": ["見本の道"], "sample": true,
    }))
    .unwrap()
}

fn publisher() -> Publisher {
    Publisher::demo()
}

/// Runs a step of the service in a transaction.
macro_rules! step {
    ($test:expr, $actor:expr, |$tx:ident, $who:ident| $body:expr) => {{
        let $who: Actor = $actor.clone();
        $test.db.write(move |$tx| Box::pin(async move { $body.await })).await
    }};
}

pub async fn create(test: &TestDb, actor: &Actor, design: Design) -> Result<RouteId, DesignError> {
    let new = NewRoute { code: None, design, origin: None, sample: true };
    step!(test, actor, |tx, actor| service::create(tx, &actor, new))
}

pub async fn submit(test: &TestDb, actor: &Actor, id: RouteId) -> Result<(), DesignError> {
    step!(test, actor, |tx, actor| service::submit(tx, &actor, (id, None), line()))
}

pub async fn publish(
    test: &TestDb,
    actor: &Actor,
    id: RouteId,
    day: Option<&str>,
) -> Result<Version, DesignError> {
    let day: Option<Date> = day.map(|day| day.parse().unwrap());
    step!(test, actor, |tx, actor| service::publish(tx, &actor, id, day, &publisher()))
}

/// Publishes a new route of two stops.
async fn published(test: &TestDb, people: &People, stops: &[Value], publisher: Publisher) -> RouteId {
    let id = create(test, &people.author, design("坂", stops)).await.unwrap();
    submit(test, &people.author, id).await.unwrap();
    step!(test, people.reviewer, |tx, actor| service::publish(tx, &actor, id, None, &publisher)).unwrap();
    id
}

async fn draft(test: &TestDb, id: RouteId) -> Option<store::Draft> {
    store::draft(&mut test.db.read().await.unwrap(), id).await.unwrap()
}

#[tokio::test]
async fn a_draft_is_reviewed_by_somebody_else_and_becomes_a_version() {
    for test in databases().await {
        let People { author, reviewer } = people(&test).await;
        let first = design("坂のコース", &[stop(1, 139.75), stop(2, 139.751)]);
        let id = create(&test, &author, first.clone()).await.unwrap();
        assert_eq!(draft(&test, id).await.unwrap().design, first);
        // Nobody reviews what is being written, and who is out of reach finds nothing.
        let early = publish(&test, &reviewer, id, None).await;
        assert!(matches!(early, Err(DesignError::Absent)), "{early:?}");
        submit(&test, &author, id).await.unwrap();
        let own = publish(&test, &author, id, None).await;
        assert!(matches!(own, Err(DesignError::OwnWork)), "{own:?}");
        let frozen =
            step!(test, author, |tx, actor| service::save(tx, &actor, (id, None), design("別", &[])));
        assert!(matches!(frozen, Err(DesignError::InReview)), "{frozen:?}");
        let said = Said { comment: "坂の名を直してください".into(), ..Said::default() };
        step!(test, reviewer, |tx, actor| service::send_back(tx, &actor, id, said)).unwrap();
        assert_eq!(draft(&test, id).await.unwrap().state, DraftState::Editing);
        submit(&test, &author, id).await.unwrap();
        let version = publish(&test, &reviewer, id, None).await.unwrap();
        assert_eq!((version.number, version.effective_from), (1, test.clock.today()));
        assert_eq!((&version.design, &version.line), (&first, &line()));
        assert!(draft(&test, id).await.is_none());
        let mut tx = test.db.read().await.unwrap();
        let kinds: Vec<_> =
            store::reviews(&mut tx, id).await.unwrap().into_iter().map(|review| review.kind).collect();
        assert_eq!(
            kinds,
            [ReviewKind::Published, ReviewKind::Submitted, ReviewKind::SentBack, ReviewKind::Submitted,]
        );
        // Each stop has a code of its own; it is not shown by Debug.
        let codes = store::stop_codes(&mut tx, id).await.unwrap();
        assert_eq!(codes.len(), 2);
        assert!(codes[0].code != codes[1].code && !format!("{codes:?}").contains(&codes[0].code));
        let found = store::stop_of_code(&mut tx, &codes[1].code).await.unwrap();
        assert_eq!(found, Some((id, codes[1].stop)));
    }
}

#[tokio::test]
async fn whoever_wrote_anything_of_a_draft_is_an_author() {
    for test in databases().await {
        let People { author, reviewer } = people(&test).await;
        // Both are of one department now.
        let helper = Actor { department: author.department, reach: author.reach.clone(), ..reviewer.clone() };
        let stops = [stop(1, 139.75), stop(2, 139.751)];
        let id = create(&test, &author, design("甲", &stops)).await.unwrap();
        // Saving what is there already makes nobody an author.
        let same = design("甲", &stops);
        step!(test, helper, |tx, actor| service::save(tx, &actor, (id, Some(1)), same)).unwrap();
        assert_eq!(draft(&test, id).await.unwrap().version, 1);
        let other = design("乙", &stops);
        step!(test, helper, |tx, actor| service::save(tx, &actor, (id, Some(1)), other)).unwrap();
        let stale =
            step!(test, author, |tx, actor| service::save(tx, &actor, (id, Some(1)), design("丙", &[])));
        assert!(matches!(stale, Err(DesignError::Stale)), "{stale:?}");
        assert_eq!(draft(&test, id).await.unwrap().design.title.ja, "乙");
        submit(&test, &author, id).await.unwrap();
        let own = publish(&test, &helper, id, None).await;
        assert!(matches!(own, Err(DesignError::OwnWork)), "{own:?}");
    }
}

#[tokio::test]
async fn versions_follow_one_another_and_are_never_changed() {
    for test in databases().await {
        let People { author, reviewer } = people(&test).await;
        let id = create(&test, &author, design("一", &[stop(1, 139.75), stop(2, 139.751)])).await.unwrap();
        submit(&test, &author, id).await.unwrap();
        publish(&test, &reviewer, id, None).await.unwrap();
        step!(test, author, |tx, actor| service::begin_draft(tx, &actor, id, None)).unwrap();
        let twice = step!(test, author, |tx, actor| service::begin_draft(tx, &actor, id, None));
        assert!(matches!(twice, Err(DesignError::DraftOpen)), "{twice:?}");
        let next = design("二", &[stop(1, 139.75), stop(3, 139.752)]);
        step!(test, author, |tx, actor| service::save(tx, &actor, (id, Some(1)), next)).unwrap();
        submit(&test, &author, id).await.unwrap();
        let past = publish(&test, &reviewer, id, Some("2026-11-19")).await;
        assert!(matches!(past, Err(DesignError::BadDay { .. })), "{past:?}");
        let second = publish(&test, &reviewer, id, Some("2027-04-01")).await.unwrap();
        assert_eq!(second.number, 2);
        let mut tx = test.db.read().await.unwrap();
        for (day, number) in
            [("2026-11-19", None), ("2026-11-20", Some(1)), ("2027-03-31", Some(1)), ("2027-04-01", Some(2))]
        {
            let in_force = store::versions_in_force(&mut tx, day.parse().unwrap()).await.unwrap();
            assert_eq!(in_force.first().map(|version| version.number), number, "{day}");
        }
        drop(tx);
        for sql in ["UPDATE route_version SET number = 9", "DELETE FROM route_version"] {
            let changed = test.db.write::<(), DbError, _>(move |tx| {
                Box::pin(async move {
                    on!(tx, conn => sqlx::query(sql).execute(conn).await.map(|_| ()))?;
                    Ok(())
                })
            });
            assert!(changed.await.unwrap_err().to_string().contains("a published version is never"), "{sql}");
        }
        // A stop keeps its code through the versions; a new one gets one.
        let codes = store::stop_codes(&mut test.db.read().await.unwrap(), id).await.unwrap();
        assert_eq!(codes.len(), 3);
    }
}

#[tokio::test]
async fn a_stop_belongs_to_one_route_and_a_clone_has_its_own() {
    for test in databases().await {
        let People { author, reviewer } = people(&test).await;
        let id = create(&test, &author, design("元", &[stop(1, 139.75), stop(2, 139.751)])).await.unwrap();
        submit(&test, &author, id).await.unwrap();
        publish(&test, &reviewer, id, None).await.unwrap();
        let other = create(&test, &author, design("別", &[])).await.unwrap();
        let stolen = design("別", &[stop(1, 139.75)]);
        let foreign = step!(test, author, |tx, actor| service::save(tx, &actor, (other, None), stolen));
        assert!(matches!(&foreign, Err(DesignError::ForeignStop(stops)) if stops.len() == 1), "{foreign:?}");
        let copy = step!(test, reviewer, |tx, actor| service::clone(tx, &actor, (id, None), true)).unwrap();
        let mut tx = test.db.read().await.unwrap();
        let route = store::route(&mut tx, copy).await.unwrap().unwrap();
        assert_eq!(route.origin, Some(Origin { route: id, number: 1 }));
        assert_eq!(Some(route.department), reviewer.department);
        let cloned = store::draft(&mut tx, copy).await.unwrap().unwrap().design;
        let version = store::version(&mut tx, id, 1).await.unwrap().unwrap();
        assert_eq!(cloned.title, version.design.title);
        let ids = |design: &Design| design.stops().map(|stop| stop.stop_id).collect::<Vec<_>>();
        assert!(ids(&cloned).iter().all(|stop| !ids(&version.design).contains(stop)));
    }
}

#[tokio::test]
async fn a_draft_is_thrown_away_with_a_route_that_was_never_published() {
    for test in databases().await {
        let People { author, reviewer } = people(&test).await;
        let id = create(&test, &author, design("没", &[stop(1, 139.75), stop(2, 139.751)])).await.unwrap();
        submit(&test, &author, id).await.unwrap();
        step!(test, author, |tx, actor| service::withdraw(tx, &actor, id)).unwrap();
        let stale = step!(test, author, |tx, actor| service::discard(tx, &actor, (id, Some(1))));
        assert!(matches!(stale, Err(DesignError::Stale)), "{stale:?}");
        let foreign = step!(test, reviewer, |tx, actor| service::discard(tx, &actor, (id, Some(3))));
        assert!(matches!(foreign, Err(DesignError::Absent)), "{foreign:?}");
        step!(test, author, |tx, actor| service::discard(tx, &actor, (id, Some(3)))).unwrap();
        assert!(store::route(&mut test.db.read().await.unwrap(), id).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn published_routes_are_on_the_public_map_with_their_days_and_without_answers() {
    for test in databases().await {
        let People { author, reviewer } = people(&test).await;
        let installed = installation(&test.db, Purpose::Ward, test.clock.now()).await.unwrap();
        let source = PlacesSource::new(test.db.clone(), &installed);
        let layers = Layers::start(source, test.clock.clone()).await.unwrap();
        let id = create(&test, &author, design("坂", &[stop(1, 139.75), stop(2, 139.751)])).await.unwrap();
        submit(&test, &author, id).await.unwrap();
        publish(&test, &reviewer, id, None).await.unwrap();
        let shown = async |layer: LayerId, when: When| -> Vec<Value> {
            layers.refresh(layer).await.unwrap();
            let all = Query { bbox: None, when, filters: Vec::new(), after: None, limit: 100 };
            let snapshot = Arc::clone(&layers.layers().get(layer));
            snapshot.query(&all).features().map(|json| serde_json::from_slice(&json).unwrap()).collect()
        };
        let routes = shown(LayerId::Routes, When::Now).await;
        assert_eq!(routes.len(), 1);
        let properties = &routes[0]["properties"];
        assert_eq!((&properties["name"], &properties["distance_m"]), (&json!("坂"), &json!(91)));
        assert_eq!((&properties["walking_min"], &properties["duration_min"]), (&json!(2), &json!(12)));
        let stops = shown(LayerId::Stops, When::Now).await;
        assert_eq!(stops.len(), 2);
        assert_eq!(stops.iter().filter(|stop| stop["properties"]["route_id"] == id.to_string()).count(), 2);
        let codes = store::stop_codes(&mut test.db.read().await.unwrap(), id).await.unwrap();
        let said = format!("{routes:?} {stops:?}");
        assert!(!said.contains("秘密の答え") && codes.iter().all(|code| !said.contains(&code.code)));
        // Archived from a day on: still there until then, and later for whoever asks for the day.
        let day: Date = "2026-11-21".parse().unwrap();
        step!(test, author, |tx, actor| service::archive(tx, &actor, id, Some(day), &publisher())).unwrap();
        assert_eq!(shown(LayerId::Routes, When::Now).await.len(), 1);
        test.clock.set("2026-11-20T15:00:00Z".parse().unwrap());
        assert_eq!(shown(LayerId::Stops, When::Now).await.len(), 0);
        let before = When::Between(Some("2026-11-20".parse().unwrap()), Some("2026-11-20".parse().unwrap()));
        assert_eq!(shown(LayerId::Stops, before).await.len(), 2);
        step!(test, author, |tx, actor| service::archive(tx, &actor, id, None, &publisher())).unwrap();
        assert_eq!(shown(LayerId::Routes, When::Now).await.len(), 1);
    }
}

#[tokio::test]
async fn published_routes_have_the_licence_that_the_settings_name() {
    for test in databases().await {
        let people = people(&test).await;
        let ward = || Publisher { municipality: "港区".into(), licence: None };
        let licence = async || {
            let known = datasets(&mut test.db.read().await.unwrap(), LayerId::Stops).await.unwrap();
            known.into_iter().map(|dataset| (dataset.licence, dataset.licence_url)).collect::<Vec<_>>()
        };
        published(&test, &people, &[stop(1, 139.75), stop(2, 139.751)], ward()).await;
        assert_eq!(licence().await, [("利用条件未確認".to_owned(), None)]);
        let now = test.clock.now();
        let set = test.db.write::<(), DbError, _>(move |tx| {
            Box::pin(async move {
                settings::store::set(tx, Key::RouteLicence, "CC BY 4.0", now).await?;
                settings::store::set(tx, Key::RouteLicenceUrl, "https://example.jp/by", now).await
            })
        });
        set.await.unwrap();
        published(&test, &people, &[stop(3, 139.75), stop(4, 139.751)], ward()).await;
        assert_eq!(licence().await, [("CC BY 4.0".to_owned(), Some("https://example.jp/by".to_owned()))]);
    }
}

#[tokio::test]
async fn a_photo_is_kept_for_its_route_and_public_once_a_version_shows_it() {
    for test in databases().await {
        let people = people(&test).await;
        let id = create(&test, &people.author, design("写真", &[])).await.unwrap();
        let shown = PhotoId(system_random().id());
        let unused = PhotoId(system_random().id());
        let photo = Photo { bytes: vec![0xff, 0xd8, 0, 1], width: 4, height: 3 };
        let (by, now) = (people.author.account, test.clock.now());
        let kept = photo.clone();
        let inserted = test.db.write::<(), DbError, _>(move |tx| {
            Box::pin(async move {
                store::insert_photo(tx, (shown, id), &kept, (by, now)).await?;
                store::insert_photo(tx, (unused, id), &kept, (by, now)).await
            })
        });
        inserted.await.unwrap();
        let mut with_photo = stop(1, 139.75);
        with_photo["photo"] = json!({ "photo_id": shown.to_string(), "credit": "見本" });
        let next = design("写真", &[with_photo, stop(2, 139.751)]);
        step!(test, people.author, |tx, actor| service::save(tx, &actor, (id, Some(1)), next)).unwrap();
        submit(&test, &people.author, id).await.unwrap();
        let mut tx = test.db.read().await.unwrap();
        assert_eq!(store::photo_count(&mut tx, id).await.unwrap(), 2);
        let read = store::photo(&mut tx, shown).await.unwrap().unwrap();
        assert_eq!((read.route, &*read.content_type, read.bytes), (id, "image/jpeg", photo.bytes));
        assert!(!store::is_published(&mut tx, id, shown).await.unwrap(), "a draft is not public");
        drop(tx);
        publish(&test, &people.reviewer, id, None).await.unwrap();
        let mut tx = test.db.read().await.unwrap();
        assert!(store::is_published(&mut tx, id, shown).await.unwrap());
        assert!(!store::is_published(&mut tx, id, unused).await.unwrap());
        assert!(store::photo(&mut tx, PhotoId(system_random().id())).await.unwrap().is_none());
    }
}
