//! A provider on this machine that says what a test tells it to.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Json, Response},
    routing::{get, post},
};
use base64::{Engine as _, prelude::*};
use http::StatusCode;
use machiaruki::auth::oidc::{Settings, SingleSignOn};
use openidconnect::{
    ClientId, IssuerUrl,
    url::{Url, form_urlencoded},
};
use rsa::sha2::{Digest as _, Sha256};
use serde_json::{Value, json};

use super::keys;

/// Our name at the provider.
pub const CLIENT: &str = "machiaruki";
/// Our password at the provider.
pub const SECRET: &str = "canary-client-secret";
/// Where the browser reaches the service.
pub const PUBLIC_URL: &str = "http://localhost:8080";

/// What the service asked for by way of the browser.
#[derive(Clone, Debug)]
pub struct Asked {
    pub address: String,
    pub parameters: HashMap<String, String>,
}

impl Asked {
    pub fn new(location: &str) -> Self {
        let url = Url::parse(location).unwrap();
        let parameters = url.query_pairs().into_owned().collect();
        Self { address: location.split('?').next().unwrap().to_owned(), parameters }
    }

    #[track_caller]
    pub fn get(&self, name: &str) -> &str {
        self.parameters.get(name).unwrap_or_else(|| panic!("no {name} in {:?}", self.parameters))
    }
}

struct Issued {
    challenge: String,
    id_token: Value,
}

/// What the provider says, and what it was asked.
pub struct Says {
    codes: HashMap<String, Issued>,
    issued: usize,
    /// Over the usual metadata.
    pub metadata: Value,
    pub keys: Value,
    pub user_info: Option<Value>,
    /// Answers 500 to everything.
    pub broken: bool,
    /// The paths that were asked.
    pub asked: Vec<&'static str>,
    /// Requests to the token endpoint that were not as they should be.
    pub wrong: Vec<String>,
}

/// A provider.
#[derive(Clone)]
pub struct Provider {
    pub url: String,
    says: Arc<Mutex<Says>>,
}

impl Provider {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self::listen(listener)
    }

    pub fn listen(listener: tokio::net::TcpListener) -> Self {
        let url = format!("http://{}", listener.local_addr().unwrap());
        let says = Says {
            codes: HashMap::new(),
            issued: 0,
            metadata: json!({}),
            keys: keys::published(),
            user_info: None,
            broken: false,
            asked: Vec::new(),
            wrong: Vec::new(),
        };
        let provider = Self { url, says: Arc::new(Mutex::new(says)) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/keys", get(key_set))
            .route("/token", post(token))
            .route("/user-info", get(user_info))
            .with_state(provider.clone());
        tokio::spawn(async move { axum_serve(listener, router).await });
        provider
    }

    /// What it says from now on.
    pub fn set<T>(&self, change: impl FnOnce(&mut Says) -> T) -> T {
        change(&mut self.says.lock().unwrap())
    }

    /// How often a path was asked.
    pub fn asked(&self, path: &str) -> usize {
        self.set(|says| says.asked.iter().filter(|asked| **asked == path).count())
    }

    /// The service's settings for it.
    pub fn settings(&self) -> Settings {
        Settings {
            issuer: IssuerUrl::new(self.url.clone()).unwrap(),
            client_id: ClientId::new(CLIENT.into()),
            client_secret: SECRET.parse().ok(),
            name: "見本シングルサインオン".into(),
            scopes: vec!["profile".into()],
            number_claim: "employee_number".parse().unwrap(),
            role_claim: None,
            role_map: Vec::new(),
            public_url: PUBLIC_URL.into(),
        }
    }

    pub fn single_sign_on(&self) -> SingleSignOn {
        SingleSignOn::new(self.settings().checked().unwrap()).unwrap()
    }

    /// Somebody signs in there: a code for which the service will be given this ID token.
    pub fn code(&self, asked: &Asked, id_token: impl Into<Value>) -> String {
        self.set(|says| {
            says.issued += 1;
            let code = format!("code-{}", says.issued);
            let issued =
                Issued { challenge: asked.get("code_challenge").to_owned(), id_token: id_token.into() };
            says.codes.insert(code.clone(), issued);
            code
        })
    }

    fn answer(&self, path: &'static str, answer: impl FnOnce(&mut Says) -> Response) -> Response {
        self.set(|says| {
            says.asked.push(path);
            if says.broken { StatusCode::INTERNAL_SERVER_ERROR.into_response() } else { answer(says) }
        })
    }
}

/// `axum::serve` is not among the features that the service needs.
async fn axum_serve(listener: tokio::net::TcpListener, router: Router) {
    use hyper_util::{rt::TokioIo, service::TowerToHyperService};
    loop {
        let Ok((stream, _)) = listener.accept().await else { return };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let connection = hyper::server::conn::http1::Builder::new();
            let _ = connection.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn metadata(State(provider): State<Provider>) -> Response {
    let url = provider.url.clone();
    provider.answer("metadata", |says| {
        let mut all = json!({
            "issuer": url,
            "authorization_endpoint": format!("{url}/authorize"),
            "token_endpoint": format!("{url}/token"),
            "jwks_uri": format!("{url}/keys"),
            "userinfo_endpoint": format!("{url}/user-info"),
            "end_session_endpoint": format!("{url}/end"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            "code_challenge_methods_supported": ["S256"],
        });
        for (name, value) in says.metadata.as_object().unwrap() {
            all[name] = value.clone();
        }
        Json(all).into_response()
    })
}

async fn key_set(State(provider): State<Provider>) -> Response {
    provider.answer("keys", |says| Json(says.keys.clone()).into_response())
}

async fn token(State(provider): State<Provider>, headers: HeaderMap, body: String) -> Response {
    let form: HashMap<String, String> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    provider.answer("token", |says| {
        let credentials = headers.get("authorization").and_then(|value| value.to_str().ok());
        let expected = format!("Basic {}", BASE64_STANDARD.encode(format!("{CLIENT}:{SECRET}")));
        let wrong = |says: &mut Says, what: &str| {
            says.wrong.push(what.to_owned());
            (
                StatusCode::BAD_REQUEST,
                Json(json!({ "error": "invalid_grant", "error_description": "見本 あゆみ" })),
            )
                .into_response()
        };
        if credentials != Some(&expected) {
            return wrong(says, "credentials");
        }
        if form.get("redirect_uri").map(String::as_str) != Some(&format!("{PUBLIC_URL}/auth/oidc/callback")) {
            return wrong(says, "redirect_uri");
        }
        // A code counts once.
        let Some(issued) = form.get("code").and_then(|code| says.codes.remove(code)) else {
            return wrong(says, "code");
        };
        let verifier = form.get("code_verifier").cloned().unwrap_or_default();
        if BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) != issued.challenge {
            return wrong(says, "code_verifier");
        }
        let mut answer = json!({ "access_token": "access", "token_type": "Bearer", "expires_in": 60 });
        if !issued.id_token.is_null() {
            answer["id_token"] = issued.id_token;
        }
        Json(answer).into_response()
    })
}

async fn user_info(State(provider): State<Provider>, headers: HeaderMap) -> Response {
    provider.answer("user-info", |says| match &says.user_info {
        Some(info) if headers.get("authorization").is_some_and(|value| value == "Bearer access") => {
            Json(info.clone()).into_response()
        }
        _ => StatusCode::FORBIDDEN.into_response(),
    })
}
