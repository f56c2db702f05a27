//! Compares what a document says about the API as a whole with spec/front.yaml: the server, and the credentials of requests.

use super::document::Document;
use super::json::Json;
use super::unread::Unread;
use front_codegen::spec::model::Front;

/// Returns the keywords that are not read, without those that agree with spec/front.yaml.
pub(super) fn unread(document: &Document, front: &Front) -> Vec<Unread> {
    let security = document.part("security");
    let is_ours = |unread: &&Unread| match unread.at.as_str() {
        "#/servers" => is_base(document.part("servers"), front),
        "#/security" => is_bearer(document, security),
        at if at.ends_with("/security") => {
            is_bearer(document, security) && document.at(at) == Some(security)
        }
        _ => false,
    };
    document.unread().iter().filter(|unread| !is_ours(unread)).cloned().collect()
}

/// Returns whether the only server is the one in the spec.
fn is_base(servers: &Json, front: &Front) -> bool {
    let base = front.hosts.base.trim_end_matches('/');
    let [server] = servers.items() else { return false };
    server.get("url").text().is_some_and(|url| url.trim_end_matches('/') == base)
        && server.entries().all(|(key, _)| matches!(key, "url" | "description"))
}

/// Returns whether a bearer token is the only credential of requests.
fn is_bearer(document: &Document, security: &Json) -> bool {
    let [one] = security.items() else { return false };
    let mut names = one.entries().map(|(name, scopes)| (name, scopes.items()));
    let (Some((name, [])), None) = (names.next(), names.next()) else {
        return false;
    };
    let scheme = document.part("components").get("securitySchemes").get(name);
    scheme.get("type").text() == Some("http")
        && scheme
            .get("scheme")
            .text()
            .is_some_and(|it| it.eq_ignore_ascii_case("bearer"))
}
