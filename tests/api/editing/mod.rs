//! `/api/datasets` and `/api/places`: keeping the map true.

mod datasets;
mod imports;
mod places;

use http::{Method, header};
use machiaruki::{db::DbError, on};
use serde_json::Value;

use crate::support::{Caller, Reply, Ward};

/// What the demo's editor looks after in these tests, whatever the demo's departments are.
const OWN: [&str; 3] = ["demo-organisations", "demo-shelters-emergency", "demo-schools"];

/// A demo ward whose editor's department is the steward of some datasets and of no others.
async fn ward() -> Ward {
    let ward = Ward::demo().await;
    ward.app
        .db
        .write(|tx| {
            Box::pin(async move {
                on!(tx, conn => sqlx::query("UPDATE dataset SET steward = 'よその課'").execute(conn).await.map(|_| ()))?;
                for id in OWN {
                    on!(tx, conn => sqlx::query(
                        "UPDATE dataset SET steward = (SELECT d.name FROM department_spell d
                             JOIN staff_spell s ON s.department = d.department
                             JOIN staff p ON p.id = s.staff WHERE p.number = '900007' LIMIT 1) WHERE id = $1")
                        .bind(id).execute(conn).await.map(|_| ()))?;
                }
                Ok::<_, DbError>(())
            })
        })
        .await
        .unwrap();
    ward
}

/// A place of the layer by name.
async fn place_of(editor: &Caller, layer: &str, at: usize) -> Value {
    let list = editor.json(&format!("/api/places?layer={layer}")).await;
    list["places"][at].clone()
}

/// A place as its editors see it, and its tag.
async fn open(editor: &Caller, id: &Value) -> (Value, String) {
    let reply = editor.get(&format!("/api/places/{}", id.as_str().unwrap())).await.ok();
    (reply.json(), reply.header(header::ETAG))
}

async fn send(editor: &Caller, method: Method, path: &str, tag: &str, body: &Value) -> Reply {
    let headers = [("if-match", tag)];
    let bytes = body.to_string().into_bytes();
    editor.send(method, path, Some("application/json"), &headers, bytes).await
}

fn field<'a>(place: &'a Value, name: &str) -> &'a Value {
    let fields = place["fields"].as_array().unwrap();
    fields.iter().find(|field| field["field"]["name"] == name).unwrap()
}
