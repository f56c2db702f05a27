//! Which successful responses (2xx) count as Front's.
//!
//! A proxy, a firewall or a captive portal may respond in Front's place, and with a status of success: a login page
//! in HTML, a challenge that is empty, a part of what was asked for. Such a response says nothing about the call, so
//! no call may end well with it. [`ACCEPTED`] says which responses count as Front's; every other one is an error of
//! the kind [`Gateway`](super::ErrorKind::Gateway).
//!
//! The document is not exact about statuses (it has 204 for calls that return what they created, 202 for one that
//! returns 200), so the neighbours of the declared status count as well. The table does not ask for more than that:
//! a response in Front's form, with one of Front's statuses, is Front's.

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

/// A kind of response that counts as Front's. The declared status of the call is one of `statuses` in any case.
struct Row {
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
) -> Row {
    Row { expected, statuses, media, body }
}

/// 203 is a 200 that a proxy changed. A 204 is Front's, too, but has no body that would fit.
const WITH_BODY: Statuses = &[200..=204];
/// An empty 202 is a firewall's: Front's own say what was accepted.
const WITHOUT_BODY: Statuses = &[200..=201, 203..=204];
/// What is not known is not judged by its status, except that a part is not the whole.
const ANY_BUT_PARTIAL: Statuses = &[200..=205, 207..=299];
const WHOLE_FILE: Statuses = &[200..=200, 203..=203];

/// The responses that count as Front's. A response must fit into one row.
const ACCEPTED: &[Row] = &[
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

/// The headers by which firewalls mark responses of their own, whatever the rest of them looks like.
const CHALLENGES: [&str; 2] = ["x-amzn-waf-action", "cf-mitigated"];

/// Why a response does not count as Front's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Foreign {
    /// A firewall's header marks it.
    Challenge(&'static str),
    /// Front does not respond to the call with this status.
    Status,
    /// A part, where the whole was asked for.
    Partial,
    /// Its media type is not that of an API.
    Media,
    /// Its body has not the form that was expected.
    Body(Body),
}

/// Judges the successful responses to a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judge {
    expected: Expected,
    declared: Option<u16>,
    /// A part of a file was asked for.
    partial: bool,
}

impl Judge {
    /// `partial`: the request has a `range` header.
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

    /// Judges a response by its status and headers, and gives its media type.
    pub(crate) fn head(
        &self,
        status: u16,
        headers: &HeaderMap,
    ) -> Result<Media, Foreign> {
        if let Some(name) = mark(headers) {
            return Err(Foreign::Challenge(name));
        }
        let media = match status {
            // Nothing has no media type, whatever a proxy says.
            204 | 205 => Media::Unclear,
            _ => media(headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok())),
        };
        if !self.rows(status).any(|_| true) {
            let partial = status == 206;
            return Err(if partial { Foreign::Partial } else { Foreign::Status });
        }
        if !self.rows(status).any(|row| row.media.contains(&media)) {
            return Err(Foreign::Media);
        }
        Ok(media)
    }

    /// Judges the body of a response whose head counts as Front's.
    pub(crate) fn body(
        &self,
        status: u16,
        media: Media,
        body: Body,
    ) -> Result<(), Foreign> {
        let fits = |row: &Row| row.media.contains(&media) && row.body.contains(&body);
        if self.is_file() || self.rows(status).any(fits) {
            return Ok(());
        }
        Err(Foreign::Body(body))
    }

    /// Whether the body of a foreign response may be quoted: it is a page or an error. What may be data, or a file,
    /// may be of customers.
    pub(crate) fn may_quote(&self, meta: &Meta, body: &[u8]) -> bool {
        let media = media(meta.header(CONTENT_TYPE.as_str()));
        match Body::of(body) {
            _ if self.is_file() => media == Media::Html && self.expected == TypedFile,
            Body::Error => true,
            Body::Text => matches!(media, Media::Html | Media::Unclear),
            _ => false,
        }
    }

    /// Whether bytes are expected, which are not looked into.
    fn is_file(&self) -> bool {
        matches!(self.expected, File | TypedFile)
    }

    fn rows(&self, status: u16) -> impl Iterator<Item = &'static Row> {
        let Self { expected, declared, partial } = *self;
        let is_asked = move |row: &Row| {
            Some(status) == declared
                || (status == 206 && partial)
                || row.statuses.iter().any(|range| range.contains(&status))
        };
        ACCEPTED.iter().filter(move |row| row.expected == expected && is_asked(row))
    }
}

/// Whether a firewall marks a response as its own.
pub(crate) fn is_marked(headers: &HeaderMap) -> bool {
    mark(headers).is_some()
}

fn mark(headers: &HeaderMap) -> Option<&'static str> {
    // Once over all, and not a look-up for each: that hashes each name.
    let known = |name: &HeaderName| CHALLENGES.into_iter().find(|mark| name == *mark);
    headers.keys().find_map(known)
}

impl Foreign {
    /// The reason in words.
    pub(crate) fn why(self) -> Cow<'static, str> {
        match self {
            Self::Challenge(header) => {
                return format!("the header `{header}` marks it as a firewall's").into();
            }
            Self::Status => "Front does not respond to this call with this status",
            Self::Partial => "it is a part of what was requested",
            Self::Media => "its media type is not one of Front's",
            Self::Body(Body::Unread) => "it was cut off before its form was clear",
            Self::Body(Body::Empty) => "it is empty, where JSON was expected",
            Self::Body(Body::Error) => "it holds an error",
            Self::Body(Body::Object | Body::Value) => "it is JSON of another form",
            Self::Body(Body::Text) => "it is not JSON",
        }
        .into()
    }
}

#[cfg(test)]
mod tests;
