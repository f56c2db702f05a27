//! The kind of content of a response, according to its `content-type`.

use reqwest::header::CONTENT_TYPE;

use crate::rt::meta::Meta;

/// The kind of content that a response declares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Media {
    /// `application/json`, `application/hal+json`, with any parameters.
    Json,
    /// Missing, malformed, or unspecific: `text/plain`, `application/octet-stream`. The body decides.
    Unclear,
    /// A page: `text/html`, `application/xhtml+xml`.
    Html,
    /// Anything else, including `application/problem+json`, which is the form of an error.
    Other,
}
/// Returns the kind of content that a `content-type` declares.
pub(super) fn media(content_type: Option<&str>) -> Media {
    const TYPES: &[(&str, Media)] = &[
        ("application/json", Media::Json),
        ("text/json", Media::Json),
        ("application/problem+json", Media::Other),
        ("text/plain", Media::Unclear),
        ("application/octet-stream", Media::Unclear),
        ("binary/octet-stream", Media::Unclear),
        ("text/html", Media::Html),
        ("application/xhtml+xml", Media::Html),
    ];
    let Some(essence) = essence(content_type) else { return Media::Unclear };
    let known = TYPES.iter().find(|(name, _)| name.eq_ignore_ascii_case(essence));
    match known {
        Some((_, media)) => *media,
        None if essence.to_ascii_lowercase().ends_with("+json") => Media::Json,
        None => Media::Other,
    }
}

/// Returns a media type without its parameters. `None` where it is missing or malformed.
fn essence(content_type: Option<&str>) -> Option<&str> {
    let essence = content_type?.split(';').next()?.trim();
    let is_token = |text: &str| {
        let known = |c: char| c.is_ascii_alphanumeric() || "!#$&^_.+-".contains(c);
        !text.is_empty() && text.len() <= 80 && text.chars().all(known)
    };
    let (kind, name) = essence.split_once('/')?;
    (is_token(kind) && is_token(name)).then_some(essence)
}

/// Returns the description of a response for errors, such as `200, text/html`.
pub(crate) fn name(meta: &Meta) -> String {
    let status = meta.status();
    let content_type = meta.header(CONTENT_TYPE.as_str());
    match essence(content_type) {
        Some(essence) => format!("{status}, {}", essence.to_ascii_lowercase()),
        None if content_type.is_some() => format!("{status}, malformed content type"),
        None => format!("{status}, no content type"),
    }
}
