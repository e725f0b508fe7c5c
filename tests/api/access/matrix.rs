//! Every route × every principal, compared with the permission table.
//!
//! The routes are those that the application serves, not those that a document lists.

use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

use http::{Method, StatusCode};
use machiaruki::auth::{Access, Action, Permission, Role, Roles, RouteEntry};
use serde_json::json;

use crate::support::{Caller, PERSONAS, Ward, site};

fn routes(ward: &Ward) -> Vec<RouteEntry> {
    ward.app.routes(&Arc::new(site(true)), &ward.app.gate(&site(true))).list()
}

/// A path whose parameters name nothing that exists.
fn absent(path: &str) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some(start) = rest.find('{') {
        let end = rest[start..].find('}').unwrap() + start;
        out.push_str(&rest[..start]);
        out.push_str("019a9f6e-0000-7000-8000-000000000000");
        rest = &rest[end + 1..];
    }
    out + rest
}

async fn roles(caller: &Caller) -> Roles {
    let me = caller.json("/api/me").await;
    let roles: Vec<Role> =
        me["roles"].as_array().unwrap().iter().map(|role| role.as_str().unwrap().parse().unwrap()).collect();
    roles.into_iter().collect()
}

#[tokio::test]
async fn anonymous_callers_learn_nothing_but_that_they_are() {
    let ward = Ward::demo().await;
    let caller = ward.caller();
    let mut guarded = 0;
    for route in routes(&ward) {
        let Access::Needs(_) = route.access else { continue };
        guarded += 1;
        let path = absent(route.path);
        // Whatever is asked, whether it exists or not, well-formed or not: the same answer.
        for body in [None, Some(json!({})), Some(json!({ "nonsense": true }))] {
            let reply = caller.ask(route.method.clone(), &path, body.as_ref()).await;
            let problem = reply.problem(StatusCode::UNAUTHORIZED);
            assert_eq!(problem["detail"], "サインインしてください。", "{} {path}", route.method);
        }
    }
    assert!(guarded >= 19, "{guarded} guarded routes");
}

#[tokio::test]
async fn who_has_no_right_finds_nothing_and_who_has_it_is_let_through() {
    let ward = Ward::demo().await;
    // Each persona's own caller asks every route of which the table says no; then one that is let through
    // never gets the answer of those who are not.
    for persona in PERSONAS {
        let caller = ward.persona(persona).await;
        let roles = roles(&caller).await;
        for route in routes(&ward) {
            let Access::Needs(permission) = route.access else { continue };
            let path = absent(route.path);
            let what = format!("{persona}: {} {path}", route.method);
            if permission.scope(roles).is_none() {
                for body in [None, Some(json!({}))] {
                    let reply = caller.ask(route.method.clone(), &path, body.as_ref()).await;
                    assert_eq!(reply.status, StatusCode::NOT_FOUND, "{what}");
                    assert!(reply.text().contains("見つかりません"), "{what}");
                }
            } else if ends_own_session(&route) {
                // It would end this test's own session.
            } else {
                let reply = caller.ask(route.method.clone(), &path, Some(&json!({}))).await;
                assert_ne!(reply.status, StatusCode::UNAUTHORIZED, "{what}");
                assert_ne!(reply.status, StatusCode::FORBIDDEN, "{what}");
                assert!(!reply.status.is_server_error(), "{what}: {}", reply.text());
                if route.path.contains('{') {
                    // What is absent looks to the permitted as it does to everybody else.
                    assert!(
                        matches!(
                            reply.status,
                            StatusCode::NOT_FOUND
                                | StatusCode::BAD_REQUEST
                                | StatusCode::UNPROCESSABLE_ENTITY
                                | StatusCode::PRECONDITION_REQUIRED
                                | StatusCode::UNSUPPORTED_MEDIA_TYPE
                        ),
                        "{what}: {}",
                        reply.status
                    );
                } else if route.method == Method::GET {
                    assert!(
                        reply.status == StatusCode::OK || reply.status == StatusCode::BAD_REQUEST,
                        "{what}: {}",
                        reply.status
                    );
                }
            }
        }
    }
}

fn ends_own_session(route: &RouteEntry) -> bool {
    route.path == "/api/sign-out" || (route.method == Method::DELETE && route.path == "/api/me/sessions")
}

#[tokio::test]
async fn every_permission_is_named_by_a_route_and_what_is_public_is_meant_to_be() {
    let ward = Ward::demo().await;
    let routes = routes(&ward);
    let named: HashSet<Permission> = routes
        .iter()
        .filter_map(|route| match route.access {
            Access::Needs(permission) => Some(permission),
            Access::Public => None,
        })
        .collect();
    let unused: Vec<Permission> = Permission::ALL.into_iter().filter(|one| !named.contains(one)).collect();
    assert_eq!(unused, [], "permissions that no route names");
    // A new public route under /api has to be added here, in sight of a reviewer.
    let mut public: Vec<String> = routes
        .iter()
        .filter(|route| route.access == Access::Public && route.path.starts_with("/api"))
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    public.sort();
    assert_eq!(
        public,
        [
            // Whoever has the secret address is let in: calendars of members of staff, and hosts without an account.
            "GET /api/calendar/{file}",
            "GET /api/hosts/{token}",
            "GET /api/layers",
            "GET /api/layers/{layer}/export/{format}",
            "GET /api/layers/{layer}/features",
            "GET /api/layers/{layer}/features/{feature}",
            "GET /api/openapi.json",
            "GET /api/photos/{photo}",
            "GET /api/routes",
            "GET /api/routes/{route}",
            "GET /api/routes/{route}/export/{format}",
            "GET /api/routes/{route}/pack",
            "GET /api/routes/{route}/sheet.pdf",
            "GET /api/routes/{route}/versions/{number}",
            "GET /api/search",
            "GET /api/session",
            "GET /api/settings",
            "POST /api/activation",
            "POST /api/activation/check",
            "POST /api/demo/sign-in",
            "POST /api/hosts/{token}",
            // Chairs of councils, by a link that opens once.
            "POST /api/introductions/check",
            "POST /api/introductions/open",
            "POST /api/sign-in",
        ]
    );
}

