//! Decides which successful responses (2xx) come from Front.
//!
//! A proxy, a firewall or a captive portal may respond in place of Front with a success status: an HTML login
//! page, an empty challenge, a part of the requested file. Such a response contains no information about the call, so
//! the call must not succeed with it. [`ACCEPTED`] lists the responses that are accepted. Every other
//! response is an error of the kind [`Gateway`](super::ErrorKind::Gateway).
//!
//! Front's document is not exact about statuses (204 for calls that return what they created, 202 for one
//! that returns 200), so statuses near the declared one are accepted as well. The table requires nothing
//! more: a response in Front's form with one of Front's statuses is accepted.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName};

use super::meta::Meta;
use super::operation::{Operation, ResponseBody};

mod body;
mod media;

pub(crate) use body::Body;
use media::media;
pub(crate) use media::{Media, name};

/// What a call expects of a successful response.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Expected {
    Nothing,
    Object,
    Json,
    /// Bytes of any media type.
    File,
    /// Bytes of a media type that the request names.
    TypedFile,
    /// The call is not in the spec.
    Anything,
}
use Expected::{Anything, File, Json, Nothing, Object, TypedFile};

const JSON: &[Media] = &[Media::Json];
const JSON_OR_UNCLEAR: &[Media] = &[Media::Json, Media::Unclear];
const NOT_HTML: &[Media] = &[Media::Json, Media::Unclear, Media::Other];
const ANY: &[Media] = &[Media::Json, Media::Unclear, Media::Html, Media::Other];

type Statuses = &'static [RangeInclusive<u16>];

/// A kind of response that is accepted as Front's. The declared status is accepted in addition to `statuses`.
struct AcceptedResponse {
    expected: Expected,
    statuses: Statuses,
    media: &'static [Media],
    body: &'static [Body],
}

const fn row(
    expected: Expected,
    statuses: Statuses,
    media: &'static [Media],
    body: &'static [Body],
) -> AcceptedResponse {
    AcceptedResponse { expected, statuses, media, body }
}

/// 203 is a 200 that a proxy changed. Front sends 204 as well, but without a body, so it does not match.
const WITH_BODY: Statuses = &[200..=204];
/// An empty 202 comes from a firewall: Front's own 202 has a body that describes what was accepted.
const WITHOUT_BODY: Statuses = &[200..=201, 203..=204];
/// For an unknown call every status is accepted, except for partial content (206).
const ANY_BUT_PARTIAL: Statuses = &[200..=205, 207..=299];
const WHOLE_FILE: Statuses = &[200..=200, 203..=203];

/// The responses that are accepted as Front's. A response must match one row.
const ACCEPTED: &[AcceptedResponse] = &[
    row(Nothing, WITHOUT_BODY, JSON_OR_UNCLEAR, &[Body::Empty]),
    row(Nothing, WITH_BODY, JSON_OR_UNCLEAR, &[Body::Object]),
    row(Nothing, WITH_BODY, JSON, &[Body::Value, Body::Unread]),
    row(Object, WITH_BODY, JSON_OR_UNCLEAR, &[Body::Object]),
    row(Json, WITH_BODY, JSON_OR_UNCLEAR, &[Body::Object, Body::Value]),
    row(File, WHOLE_FILE, ANY, &[Body::Unread]),
    row(TypedFile, WHOLE_FILE, NOT_HTML, &[Body::Unread]),
    row(Anything, ANY_BUT_PARTIAL, JSON_OR_UNCLEAR, &[Body::Empty, Body::Object]),
    row(Anything, ANY_BUT_PARTIAL, JSON, &[Body::Value, Body::Error]),
];

/// The headers with which firewalls mark their own responses.
const CHALLENGES: [&str; 2] = ["x-amzn-waf-action", "cf-mitigated"];

/// The reason why a response is not accepted as Front's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Rejection {
    /// A firewall's header marks it.
    Challenge(&'static str),
    /// Front does not respond to the call with this status.
    Status,
    /// The response is partial, but the request was for the whole.
    Partial,
    /// Its media type is not that of an API.
    Media,
    /// Its body does not have the expected form.
    Body(Body),
}

/// Decides whether the successful responses to a call come from Front.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ResponseValidator {
    expected: Expected,
    declared: Option<u16>,
    /// Whether the request was for a part of a file.
    partial: bool,
}

