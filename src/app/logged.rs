//! Paths as they are logged.

use std::borrow::Cow;

use uuid::Uuid;

/// Links that let in whoever has them.
const SECRET: [&str; 2] = ["/api/hosts/", "/api/calendar/"];
/// Addresses with ids that a phone made at a tap: a UUIDv7 holds its time.
const TAPPED: [&str; 2] = ["/api/visits/", "/api/observations/"];

/// A path as it is logged: secret links end where their secret begins, and ids that tell when somebody tapped are left out.
pub(super) fn logged_path(path: &str) -> Cow<'_, str> {
    if let Some(start) = SECRET.into_iter().find(|start| path.starts_with(start)) {
        return start.into();
    }
    if !TAPPED.into_iter().any(|start| path.starts_with(start)) {
        return path.into();
    }
    let shown = |part| if Uuid::try_parse(part).is_ok() { "*" } else { part };
    path.split('/').map(shown).collect::<Vec<_>>().join("/").into()
}

#[cfg(test)]
mod tests {
    use super::logged_path;

    #[test]
    fn secrets_in_addresses_are_not_logged() {
        assert_eq!(logged_path("/api/hosts/c2VjcmV0"), "/api/hosts/");
        assert_eq!(logged_path("/api/calendar/c2VjcmV0.ics"), "/api/calendar/");
        assert_eq!(logged_path("/api/outings/1/hosts/2/link"), "/api/outings/1/hosts/2/link");
    }

    #[test]
    fn ids_that_tell_when_somebody_tapped_are_not_logged() {
        let id = "019a9f6e-0000-7000-8000-000000000001";
        assert_eq!(logged_path(&format!("/api/visits/{id}/photos/{id}")), "/api/visits/*/photos/*");
        assert_eq!(logged_path(&format!("/api/observations/{id}/answer")), "/api/observations/*/answer");
        assert_eq!(logged_path("/api/visits/decisions"), "/api/visits/decisions");
        // Others are made by the service, and tell nothing of a person.
        assert_eq!(logged_path(&format!("/api/outings/{id}")), format!("/api/outings/{id}"));
    }
}
