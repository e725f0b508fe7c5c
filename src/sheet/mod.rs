//! Lists that people bring as files: bytes in, rows of text out, with the line of each. Knows no feature.
//!
//! A file is CSV in UTF-8 or CP932, or an Excel workbook; which of them is told by its content. [`Headings`] finds its columns by the
//! names that wards give them. What is in the cells is the feature's to read; [`japanese_date`] reads days.

mod days;
mod excel;
mod headings;
mod reason;
mod table;

pub use days::{japanese_date, serial_date};
pub use headings::{Headings, Named};
pub use reason::Reason;
pub use table::{BadLine, BadTable, Table, open};
