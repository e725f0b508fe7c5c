//! A position as JSON has it.

use geo::Point;
use serde::{Deserialize, Serialize};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{ArrayBuilder, ObjectBuilder, Schema, Type},
    },
};

/// A position: longitude and latitude in degrees (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Position(pub [f64; 2]);

impl Position {
    /// Whether it is in the world. What is no number is not.
    #[must_use]
    pub fn is_in_world(self) -> bool {
        let [lon, lat] = self.0;
        (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)
    }
}

impl From<Position> for Point {
    fn from(position: Position) -> Self {
        let [lon, lat] = position.0;
        Self::new(lon, lat)
    }
}

impl PartialSchema for Position {
    fn schema() -> RefOr<Schema> {
        let number =
            ObjectBuilder::new().schema_type(Type::Number).minimum(Some(-180.0)).maximum(Some(180.0));
        ArrayBuilder::new()
            .items(number)
            .min_items(Some(2))
            .max_items(Some(2))
            .description(Some("Longitude and latitude in degrees (WGS 84)."))
            .into()
    }
}

impl ToSchema for Position {}
