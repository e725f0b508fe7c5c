//! `/api/admin/settings`.

use std::collections::BTreeMap;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, Method, header};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{OpenApi, ToSchema};

use crate::{
    audit::{Action, Entry, Recorder},
    auth::{Access, Caller, Gate, Permission, Routes, Surface},
    db::DbError,
    http::{JsonBody, Message, Private, Problem, ProblemDocument, ProblemKind},
};

use super::{BadSetting, Key, Settings, store};

/// What the routes share.
#[derive(Clone)]
pub struct SettingsService {
    /// Who is asking.
    pub gate: Gate,
    /// Records what is done.
    pub recorder: Recorder,
}

/// The routes, for a service.
#[must_use]
pub fn routes(service: &SettingsService) -> Routes {
    Routes::new(&[Surface::Staff, Surface::Register])
        .route(Method::GET, "/api/admin/settings", Access::Needs(Permission::ReadSettings), read, service)
        .route(
            Method::PATCH,
            "/api/admin/settings",
            Access::Needs(Permission::WriteSettings),
            change,
            service,
        )
}

/// What of `/api/openapi.json` these routes fill.
#[derive(OpenApi)]
#[openapi(paths(read, change), components(schemas(Key)))]
pub struct SettingsApi;

/// The settings.
#[derive(Debug, Serialize, ToSchema)]
struct AdminSettingsDocument {
    /// Each of them.
    settings: Vec<SettingItem>,
}

/// A setting.
#[derive(Debug, Serialize, ToSchema)]
struct SettingItem {
    /// Its name.
    key: Key,
    /// Its value.
    value: String,
    /// The value when nothing is set.
    default: String,
    /// The least number, where it is one.
    least: Option<i64>,
    /// The greatest number, where it is one.
    most: Option<i64>,
}

/// Changes: the new value of each setting that is to change.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(transparent)]
struct ChangeSettings(BTreeMap<Key, String>);

/// Names a version of the settings, for `If-Match`.
fn tag(settings: &Settings) -> HeaderValue {
    use sha2::Digest as _;
    let digest = sha2::Sha256::digest(format!("{settings:?}"));
    let text = format!("\"{}\"", crate::audit::hex(&digest[..8]));
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("\"\""))
}

fn document(settings: &Settings) -> Response {
    let default = Settings::default();
    let items = Key::ALL.into_iter().map(|key| SettingItem {
        key,
        value: settings.get(key),
        default: default.get(key),
        least: key.range().map(|range| range.0),
        most: key.range().map(|range| range.1),
    });
    let body = Private(AdminSettingsDocument { settings: items.collect() });
    ([(header::ETAG, tag(settings))], body).into_response()
}

/// The settings.
#[utoipa::path(get, tag = "settings", path = "/api/admin/settings", operation_id = "get_admin_settings",
    responses(
        (status = 200, body = AdminSettingsDocument),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
async fn read(State(service): State<SettingsService>) -> Result<Response, Problem> {
    let mut tx = service.gate.db().read().await?;
    let settings = store::settings(&mut tx).await?;
    Ok(document(&settings))
}

enum ChangeError {
    Bad(String, BadSetting),
    Changed,
    Db(DbError),
}

impl From<DbError> for ChangeError {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

/// Changes settings. They count at once, in every process within two seconds.
#[utoipa::path(patch, tag = "settings", path = "/api/admin/settings", operation_id = "change_admin_settings",
    request_body = ChangeSettings,
    params(("If-Match" = String, Header, description = "The ETag of the settings that were seen")),
    responses(
        (status = 200, body = AdminSettingsDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json")))]
async fn change(
    State(service): State<SettingsService>,
    caller: Caller,
    headers: HeaderMap,
    JsonBody(ChangeSettings(changes)): JsonBody<ChangeSettings>,
) -> Result<Response, Problem> {
    let Some(seen) = headers.get(header::IF_MATCH).cloned() else {
        return Err(Problem::new(
            ProblemKind::PreconditionRequired,
            Message::new(
                "If-Match に、見ていた設定の ETag を付けてください。",
                "Please send the ETag of the settings you saw as If-Match.",
            ),
        ));
    };
    let (now, recorder) = (service.gate.clock().now(), service.recorder.clone());
    // Values of settings are no personal data, but whom to ask may be: the names alone are recorded.
    let names: Vec<Key> = changes.keys().copied().collect();
    let entry = Entry::by(&caller, Action::ChangeSettings).with(json!({ "settings": names }));
    let done = service
        .gate
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let mut settings = store::settings(tx).await?;
                if tag(&settings) != seen {
                    return Err(ChangeError::Changed);
                }
                for (key, value) in &changes {
                    let with = settings.with(*key, value);
                    settings = with.map_err(|bad| ChangeError::Bad(key.to_string(), bad))?;
                    store::set(tx, *key, value, now).await?;
                }
                let settings = settings.checked();
                let settings =
                    settings.map_err(|bad| ChangeError::Bad(Key::SessionIdleHours.to_string(), bad))?;
                recorder.record(tx, entry).await?;
                Ok(settings)
            })
        })
        .await;
    match done {
        Ok(settings) => {
            service.gate.use_settings(&settings);
            Ok(document(&settings))
        }
        Err(ChangeError::Bad(key, bad)) => Err(Problem::impossible(&key, words(bad))),
        Err(ChangeError::Changed) => Err(Problem::new(
            ProblemKind::PreconditionFailed,
            Message::new(
                "ほかの管理者が先に設定を変えました。新しい内容を確かめて、もう一度変更してください。",
                "Another administrator changed the settings first. Please look at them and change them again.",
            ),
        )),
        Err(ChangeError::Db(error)) => Err(error.into()),
    }
}

fn words(bad: BadSetting) -> Message {
    match bad {
        BadSetting::Unknown => Message::new("この設定はありません。", "There is no such setting."),
        BadSetting::OutOfRange(least, most) => Message::new(
            format!("{least}から{most}までの整数を入れてください。"),
            format!("Please give a whole number from {least} to {most}."),
        ),
        BadSetting::TooLong => {
            Message::new("300文字以内で入れてください。", "Please use at most 300 characters.")
        }
        BadSetting::NoUrl => Message::new(
            "https:// で始まるアドレスを入れてください。",
            "Please give an address that begins with https://.",
        ),
        BadSetting::IdleBeyondAbsolute => Message::new(
            "操作がないときの時間は、全体の時間より短くしてください。",
            "The time without a request has to be shorter than the whole.",
        ),
    }
}
