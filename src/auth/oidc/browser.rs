//! What ties a sign-in to the browser in which it began, and where that browser may be sent.

use http::{HeaderMap, HeaderValue};

use crate::auth::{Token, cookie};

const SECURE_NAME: &str = "__Host-machiaruki-sign-on";
const PLAIN_NAME: &str = "machiaruki-sign-on";

fn name(secure: bool) -> &'static str {
    if secure { SECURE_NAME } else { PLAIN_NAME }
}

/// The browser's secret.
pub(super) fn secret(headers: &HeaderMap, secure: bool) -> Option<Token> {
    cookie::value(headers, name(secure)).and_then(Token::parse)
}

/// `Set-Cookie` for the secret. It is sent when the provider sends the browser back (a top-level GET), and to no
/// frame, form or script of another site.
pub(super) fn set(secret: &Token, secure: bool, seconds: i64) -> HeaderValue {
    cookie(secure, &secret.reveal(), seconds)
}

/// `Set-Cookie` that makes the browser forget it.
pub(super) fn clear(secure: bool) -> HeaderValue {
    cookie(secure, "", 0)
}

fn cookie(secure: bool, value: &str, seconds: i64) -> HeaderValue {
    let end = if secure { "; Secure" } else { "" };
    let text = format!("{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{end}", name(secure));
    let mut value = HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""));
    value.set_sensitive(true);
    value
}

/// A path of our own pages, or `/`: whoever made the link must not decide to which site somebody goes who has
/// just signed in.
pub(super) fn safe_path(wanted: Option<&str>) -> &str {
    wanted.filter(|path| is_safe(path)).unwrap_or("/")
}

fn is_safe(path: &str) -> bool {
    let is_plain = path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let elsewhere = ["//", "/api/", "/auth/", "/sign-in"];
    path.len() <= 512
        && is_plain
        && path.starts_with('/')
        && !elsewhere.iter().any(|start| path.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for good in ["/", "/roster", "/roster?page=2#row-3", "/?x=https://a.example/"] {
            assert_eq!(safe_path(Some(good)), good);
        }
        let long = format!("/{}", "a".repeat(600));
        for bad in [
            "",
            "roster",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nx: y",
            "/\t/evil.example",
            "/api/me",
            "/auth/oidc/start",
            "/sign-in?problem=x",
            "javascript:alert(1)",
            &long,
        ] {
            assert_eq!(safe_path(Some(bad)), "/", "{bad:?}");
        }
        assert_eq!(safe_path(None), "/");
    }
}
