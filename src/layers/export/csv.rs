//! CSV with the headings of 自治体標準オープンデータセット, UTF-8 with a byte order mark, CRLF.

use serde_json::Value;

use crate::{
    catalogue::{Field, FieldKind, Shape},
    geo::{Geometry, representative_point},
    layers::Snapshot,
    table::neutralised,
};

use super::{cell, features};

const BOM: &[u8] = b"\xef\xbb\xbf";

pub(super) fn write(snapshot: &Snapshot) -> Vec<u8> {
    let layer = snapshot.layer().layer();
    let fields: Vec<&Field> = layer.public_fields().collect();
    let with_shape = layer.shape != Shape::Point;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BOM.to_vec());
    let mut heading: Vec<&str> = vec!["地物ID"];
    heading.extend(fields.iter().map(|field| field.columns.first().copied().unwrap_or(field.name)));
    heading.extend(["緯度", "経度"]);
    if with_shape {
        heading.push("形状_WKT");
    }
    // Writing into memory cannot fail, here and below.
    let _ = writer.write_record(&heading);
    for feature in features(snapshot) {
        let mut row = vec![feature.id];
        row.extend(fields.iter().map(|field| {
            feature.properties.get(field.name).map(|value| safe(field, value)).unwrap_or_default()
        }));
        let [lon, lat] = representative_point(&feature.geometry).unwrap_or_default();
        row.extend([lat.to_string(), lon.to_string()]);
        if with_shape {
            row.push(wkt(&feature.geometry));
        }
        let _ = writer.write_record(&row);
    }
    writer.into_inner().unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula.
fn safe(field: &Field, value: &Value) -> String {
    let text = cell(value);
    let is_number = matches!(field.kind, FieldKind::Integer | FieldKind::Number | FieldKind::Flag);
    if is_number { text } else { neutralised(&text).into_owned() }
}

fn wkt(geometry: &Geometry) -> String {
    use geozero::ToWkt as _;
    geometry.to_wkt().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::LayerId;

    #[test]
    fn formulas_are_made_text_and_numbers_stay() {
        let field = |name| LayerId::Shelters.layer().field(name).unwrap();
        assert_eq!(safe(field("name"), &"=1+1".into()), "'=1+1");
        assert_eq!(safe(field("phone"), &"＋81".into()), "'＋81");
        assert_eq!(safe(field("elevation_m"), &(-1.5).into()), "-1.5");
        assert_eq!(safe(field("flood"), &true.into()), "1");
        assert_eq!(safe(field("serves"), &vec!["甲", "乙"].into()), "甲;乙");
    }
}