#[tokio::test]
async fn reading_needs_no_more_than_a_get_and_writing_is_never_a_get() {
    let ward = Ward::demo().await;
    for route in routes(&ward) {
        if let Access::Needs(permission) = route.access {
            let reads = permission.name().starts_with("read_");
            // `use_…` reads by POST, because what is asked does not fit an address; it never changes anything.
            let uses = permission.name().starts_with("use_");
            assert!(!uses || permission.rule().action == Action::Read, "{permission:?}");
            assert!(
                // What was uploaded and waits to be confirmed is seen by those who may import.
                !reads || route.method == Method::GET,
                "{} {}",
                route.method,
                route.path
            );
        }
    }
}

/// The answer to somebody who asks for one thing, without what differs between any two answers.
async fn answer(caller: &Caller, path: &str) -> (StatusCode, String) {
    let reply = caller.get(path).await;
    (reply.status, reply.text())
}

#[tokio::test]
async fn what_is_out_of_reach_looks_like_what_does_not_exist() {
    let ward = Ward::demo().await;
    // Another department looks after the organisations.
    ward.app
        .db
        .write::<(), machiaruki::db::DbError, _>(|tx| {
            Box::pin(async move {
                machiaruki::on!(tx, conn => sqlx::query(
                    "UPDATE dataset SET steward = '協働推進課(見本の外)' WHERE layer = 'organisations'")
                    .execute(conn).await.map(|_| ()))?;
                Ok(())
            })
        })
        .await
        .unwrap();
    let hr = ward.persona("hr").await;
    let editor = ward.persona("editor").await;
    let all = |document: &serde_json::Value, list: &str| -> Vec<String> {
        document[list].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    let staff = all(&hr.json("/api/staff").await, "staff");
    let accounts = all(&hr.json("/api/accounts").await, "accounts");
    let features = ward.anonymous().json("/api/layers/facilities/features").await;
    let mut places = all(&features, "features");
    places.extend(all(&ward.anonymous().json("/api/layers/organisations/features").await, "features"));
    for persona in PERSONAS {
        let caller = ward.persona(persona).await;
        for (path, ids) in [("/api/staff", &staff), ("/api/accounts", &accounts), ("/api/places", &places)] {
            let list = if path == "/api/places" { "/api/places?layer=facilities" } else { path };
            let listed = caller.get(list).await;
            let nothing = answer(&caller, &format!("{path}/019a9f6e-0000-7000-8000-000000000000")).await;
            assert_eq!(nothing.0, StatusCode::NOT_FOUND, "{persona}: {path}");
            let mut seen = 0;
            for id in ids {
                let reply = answer(&caller, &format!("{path}/{id}")).await;
                if reply.0 == StatusCode::OK {
                    seen += 1;
                } else {
                    assert_eq!(reply, nothing, "{persona}: {path}/{id}");
                }
            }
            let expected = match (persona, path) {
                ("hr", "/api/staff" | "/api/accounts") | ("admin", "/api/accounts") => Some(ids.len()),
                // Their own department's, and not everybody's.
                ("manager", "/api/staff" | "/api/accounts") | ("editor", "/api/places") => None,
                _ => Some(0),
            };
            match expected {
                Some(expected) => assert_eq!(seen, expected, "{persona}: {path}"),
                None => assert!(0 < seen && seen < ids.len(), "{persona}: {path}: {seen} of {}", ids.len()),
            }
            assert_eq!(listed.status == StatusCode::OK, seen > 0, "{persona}: {path}");
        }
    }
    // The same for what is changed: a place of another department, and one that is nowhere.
    let own: BTreeSet<String> =
        all(&editor.json("/api/places?layer=facilities").await, "places").into_iter().collect();
    let other = places.iter().find(|place| !own.contains(*place)).unwrap();
    for step in ["retire", "restore", "undo"] {
        let body = json!({ "reason": "試験", "version": 1 });
        let ask = async |id: &str| {
            let headers = [("if-match", "\"1\"")];
            let bytes = body.to_string().into_bytes();
            let path = format!("/api/places/{id}/{step}");
            let reply = editor.send(Method::POST, &path, Some("application/json"), &headers, bytes).await;
            (reply.status, reply.text())
        };
        assert_eq!(ask(other).await, ask("nothing").await, "{step}");
    }
}
