//! Each part of the service, run alone, answers what belongs to it and nothing else.

use std::sync::Arc;

use http::StatusCode;
use machiaruki::{
    app::App,
    auth::{Access, RouteEntry, Surface},
    db::DbError,
    on,
};

use crate::support::{Anonymous, Reply, Ward, site};

fn entries(app: &App) -> Vec<RouteEntry> {
    let site = Arc::new(site(true));
    app.routes(&site, &app.gate(&site)).list()
}

fn client(app: &App, surfaces: &[Surface]) -> Anonymous {
    Anonymous::new(app.router_of(site(true), surfaces))
}

/// An address of the route.
fn address(entry: &RouteEntry) -> String {
    let path = entry.path.replace("{layer}", "schools").replace("{collection}", "schools");
    path.split('/')
        .map(|part| if part.starts_with('{') { "00000000-0000-7000-8000-000000000000" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

/// Whether anything answers there at all: neither a missing page nor a method of another route's.
fn is_served(reply: &Reply) -> bool {
    let nothing_there = "このアドレスには何もありません";
    reply.status != StatusCode::METHOD_NOT_ALLOWED
        && !(reply.status == StatusCode::NOT_FOUND && reply.text().contains(nothing_there))
}

#[tokio::test]
async fn a_public_part_alone_does_nothing_for_the_whole_ward() {
    let ward = Ward::demo().await;
    let left = "UPDATE staff_spell SET valid_to = '2026-11-20' WHERE staff = (SELECT id FROM staff WHERE number = '900003')";
    ward.app
        .db
        .write::<(), DbError, _>(move |tx| {
            Box::pin(async move {
                on!(tx, conn => sqlx::query(left).execute(conn).await.map(|_| ()))?;
                Ok(())
            })
        })
        .await
        .unwrap();
    let trainers = async || {
        let mut tx = ward.app.db.read().await.unwrap();
        let count: i64 = on!(&mut tx, conn => sqlx::query_scalar(
            "SELECT count(*) FROM role_grant g JOIN account a ON a.id = g.account
             WHERE g.role = 'trainer' AND g.state = 'active' AND a.login = '900003'").fetch_one(conn).await)
        .unwrap();
        count
    };
    let mut before = ward.app.tasks.count();
    ward.app.keep(&[Surface::Public]).await.unwrap();
    assert_eq!(ward.app.tasks.count(), before);
    assert_eq!(trainers().await, 1);
    for surfaces in [&[Surface::Register][..], &[Surface::Staff], &Surface::ALL] {
        ward.app.keep(surfaces).await.unwrap();
        assert_eq!(ward.app.tasks.count(), before + 7, "{surfaces:?}");
        ward.app.tasks.stop().await;
        before = 0;
    }
    assert_eq!(trainers().await, 0);
}

#[tokio::test]
async fn a_part_answers_its_own_routes_and_no_others() {
    let ward = Ward::demo().await;
    let whole = client(&ward.app, &Surface::ALL);
    for surface in Surface::ALL {
        let part = client(&ward.app, &[surface]);
        let (mut own, mut foreign) = (0, 0);
        for entry in entries(&ward.app) {
            let address = address(&entry);
            let everywhere = whole.ask(entry.method.clone(), &address, &[]).await;
            let here = part.ask(entry.method.clone(), &address, &[]).await;
            if entry.surfaces.contains(&surface) {
                own += 1;
                assert_eq!(here.status, everywhere.status, "{surface:?} {} {address}", entry.method);
            } else {
                foreign += 1;
                assert!(!is_served(&here), "{surface:?} {} {address}: {}", entry.method, here.status);
            }
        }
        assert!(own > 0, "{surface:?} has no routes");
        assert!(foreign > 0 || surface == Surface::Staff, "{surface:?} has every route");
    }
}

#[tokio::test]
async fn what_needs_a_right_is_not_on_the_public_part() {
    let ward = Ward::empty().await;
    for entry in entries(&ward.app) {
        if let Access::Needs(permission) = entry.access {
            assert!(
                !entry.surfaces.contains(&Surface::Public),
                "{} {} needs {permission:?}",
                entry.method,
                entry.path
            );
        }
    }
}

#[tokio::test]
async fn parts_can_be_put_together() {
    let ward = Ward::empty().await;
    let both = client(&ward.app, &[Surface::Public, Surface::Register]);
    both.get("/ogc").await.ok();
    both.get("/api/me").await.has_status(StatusCode::UNAUTHORIZED);
}
