//! Accounts of a single sign-on over HTTP, on PostgreSQL: there, sign-ins really run at once.

#[path = "../../commands/support/postgres.rs"]
mod database;

use http::header;
use machiaruki::auth::oidc::SingleSignOn;
use serde_json::{Value, json};

use super::{Ward, roles::roles};
use crate::support;
use database::PostgresDatabase;

/// Runs a test on a database of its own, where there is a server.
fn on_postgres(test: impl AsyncFnOnce(&mut Ward)) {
    let Some(database) = PostgresDatabase::create() else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let mut ward = Ward::with(support::Ward::demo_on(&database.url).await).await;
        test(&mut ward).await;
        ward.ward.app.db.close().await;
    });
}

#[test]
fn an_account_is_made_once_linked_once_and_found_again() {
    on_postgres(async |ward| {
        // Nobody made an account for them. They come in two browsers at once.
        let before = ward.count("SELECT count(*) FROM account").await;
        let (one, other) =
            tokio::join!(ward.try_as("subject-9", "900009"), ward.try_as("subject-9", "900009"));
        // Of two who make the same account at the same time, one may be told to try again.
        let landed = [&one, &other].map(|(_, reply)| reply.header(header::LOCATION));
        assert!(landed.iter().any(|location| location == "/"), "{landed:?}");
        let again = ward.signed_in("subject-9", "900009").await;
        let me = again.get("/api/me").await.ok().json();
        assert_eq!((&me["login"], &me["roles"]), (&json!("900009"), &json!(["staff"])));
        assert_eq!(ward.count("SELECT count(*) FROM account").await, before + 1);
        assert_eq!(ward.count("SELECT count(*) FROM identity").await, 1);
        assert_eq!(ward.audit("create_account").await.len(), 1);
        assert_eq!(ward.audit("link_identity").await.len(), 1);
    });
}

#[test]
fn an_account_that_is_there_is_linked_and_nobody_else_gets_it() {
    on_postgres(async |ward| {
        let accounts = ward.count("SELECT count(*) FROM account").await;
        ward.signed_in("subject-1", "900001").await;
        assert_eq!(ward.count("SELECT count(*) FROM account").await, accounts);
        for (subject, number, problem) in [
            ("subject-other", "900001", "linked_elsewhere"),
            ("subject-1", "900002", "changed_number"),
            ("subject-x", "123456", "unknown_person"),
        ] {
            let (_, reply) = ward.try_as(subject, number).await;
            assert_eq!(reply.header(header::LOCATION), format!("/sign-in?problem={problem}"), "{subject}");
        }
        assert_eq!(ward.count("SELECT count(*) FROM identity").await, 1);
    });
}

#[test]
fn roles_come_and_go_with_the_claims_there_too() {
    on_postgres(async |ward| {
        let mut settings = ward.provider.settings();
        settings.role_claim = Some("groups".parse().unwrap());
        settings.role_map = vec!["map=editor".parse().unwrap(), "approve=approver".parse().unwrap()];
        ward.ward.app.single_sign_on = Some(SingleSignOn::new(settings.checked().unwrap()).unwrap());
        let sign_in = async |groups: Value| ward.try_claiming(&json!({ "groups": groups })).await.0;
        let first = sign_in(json!(["map", "approve"])).await;
        assert_eq!(roles(&first).await, json!(["staff", "editor"]));
        assert_eq!(ward.audit("request_role").await.len(), 1);
        let second = sign_in(json!([])).await;
        assert_eq!(roles(&second).await, json!(["staff"]));
        assert!(
            first.get("/api/session").await.json()["me"].is_null(),
            "a session with other roles has ended"
        );
    });
}
