//! The API's own definition, put together from every feature's.

use axum::Json;
use utoipa::OpenApi;

use crate::{
    activations, audit, auth, councils, gatherings, introductions, layers, network, notify, outings, places,
    retention, routes, settings, staff, training, visits,
};

/// The application's own API (OpenAPI 3.1).
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(info(
        title = "Machiaruki",
        description = "The API of the browser app. Open data for other programs is at /ogc.",
        license(name = "")
    ))]
    struct Api;
    let mut api = Api::openapi();
    api.info.license = None;
    api.merge(layers::routes::LayersApi::openapi());
    api.merge(auth::routes::AuthApi::openapi());
    api.merge(audit::routes::AuditApi::openapi());
    api.merge(settings::SettingsApi::openapi());
    api.merge(places::routes::PlacesApi::openapi());
    api.merge(staff::routes::StaffApi::openapi());
    api.merge(retention::routes::RetentionApi::openapi());
    api.merge(network::routes::NetworkApi::openapi());
    api.merge(routes::api::RoutesApi::openapi());
    api.merge(notify::api::NoticesApi::openapi());
    api.merge(outings::api::OutingsApi::openapi());
    api.merge(visits::api::VisitsApi::openapi());
    api.merge(training::api::TrainingApi::openapi());
    api.merge(councils::api::CouncilsApi::openapi());
    api.merge(introductions::api::IntroductionsApi::openapi());
    api.merge(activations::api::ActivationsApi::openapi());
    api.merge(gatherings::api::GatheringsApi::openapi());
    open_to_tags(&mut api);
    api
}

/// A schema that allows no further property contradicts every `allOf` that adds a tag to it, as those of tagged
/// enums do: there, the closing is left out.
fn open_to_tags(api: &mut utoipa::openapi::OpenApi) {
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
pub(super) async fn api_document() -> Json<utoipa::openapi::OpenApi> {
    Json(openapi())
}