impl ResponseValidator {
    /// Creates the validator of an operation. `partial`: the request has a `range` header.
    pub(crate) fn new(operation: &Operation, partial: bool) -> Self {
        let expected = match operation.response_body {
            ResponseBody::Unspecified => Anything,
            ResponseBody::Empty => Nothing,
            ResponseBody::Object | ResponseBody::Page => Object,
            ResponseBody::Json => Json,
            ResponseBody::File if operation.accept.is_some() => TypedFile,
            ResponseBody::File => File,
        };
        Self { expected, declared: operation.response_status, partial }
    }

    /// Checks the status and the headers of a response. Returns its media type.
    pub(crate) fn head(
        &self,
        status: u16,
        headers: &HeaderMap,
    ) -> Result<Media, Rejection> {
        if let Some(name) = mark(headers) {
            return Err(Rejection::Challenge(name));
        }
        let media = match status {
            // An empty response has no media type, even if a proxy adds one.
            204 | 205 => Media::Unclear,
            _ => media(headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok())),
        };
        if !self.rows(status).any(|_| true) {
            let partial = status == 206;
            return Err(if partial { Rejection::Partial } else { Rejection::Status });
        }
        if !self.rows(status).any(|row| row.media.contains(&media)) {
            return Err(Rejection::Media);
        }
        Ok(media)
    }

    /// Checks the body of a response whose status and headers were accepted.
    pub(crate) fn body(
        &self,
        status: u16,
        media: Media,
        body: Body,
    ) -> Result<(), Rejection> {
        let fits = |row: &AcceptedResponse| {
            row.media.contains(&media) && row.body.contains(&body)
        };
        if self.is_file() || self.rows(status).any(fits) {
            return Ok(());
        }
        Err(Rejection::Body(body))
    }

    /// Returns whether the body of a foreign response may be quoted, because it is a page or an error. Data
    /// and files may contain customer text.
    pub(crate) fn may_quote(&self, meta: &Meta, body: &[u8]) -> bool {
        let media = media(meta.header(CONTENT_TYPE.as_str()));
        match Body::of(body) {
            _ if self.is_file() => media == Media::Html && self.expected == TypedFile,
            Body::Error => true,
            Body::Text => media == Media::Html,
            _ => false,
        }
    }

    /// Returns whether the call expects bytes, which are not inspected.
    fn is_file(&self) -> bool {
        matches!(self.expected, File | TypedFile)
    }

    fn rows(&self, status: u16) -> impl Iterator<Item = &'static AcceptedResponse> {
        let Self { expected, declared, partial } = *self;
        let allows_status = move |row: &AcceptedResponse| {
            Some(status) == declared
                || (status == 206 && partial)
                || row.statuses.iter().any(|range| range.contains(&status))
        };
        ACCEPTED.iter().filter(move |row| row.expected == expected && allows_status(row))
    }
}

/// Returns whether a firewall has marked the response as its own.
pub(crate) fn is_marked(headers: &HeaderMap) -> bool {
    mark(headers).is_some()
}

fn mark(headers: &HeaderMap) -> Option<&'static str> {
    // One pass over all headers is faster than a lookup for each name, which hashes the name.
    let known = |name: &HeaderName| CHALLENGES.into_iter().find(|mark| name == *mark);
    headers.keys().find_map(known)
}

impl Rejection {
    /// Returns the reason as text.
    pub(crate) fn why(self) -> Cow<'static, str> {
        match self {
            Self::Challenge(header) => {
                return format!(
                    "the header `{header}` marks it as a response of a firewall"
                )
                .into();
            }
            Self::Status => "Front does not respond to this call with this status",
            Self::Partial => "it is only a part of what was requested",
            Self::Media => "its media type is not one of Front's",
            Self::Body(Body::Unread) => "it was cut off before its form was clear",
            Self::Body(Body::Empty) => "it is empty, but JSON was expected",
            Self::Body(Body::Error) => "it contains an error",
            Self::Body(Body::Object | Body::Value) => "it is JSON of another form",
            Self::Body(Body::Text) => "it is not JSON",
        }
        .into()
    }
}

#[cfg(test)]
mod tests;
