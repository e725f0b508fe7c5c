//! Files for whoever is signed in: saved, not shown, and kept by no cache.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};

/// A file to save.
#[derive(Clone, Debug)]
pub struct Download {
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub media_type: &'static str,
    /// What it is called.
    pub name: FileName,
}

/// What a file is called: as people call it, and for programs that know ASCII alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName {
    /// Letters, digits, `-`, `_` and `.` alone.
    pub ascii: String,
    /// As people call it.
    pub full: String,
}

impl FileName {
    /// The header that says so (RFC 6266, RFC 8187).
    fn disposition(&self) -> String {
        use std::fmt::Write as _;
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let ascii: String = self.ascii.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
        let mut out = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''");
        for byte in self.full.bytes() {
            if is_plain(char::from(byte)) {
                out.push(char::from(byte));
            } else {
                // Writing into memory cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    }
}

impl IntoResponse for Download {
    fn into_response(self) -> Response {
        let disposition = self.name.disposition();
        let mut response = Response::new(Body::from(self.bytes));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Ok(disposition) = HeaderValue::try_from(disposition) {
            headers.insert(header::CONTENT_DISPOSITION, disposition);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_within_its_header() {
        let name = FileName { ascii: "a\"b\r\n.csv".into(), full: "令和8年度 (1).csv".into() };
        assert_eq!(
            name.disposition(),
            "attachment; filename=\"a_b__.csv\"; \
             filename*=UTF-8''%E4%BB%A4%E5%92%8C8%E5%B9%B4%E5%BA%A6%20%281%29.csv"
        );
    }
}
