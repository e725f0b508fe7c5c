//! Items: the features of a collection.

use std::fmt::Write as _;

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use http::header;

use crate::{
    clock::Timestamp,
    http::{Content, Head, Piece, Problem, Representation, Tag},
    layers::{
        Page, Snapshot,
        service::{LayersService, collection},
    },
};

use super::{
    CACHE, GEOJSON, entry, html, layer, link_header,
    links::{Links, write_link, write_self_and_alternate},
    media_type,
    params::{ItemsParams, only, write_cursor},
    representation,
};

pub(super) async fn items(
    State(service): State<LayersService>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    head: Head,
) -> Result<Response, Problem> {
    let snapshot = service.layers.get(layer(&name)?);
    let asked = ItemsParams::read(snapshot.layer().layer(), query.as_deref())?;
    let representation = representation(&asked.params, &head)?;
    let links = Links::new(&service.site, &head);
    let tag = Tag::new(snapshot.tag(), &("items", &asked.params, representation, links.base()));
    let modified = snapshot.modified().clone();
    if let Some(response) = head.not_modified(&tag, Some(&modified), CACHE) {
        return Ok(response);
    }
    let asked_query = asked.query.clone();
    let (snapshot, page) = if asked_query.filters.is_empty() || snapshot.len() < SMALL_LAYER {
        let page = snapshot.query(&asked_query);
        (snapshot, page)
    } else {
        // Looking through a large layer's properties takes long enough to be in others' way.
        tokio::task::spawn_blocking(move || {
            let page = snapshot.query(&asked_query);
            (snapshot, page)
        })
        .await
        .map_err(|error| Problem::internal(&error))?
    };
    let own = links.collection(snapshot.layer(), "/items");
    let next = page.next.map(|cursor| {
        let with = [("cursor", &*write_cursor(cursor))];
        format!("{own}{}", asked.params.encoded(&["cursor", "f"], &with))
    });
    let next_header = next.as_deref().and_then(|url| link_header(url, "next"));
    let own = format!("{own}{}", asked.params.encoded(&["f"], &[]));
    let pieces = match representation {
        Representation::Json => pieces(&snapshot, &page, &links, &own, next.as_deref()),
        Representation::Html => {
            let page = html::items(&service.site, &snapshot, &page, &links, &own, next.as_deref());
            vec![Piece::Fresh(page.into())]
        }
    };
    let media_type = media_type(representation, GEOJSON);
    let content = Content { media_type, tag, modified: Some(modified), cache: CACHE, pieces };
    let mut response = head.respond(content).await;
    if let Some(next) = next_header {
        response.headers_mut().insert(header::LINK, next);
    }
    Ok(response)
}

/// Layers smaller than this are looked through on the spot.
const SMALL_LAYER: usize = 20_000;

fn pieces(snapshot: &Snapshot, page: &Page, links: &Links, own: &str, next: Option<&str>) -> Vec<Piece> {
    let mut closing = String::with_capacity(1_024);
    // Writing into a string cannot fail.
    let _ = write!(
        closing,
        "],\"numberMatched\":{},\"numberReturned\":{},\"timeStamp\":\"{}\",\"links\":[",
        page.matched,
        page.returned,
        time_stamp(snapshot.modified().moment()),
    );
    write_self_and_alternate(own, &mut closing);
    if let Some(next) = next {
        closing.push(',');
        write_link("next", GEOJSON, "The next page", &[next, "&f=json"], &mut closing);
    }
    closing.push(',');
    let collection_url = links.collection(snapshot.layer(), "");
    write_link("collection", "application/json", "The collection", &[&collection_url], &mut closing);
    closing.push_str("]}");
    let mut opening = Vec::with_capacity(page.json_len().min(64 * 1024) + closing.len() + 64);
    opening.extend_from_slice(b"{\"type\":\"FeatureCollection\",\"features\":[");
    collection(opening, page, closing.as_bytes())
}

/// The moment of the answer's content, not of its sending: equal answers are equal bytes.
fn time_stamp(moment: Timestamp) -> String {
    Timestamp::from_second(moment.as_second()).unwrap_or(moment).to_string()
}

pub(super) async fn item(
    State(service): State<LayersService>,
    Path((name, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    head: Head,
) -> Result<Response, Problem> {
    let snapshot = service.layers.get(layer(&name)?);
    let params = only(query.as_deref(), &["f"])?;
    let representation = representation(&params, &head)?;
    let entry = entry(&snapshot, &id)?;
    let links = Links::new(&service.site, &head);
    let tag = Tag::new(snapshot.tag(), &("item", entry.id().as_str(), representation, links.base()));
    let modified = snapshot.modified();
    if let Some(response) = head.not_modified(&tag, Some(modified), CACHE) {
        return Ok(response);
    }
    let collection_url = links.collection(snapshot.layer(), "");
    let own = format!("{collection_url}/items/{}", entry.id());
    let feature = entry.json();
    let body = match representation {
        Representation::Json => {
            let mut links_json = String::with_capacity(640);
            write_self_and_alternate(&own, &mut links_json);
            links_json.push(',');
            write_link(
                "collection",
                "application/json",
                "The collection",
                &[&collection_url],
                &mut links_json,
            );
            let mut body = Vec::with_capacity(feature.len() + links_json.len() + 16);
            // The feature's bytes without their closing brace, and links.
            body.extend_from_slice(&feature[..feature.len() - 1]);
            body.extend_from_slice(b",\"links\":[");
            body.extend_from_slice(links_json.as_bytes());
            body.extend_from_slice(b"]}");
            body
        }
        Representation::Html => html::item(&service.site, &snapshot, &feature, &links),
    };
    let content = Content {
        media_type: media_type(representation, GEOJSON),
        tag,
        modified: Some(modified.clone()),
        cache: CACHE,
        pieces: vec![Piece::Fresh(body.into())],
    };
    Ok(head.respond(content).await)
}
