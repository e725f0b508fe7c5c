//! Pages of `/ogc` for people: plain, readable without scripts, in Japanese and English.

use std::sync::Arc;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;

use crate::{
    catalogue::LayerId,
    http::Site,
    layers::{FreshnessState, Page, Snapshot},
};

use super::{conformance_classes, documents, links::Links};

fn page(site: &Site, links: &Links, title: &str, trail: &[(&str, &str)], body: &Markup) -> Vec<u8> {
    let markup = html! {
        (DOCTYPE)
        html lang="ja" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " | " (documents::title(site)) }
                link rel="stylesheet" href={ (links.base()) "/ogc.css" };
            }
            body {
                header {
                    a href={ (links.base()) "/" } { "まちあるき 地図 / Map" }
                    nav aria-label="現在位置 / Breadcrumb" {
                        a href=(links.ogc("?f=html")) { "オープンデータ / Open data" }
                        @for (name, path) in trail { " › " a href=(links.ogc(path)) { (name) } }
                    }
                }
                @if site.demo {
                    p.sample role="note" {
                        "見本データです。団体・協議会・避難所などは架空のものです。 / Sample data: organisations, councils and shelters are invented."
                    }
                }
                main { h1 { (title) } (body) }
            }
        }
    };
    markup.into_string().into_bytes()
}

pub(super) fn landing(site: &Site, links: &Links) -> Vec<u8> {
    let body = html! {
        p { "コース、地域団体、防災協議会、避難所、施設などの地図データを、だれでも使える形で公開しています。" }
        p lang="en" { "Walking routes, local organisations, disaster councils, shelters and facilities as open layers." }
        ul {
            li { a href=(links.ogc("/collections?f=html")) { "データ一覧 / Collections" } }
            li { a href=(links.ogc("/api?f=html")) { "APIの説明 / API" } " (" a href=(links.ogc("/api?f=json")) { "OpenAPI 3.0" } ")" }
            li { a href=(links.ogc("/conformance?f=html")) { "準拠する規格 / Conformance" } }
        }
        p { "QGISやGDALでは、次のアドレスを「OGC API – Features」として追加してください。" br; code { (links.ogc("")) } }
    };
    page(site, links, &documents::title(site), &[], &body)
}

pub(super) fn conformance(site: &Site, links: &Links) -> Vec<u8> {
    let body = html! { ul { @for class in conformance_classes() { li { code { (class) } } } } };
    page(site, links, "準拠する規格 / Conformance", &[], &body)
}

pub(super) fn api(site: &Site, links: &Links, document: &Value) -> Vec<u8> {
    let body = html! {
        p { "定義: " a href=(links.ogc("/api?f=json")) { "OpenAPI 3.0 (JSON)" } }
        @if let Some(paths) = document["paths"].as_object() {
            table {
                thead { tr { th scope="col" { "アドレス / Path" } th scope="col" { "説明 / Summary" } } }
                tbody {
                    @for (path, item) in paths {
                        tr { td { code { "/ogc" (path) } } td { (item["get"]["summary"].as_str().unwrap_or_default()) } }
                    }
                }
            }
        }
    };
    page(site, links, "APIの説明 / API", &[], &body)
}

pub(super) fn collections(site: &Site, snapshots: &[Arc<Snapshot>], links: &Links) -> Vec<u8> {
    let body = html! {
        table {
            thead { tr {
                th scope="col" { "データ / Collection" }
                th scope="col" { "件数 / Items" }
                th scope="col" { "内容 / About" }
            } }
            tbody {
                @for snapshot in snapshots {
                    @let layer = snapshot.layer().layer();
                    tr {
                        td { a href=(links.collection(layer.id, "?f=html")) { (layer.title.ja) } br; span lang="en" { (layer.title.en) } }
                        td.number { (snapshot.len()) }
                        td { (layer.description.ja) (freshness(snapshot)) }
                    }
                }
            }
        }
    };
    page(site, links, "データ一覧 / Collections", &[], &body)
}

fn freshness(snapshot: &Snapshot) -> Markup {
    let fresh = snapshot.freshness();
    html! {
        @if fresh.state == FreshnessState::Overdue {
            @if let Some(due) = fresh.due_on {
                br; strong.overdue { "更新予定日(" (due) ")を過ぎています / past its promised refresh" }
            }
        }
    }
}

const TRAIL: (&str, &str) = ("データ一覧 / Collections", "/collections?f=html");

