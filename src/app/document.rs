//! The API's own definition, put together from every feature's.

use axum::Json;
use utoipa::{OpenApi, openapi::OpenApi as OpenApiDocument};

use crate::{
    activations, audit, auth, councils, gatherings, introductions, layers, network, notify, outings, places,
    retention, routes, settings, staff, training, visits,
};

/// The application's own API (OpenAPI 3.1).
#[must_use]
pub fn openapi() -> OpenApiDocument {
    #[derive(OpenApi)]
    #[openapi(info(
        title = "Machiaruki",
        description = "The API of the browser app. Open data for other programs is at /ogc.",
        license(name = "")
    ))]
    struct Api;
    let mut api = Api::openapi();
    api.info.license = None;
    for part in PARTS {
        api.merge(part());
    }
    open_to_tags(&mut api);
    api
}

/// What each feature says of its own. Of two schemas of one name only the first would be in the whole.
const PARTS: &[fn() -> OpenApiDocument] = &[
    layers::routes::LayersApi::openapi,
    auth::routes::AuthApi::openapi,
    audit::routes::AuditApi::openapi,
    settings::SettingsApi::openapi,
    places::routes::PlacesApi::openapi,
    staff::routes::StaffApi::openapi,
    retention::routes::RetentionApi::openapi,
    network::routes::NetworkApi::openapi,
    routes::api::RoutesApi::openapi,
    notify::api::NoticesApi::openapi,
    outings::api::OutingsApi::openapi,
    visits::api::VisitsApi::openapi,
    training::api::TrainingApi::openapi,
    councils::api::CouncilsApi::openapi,
    introductions::api::IntroductionsApi::openapi,
    activations::api::ActivationsApi::openapi,
    gatherings::api::GatheringsApi::openapi,
];

/// A schema that allows no further property contradicts every `allOf` that adds a tag to it, as those of tagged
/// enums do: there, the closing is left out.
fn open_to_tags(api: &mut OpenApiDocument) {
    use utoipa::openapi::{RefOr, schema::Schema};
    let Some(schemas) = api.components.as_mut().map(|components| &mut components.schemas) else { return };
    let mut tagged = Vec::new();
    for schema in schemas.values() {
        let RefOr::T(Schema::OneOf(variants)) = schema else { continue };
        for variant in &variants.items {
            let RefOr::T(Schema::AllOf(parts)) = variant else { continue };
            tagged.extend(parts.items.iter().filter_map(|part| match part {
                RefOr::Ref(to) => to.ref_location.rsplit('/').next().map(str::to_owned),
                RefOr::T(_) => None,
            }));
        }
    }
    for name in tagged {
        if let Some(RefOr::T(Schema::Object(object))) = schemas.get_mut(&name) {
            object.additional_properties = None;
        }
    }
}

/// The definition, over HTTP.
pub(super) async fn api_document() -> Json<OpenApiDocument> {
    Json(openapi())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn no_two_schemas_have_one_name() {
        let mut known = HashMap::new();
        for part in PARTS {
            for (name, schema) in part().components.map(|components| components.schemas).unwrap_or_default() {
                let known = known.entry(name.clone()).or_insert_with(|| schema.clone());
                assert!(*known == schema, "{name} means two things: rename one with #[schema(as = …)]");
            }
        }
    }
}
