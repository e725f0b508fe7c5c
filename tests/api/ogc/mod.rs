//! `/ogc`: OGC API – Features.

mod collection;
mod collections;
mod conformance;
mod crawl;
mod datetime;
mod filters;
mod gdal;
mod html;
mod item;
mod items;
mod landing;
mod openapi;
mod paging;
mod parameters;
mod queryables;

/// Every collection, in order.
pub const COLLECTIONS: [&str; 11] = [
    "routes",
    "stops",
    "organisations",
    "councils",
    "shelters",
    "facilities",
    "schools",
    "school_districts",
    "districts",
    "localities",
    "boundary",
];

/// How many features of each the demo ward has in force, in the same order.
pub const IN_FORCE: [u64; 11] = [8, 56, 22, 10, 21, 43, 18, 8, 5, 44, 1];
