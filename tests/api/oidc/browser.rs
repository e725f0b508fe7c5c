//! Somebody's browser, on its way to the provider and back; and the ward that it signs in to.

use http::{Method, StatusCode, header};
use machiaruki::clock::Clock as _;
use serde_json::{Value, json};

use crate::support::{self, Caller, Reply};

use super::{Asked, CLIENT, Provider, Signer, jwt};

/// The demo ward with a single sign-on.
pub struct Ward {
    pub ward: support::Ward,
    pub provider: Provider,
}

impl Ward {
    pub async fn start() -> Self {
        Self::with(support::Ward::demo().await).await
    }

    /// A ward with a single sign-on.
    pub async fn with(mut ward: support::Ward) -> Self {
        let provider = Provider::start().await;
        ward.app.single_sign_on = Some(provider.single_sign_on());
        Self { ward, provider }
    }

    pub fn browser(&self) -> Browser {
        Browser { caller: self.ward.caller(), cookies: Vec::new() }
    }

    pub fn now(&self) -> i64 {
        self.ward.clock.now().as_second()
    }

    /// What an honest provider says of somebody.
    pub fn claims(&self, asked: &Asked, subject: &str, number: &str) -> Value {
        json!({
            "iss": self.provider.url, "sub": subject, "aud": CLIENT, "nonce": asked.get("nonce"),
            "iat": self.now(), "exp": self.now() + 300, "employee_number": number, "name": "見本 なまえ",
        })
    }

    /// Somebody goes to the provider, and comes back with the token that `token` makes.
    pub async fn try_with(&self, token: impl FnOnce(&Asked) -> String) -> (Browser, Reply) {
        let mut browser = self.browser();
        let asked = browser.start().await;
        let code = self.provider.code(&asked, token(&asked));
        let reply = browser.back(&asked, &code).await;
        (browser, reply)
    }

    /// Somebody of the provider, honestly.
    pub async fn try_as(&self, subject: &str, number: &str) -> (Browser, Reply) {
        self.try_with(|asked| jwt(&Signer::Rsa, &self.claims(asked, subject, number))).await
    }

    /// Somebody with these claims over the honest ones.
    pub async fn try_claiming(&self, more: &Value) -> (Browser, Reply) {
        self.try_with(|asked| {
            let mut claims = self.claims(asked, "subject-1", "900001");
            for (name, value) in more.as_object().unwrap() {
                claims[name] = value.clone();
            }
            jwt(&Signer::Rsa, &claims)
        })
        .await
    }

    /// Somebody who is let in.
    pub async fn signed_in(&self, subject: &str, number: &str) -> Browser {
        let (browser, reply) = self.try_as(subject, number).await;
        assert_eq!(reply.header(header::LOCATION), "/", "{reply:?}");
        browser
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        let mut tx = self.ward.app.db.read().await.unwrap();
        machiaruki::on!(&mut tx, conn => sqlx::query_scalar(sql).fetch_one(conn).await).unwrap()
    }

    pub async fn execute(&self, sql: &'static str) {
        self.ward
            .app
            .db
            .write::<(), machiaruki::db::DbError, _>(move |tx| {
                Box::pin(async move {
                    machiaruki::on!(tx, conn => sqlx::query(sql).execute(conn).await.map(|_| ()))?;
                    Ok(())
                })
            })
            .await
            .unwrap();
    }

    /// Entries of the audit log, as an administrator sees them.
    pub async fn audit(&self, action: &str) -> Vec<Value> {
        let admin = self.ward.persona("admin").await;
        let found = admin.json(&format!("/api/audit?action={action}")).await;
        let of_sign_on =
            |entry: &&Value| entry["detail"]["method"] == "oidc" || entry["detail"]["source"] == "sign_on";
        found["entries"].as_array().unwrap().iter().filter(of_sign_on).cloned().collect()
    }

    /// Refused for this reason: no session, and one row in the audit log.
    pub async fn refused(&self, browser: &Browser, reply: &Reply, problem: &str, reason: Option<&str>) {
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{reply:?}");
        assert_eq!(reply.header(header::LOCATION), format!("/sign-in?problem={problem}"));
        assert!(!reply.header(header::SET_COOKIE).contains("machiaruki="), "{reply:?}");
        assert!(browser.get("/api/session").await.json()["me"].is_null());
        assert_eq!(self.count("SELECT count(*) FROM session WHERE method = 'oidc'").await, 0);
        assert_eq!(self.count("SELECT count(*) FROM identity").await, 0);
        let refused = self.audit("sign_in").await;
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert_eq!(refused[0]["outcome"], "refused");
        assert_eq!(refused[0]["detail"]["problem"], problem);
        assert_eq!(refused[0]["detail"]["reason"].as_str(), reason);
    }
}

/// A browser with its cookies.
#[derive(Clone)]
pub struct Browser {
    caller: Caller,
    cookies: Vec<(String, String)>,
}

impl Browser {
    async fn send(&self, method: Method, path: &str) -> Reply {
        let jar: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let headers = [
            ("cookie", &*jar.join("; ")),
            // What Chromium says of somebody who comes back from another site.
            ("sec-fetch-site", if method == Method::GET { "cross-site" } else { "same-origin" }),
            ("sec-fetch-mode", "navigate"),
        ];
        self.caller.send(method, path, None, &headers, Vec::new()).await
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path).await
    }

    pub async fn post(&self, path: &str) -> Reply {
        self.send(Method::POST, path).await
    }

    pub async fn head(&self, path: &str) -> Reply {
        self.send(Method::HEAD, path).await
    }

    /// Goes somewhere and keeps the cookies.
    pub async fn go(&mut self, path: &str) -> Reply {
        let reply = self.get(path).await;
        for cookie in reply.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        reply
    }

    /// Goes to the provider.
    pub async fn start(&mut self) -> Asked {
        let reply = self.go("/auth/oidc/start").await.has_status(StatusCode::SEE_OTHER);
        Asked::new(&reply.header(header::LOCATION))
    }

    /// Comes back with a code.
    pub async fn back(&mut self, asked: &Asked, code: &str) -> Reply {
        self.go(&format!("/auth/oidc/callback?code={code}&state={}", asked.get("state"))).await
    }
}
