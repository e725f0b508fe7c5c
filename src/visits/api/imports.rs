//! Taking in, for others, the file of a phone that will not send any more.

use std::{
    collections::{BTreeMap, btree_map::Entry as Slot},
    sync::Arc,
};

use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use serde_json::json;

use crate::{
    audit::{self, Entry},
    auth::{AccountId, Caller},
    clock::Timestamp,
    db::DbError,
    http::{Message, Private, Problem, ProblemDocument},
    visits::{
        envelope::item_id,
        model::{Refusal, RefusalCode},
        phone_file::{BadFile, FileItem, ItemKind, PhoneFile},
        service::Received,
    },
};

use super::{
    documents::{ImportPhoneFile, ImportResult, ImportResults, ItemResult},
    send::{MOST_ITEMS, body},
    shared::{VisitsService, owner},
};

/// The largest file, in bytes: one photo of the largest size, in base64, and the rest of a day. A phone's larger file is sent in parts.
pub(super) const FILE_LIMIT: usize = 16 * 1024 * 1024;
/// Photos in one file: each takes up to a second to decode, and a request has a minute.
const MOST_PHOTOS: usize = 20;

/// An item of a file: its id and kind, if they can be read, and what it holds.
struct Line {
    id: Option<String>,
    kind: Option<ItemKind>,
    item: Result<FileItem, Refusal>,
}

/// Imports a file that a phone wrote of what it could not send, for the accounts that own its items; nobody imports their
/// own. Each item is judged as if its phone had sent it, and counts when the phone sends it after all, or when another trainer
/// accepts it. The same file again changes nothing.
#[utoipa::path(post, tag = "visits", path = "/api/visits/imports", operation_id = "import_visits",
    request_body = ImportPhoneFile,
    responses(
        (status = 200, body = ImportResults),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn import(
    State(service): State<VisitsService>,
    caller: Caller,
    request: Request,
) -> Result<Response, Problem> {
    let (bytes, language) = body(request).await?;
    let by = caller.principal.account;
    service.spend(by, checked(&bytes)?)?;
    let now = service.gate.clock().now();
    // Photos are decoded, as those that phones send.
    let turn = Arc::clone(&service.files).acquire_owned().await.map_err(|error| Problem::internal(&error))?;
    let read = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        lines(&bytes, now)
    });
    let lines = read.await.map_err(|error| Problem::internal(&error))?;
    let entry = Entry::by(&caller, audit::Action::ImportVisits);
    let (today, recorder, visits) = (service.today(), service.recorder.clone(), service.visits.clone());
    let imported = service.gate.db().write(move |tx| {
        Box::pin(async move {
            let owners: Vec<Option<AccountId>> =
                lines.iter().map(|line| line.item.as_ref().ok().map(|item| item.owner)).collect();
            let (named, items): (Vec<_>, Vec<_>) =
                lines.into_iter().map(|line| ((line.id, line.kind), line.item)).unzip();
            let received = visits.import(tx, by, items).await?;
            let mut known = BTreeMap::new();
            for (account, received) in owners.iter().zip(&received) {
                if let Some(account) = account.filter(|_| is_for_somebody(received))
                    && let Slot::Vacant(slot) = known.entry(account)
                {
                    slot.insert(owner(tx, account, today).await?);
                }
            }
            let stored = received.iter().filter(|one| matches!(one, Received::Kept { duplicate: false, .. }));
            let detail = json!({ "items": received.len(), "stored": stored.count() });
            let people: Vec<_> = known.values().map(|(person, _)| *person).collect();
            recorder.record(tx, entry.about(people).with(detail)).await?;
            let results =
                owners.into_iter().zip(named).zip(received).map(|((account, (id, kind)), received)| {
                    // An observation and a photo are not judged.
                    let judged = matches!(kind, Some(ItemKind::Visit | ItemKind::Addition));
                    let owner = account.and_then(|account| Some(known.get(&account)?.1.clone()));
                    ImportResult { kind, owner, item: ItemResult::new(id, received, language, judged) }
                });
            Ok::<_, DbError>(ImportResults { results: results.collect() })
        })
    });
    Ok(Private(imported.await?).into_response())
}

/// Whether an item is somebody else's who is known here: whose name is told, and who sees that it was done.
fn is_for_somebody(received: &Received) -> bool {
    let Received::Refused(refusal) = received else { return true };
    !matches!(refusal.code, RefusalCode::OwnItem | RefusalCode::UnknownOwner)
}

/// How many items a file holds, when it is one that can be imported at once.
fn checked(bytes: &[u8]) -> Result<usize, Problem> {
    let file = PhoneFile::read(bytes).map_err(not_a_file)?;
    let photos = file.items.iter().filter(|item| ItemKind::of(item) == Some(ItemKind::Photo)).count();
    if file.items.len() > MOST_ITEMS || photos > MOST_PHOTOS {
        let message = Message::new(
            format!(
                "一度に取り込めるのは{MOST_ITEMS}件(写真は{MOST_PHOTOS}枚)までです。分けて送ってください。"
            ),
            format!(
                "At most {MOST_ITEMS} items and {MOST_PHOTOS} photos at a time. Please send them in parts."
            ),
        );
        return Err(Problem::impossible("items", message));
    }
    Ok(file.items.len())
}

/// Reads each item by itself. Takes up to a second for each photo.
fn lines(bytes: &Bytes, now: Timestamp) -> Vec<Line> {
    let items = PhoneFile::read(bytes).map(|file| file.items).unwrap_or_default();
    let line =
        |item: &&[u8]| Line { id: item_id(item), kind: ItemKind::of(item), item: FileItem::read(item, now) };
    items.iter().map(line).collect()
}

fn not_a_file(bad: BadFile) -> Problem {
    match bad {
        BadFile::Unreadable => Problem::parameter(
            "items",
            Message::new(
                "ファイルとして読み取れません。端末の「ファイルに書き出す」でもう一度作り、手を加えずに選んでください。",
                "It cannot be read as a file. Please save it again on the phone, and choose it unchanged.",
            ),
        ),
        BadFile::OtherFormat => Problem::impossible(
            "format",
            Message::new(
                "端末の「ファイルに書き出す」で作ったファイルではありません。machiaruki-unsent.json を選んでください。",
                "This is not a file that a phone saved. Please choose machiaruki-unsent.json.",
            ),
        ),
        BadFile::OtherVersion => Problem::impossible(
            "version",
            Message::new(
                "新しい版のアプリのファイルです。サーバーの更新を管理者に依頼してください。",
                "A newer app saved this file. Please ask an administrator to update the service.",
            ),
        ),
    }
}
