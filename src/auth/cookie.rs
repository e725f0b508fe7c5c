//! The session's cookie.

use http::{HeaderMap, HeaderValue, header};

use super::model::Token;

/// Over TLS: bound to this host by the browser, and never sent in the clear.
const SECURE_NAME: &str = "__Host-machiaruki";
/// On this machine alone, where there is no TLS: the demo.
const PLAIN_NAME: &str = "machiaruki";

/// The session's token among the cookies.
#[must_use]
pub fn session(headers: &HeaderMap, secure: bool) -> Option<Token> {
    value(headers, if secure { SECURE_NAME } else { PLAIN_NAME }).and_then(Token::parse)
}

/// The value of a cookie.
#[must_use]
pub fn value<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// `Set-Cookie` for a session that has begun; `seconds` until it ends at the latest.
#[must_use]
pub fn set(token: &Token, secure: bool, seconds: i64) -> HeaderValue {
    cookie(secure, &token.reveal(), seconds)
}

/// `Set-Cookie` that makes the browser forget the session.
#[must_use]
pub fn clear(secure: bool) -> HeaderValue {
    cookie(secure, "", 0)
}

fn cookie(secure: bool, value: &str, seconds: i64) -> HeaderValue {
    let (name, end) = if secure { (SECURE_NAME, "; Secure") } else { (PLAIN_NAME, "") };
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{end}");
    // Base64url and digits are header text.
    let mut value = HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""));
    value.set_sensitive(true);
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_read_from_the_cookie_that_fits_the_connection() {
        let token = Token::new([1; 32]);
        let headers = |text: String| HeaderMap::from_iter([(header::COOKIE, text.parse().unwrap())]);
        let secure = headers(format!("a=b; __Host-machiaruki={}; c=d", token.reveal()));
        assert_eq!(session(&secure, true), Some(token.clone()));
        assert_eq!(session(&secure, false), None);
        let plain = headers(format!("machiaruki={}", token.reveal()));
        assert_eq!(session(&plain, true), None, "a cookie that TLS did not protect opens nothing over TLS");
        let cookie = set(&token, true, 60);
        assert!(cookie.is_sensitive());
        for part in ["__Host-", "Path=/", "HttpOnly", "SameSite=Lax", "Secure"] {
            assert!(cookie.to_str().unwrap().contains(part), "{part}");
        }
    }
}