pub(super) fn collection(site: &Site, snapshot: &Snapshot, links: &Links) -> Vec<u8> {
    let layer = snapshot.layer().layer();
    let body = html! {
        p { (layer.description.ja) } p lang="en" { (layer.description.en) }
        (freshness(snapshot))
        ul {
            li { a href=(links.collection(layer.id, "/items?f=html")) { "一覧 / Items (" (snapshot.len()) ")" } }
            li { a href=(links.collection(layer.id, "/queryables?f=html")) { "絞り込める項目 / Queryables" } }
            li { "ダウンロード / Download: "
                @for (format, name) in [("geojson", "GeoJSON"), ("gpkg", "GeoPackage"), ("csv", "CSV"), ("kml", "KML")] {
                    a href=(links.download(layer.id, format)) { (name) } " "
                }
            }
        }
        @for dataset in snapshot.datasets() {
            section {
                h2 { (dataset.title) @if dataset.sample { " " span.badge { "見本" } } }
                dl {
                    dt { "出典 / Source" } dd { (dataset.source) }
                    dt { "利用条件 / Licence" } dd { @if let Some(url) = &dataset.licence_url { a href=(url) { (dataset.licence) } } @else { (dataset.licence) } }
                    dt { "表示する文言 / Attribution" } dd { (dataset.attribution) }
                    dt { "時点 / As of" } dd { @if let Some(day) = dataset.as_of { (day) } @else { "不明 / unknown" } }
                    dt { "担当 / Steward" } dd { (dataset.steward) }
                    dt { "件数 / Records" } dd { (dataset.feature_count) @if dataset.vanished_count > 0 { " (廃止 / retired: " (dataset.vanished_count) ")" } }
                }
            }
        }
        @if snapshot.datasets().is_empty() { p { "まだデータがありません。 / No data yet." } }
    };
    page(site, links, layer.title.ja, &[TRAIL], &body)
}

pub(super) fn queryables(site: &Site, layer: LayerId, links: &Links) -> Vec<u8> {
    let body = html! {
        p { "「項目名=値」を一覧のアドレスにつけると絞り込めます。 / Add name=value to the address of the items." }
        table {
            thead { tr { th scope="col" { "項目名 / Name" } th scope="col" { "意味 / Meaning" } } }
            tbody {
                @for field in layer.layer().public_fields() {
                    tr { td { code { (field.name) } } td { (field.label.ja) " / " span lang="en" { (field.label.en) } } }
                }
            }
        }
    };
    page(
        site,
        links,
        "絞り込める項目 / Queryables",
        &[TRAIL, (layer.layer().title.ja, &format!("/collections/{layer}?f=html"))],
        &body,
    )
}

pub(super) fn items(
    site: &Site,
    snapshot: &Snapshot,
    page_of_items: &Page,
    links: &Links,
    own: &str,
    next: Option<&str>,
) -> Vec<u8> {
    let layer = snapshot.layer().layer();
    let features: Vec<Value> =
        page_of_items.features().filter_map(|json| serde_json::from_slice(&json).ok()).collect();
    let join = if own.contains('?') { '&' } else { '?' };
    let body = html! {
        p { (page_of_items.matched) "件のうち" (page_of_items.returned) "件 / " (page_of_items.returned) " of " (page_of_items.matched)
            " · " a href={ (own) (join) "f=json" } { "GeoJSON" } }
        @if features.is_empty() { p { "該当するものはありません。 / Nothing matches." } }
        @else {
            table {
                thead { tr { th scope="col" { "名称 / Name" } th scope="col" { "住所・説明 / Address or description" } } }
                tbody {
                    @for feature in &features {
                        @let properties = &feature["properties"];
                        tr {
                            td {
                                a href=(links.collection(layer.id, &format!("/items/{}?f=html", feature["id"].as_str().unwrap_or_default()))) {
                                    (properties["name"].as_str().unwrap_or("—"))
                                }
                                @if properties["sample"] == true { " " span.badge { "見本" } }
                            }
                            td { (properties["address"].as_str().or(properties["description"].as_str()).unwrap_or_default()) }
                        }
                    }
                }
            }
        }
        @if let Some(next) = next { p { a rel="next" href={ (next) "&f=html" } { "次のページ / Next page" } } }
    };
    page(
        site,
        links,
        layer.title.ja,
        &[TRAIL, (layer.title.en, &format!("/collections/{}?f=html", layer.id))],
        &body,
    )
}

pub(super) fn item(site: &Site, snapshot: &Snapshot, feature: &[u8], links: &Links) -> Vec<u8> {
    let layer = snapshot.layer().layer();
    let feature: Value = serde_json::from_slice(feature).unwrap_or_default();
    let properties = &feature["properties"];
    let id = feature["id"].as_str().unwrap_or_default();
    let body = html! {
        @if properties["sample"] == true { p.sample { "これは見本(架空)のデータです。 / This is sample data." } }
        dl {
            @for field in layer.public_fields() {
                @if let Some(value) = properties.get(field.name) {
                    dt { (field.label.ja) " / " span lang="en" { (field.label.en) } }
                    dd { (shown(value)) }
                }
            }
        }
        p { a href={ (links.base()) "/?select=" (layer.id) "/" (id) } { "地図で見る / On the map" }
            " · " a href=(links.collection(layer.id, &format!("/items/{id}?f=json"))) { "GeoJSON" } }
    };
    let title = properties["name"].as_str().unwrap_or("—").to_owned();
    page(
        site,
        links,
        &title,
        &[TRAIL, (layer.title.ja, &format!("/collections/{}/items?f=html", layer.id))],
        &body,
    )
}

fn shown(value: &Value) -> Markup {
    match value {
        Value::Bool(true) => html! { "はい / yes" },
        Value::Bool(false) => html! { "いいえ / no" },
        Value::String(text) if text.starts_with("https://") || text.starts_with("http://") => {
            html! { a href=(text) rel="noopener nofollow" { (text) } }
        }
        Value::String(text) => html! { (text) },
        Value::Array(items) => html! {
            @for (index, item) in items.iter().enumerate() { @if index > 0 { "、" } (item.as_str().unwrap_or_default()) }
        },
        Value::Null => PreEscaped(String::new()),
        other => html! { (other.to_string()) },
    }
}
