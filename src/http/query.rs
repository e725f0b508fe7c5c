//! Queries of links.

/// Names and values as a query, without its question mark.
#[must_use]
pub fn query_string(pairs: &[(&str, &str)]) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for (index, (name, value)) in pairs.iter().enumerate() {
        if index > 0 {
            out.push('&');
        }
        out.push_str(name);
        out.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                out.push(char::from(byte));
            } else {
                // Writing into memory cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_not_plain_is_encoded() {
        assert_eq!(super::query_string(&[("q", "芝 &"), ("a", "1")]), "q=%E8%8A%9D%20%26&a=1");
    }
}
