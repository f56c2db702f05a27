//! The metadata of a response.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use reqwest::header::HeaderMap;

use super::rates::RateLimitHeaders;
use super::unexpected::UnexpectedValue;
use crate::generated::service::{REQUEST_ID_HEADERS, TIER_HEADER};

/// The metadata of a call: the status and the headers of the response, the number of attempts, and the waits.
///
/// [`Sending::with_meta`](crate::Sending::with_meta) returns it with the value. Streams and downloads have the
/// metadata of their last response, and an [`Error`](crate::Error) has that of its response, if there was one.
///
/// ```no_run
/// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
/// let (tags, meta) = front.tags().list().send().with_meta().await?;
/// println!("{} tags, {:?} calls left", tags.items.len(), meta.rate_limits().remaining);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Meta(Box<Inner>);

#[derive(Clone)]
struct Inner {
    status: u16,
    headers: HeaderMap,
    progress: Progress,
    merged_into: Option<Box<str>>,
    unexpected: Vec<UnexpectedValue>,
}

/// What happened to a call before its response.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Progress {
    pub(crate) attempts: u32,
    /// Whether Front may have processed an earlier attempt.
    pub(crate) reached: bool,
    /// Whether Front's own response to an earlier attempt was lost, or was a server error.
    pub(crate) lost: bool,
    /// The wait for rate limits, without the waits before retries.
    pub(crate) waited: Duration,
    pub(crate) waited_for: Option<&'static str>,
}

impl Meta {
    pub(crate) fn new(status: u16, headers: HeaderMap, progress: Progress) -> Self {
        Self(Box::new(Inner {
            status,
            headers,
            progress,
            merged_into: None,
            unexpected: Vec::new(),
        }))
    }

    pub(crate) fn merged(mut self, survivor: Option<&str>) -> Self {
        self.0.merged_into = survivor.map(Into::into);
        self
    }

    pub(crate) fn add_unexpected(&mut self, values: Vec<UnexpectedValue>) {
        self.0.unexpected.extend(values);
    }

    pub(crate) fn progress(&self) -> Progress {
        self.0.progress
    }

    /// Returns the HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// Returns a header of the response. `None` where it is missing or is not visible ASCII text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers.get(name)?.to_str().ok()
    }

    /// Returns a header of the response, with U+FFFD for bytes that are not UTF-8.
    pub(crate) fn lossy_header(&self, name: &str) -> Option<Cow<'_, str>> {
        Some(String::from_utf8_lossy(self.0.headers.get(name)?.as_bytes()))
    }

    /// Returns what is left of the company's rate limit, according to the headers.
    #[must_use]
    pub fn rate_limits(&self) -> RateLimitHeaders {
        RateLimitHeaders::read(&self.0.headers)
    }

    /// Returns Front's name of the operation limit that rejected the call (`x-front-tier`).
    #[must_use]
    pub fn tier(&self) -> Option<&str> {
        self.header(TIER_HEADER)
    }

    /// Returns the id of the request, for questions to Front's support: `x-request-id`, or else `cf-ray`. Front
    /// documents neither.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        REQUEST_ID_HEADERS.iter().find_map(|name| self.header(name))
    }

    /// Returns the number of attempts: one, and one more for each retry and each redirect.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.progress.attempts
    }

    /// Returns how long the call waited for rate limits before it was sent, over all its attempts. The wait that
    /// Front requests with a 429 is a wait before a retry, and is not included.
    #[must_use]
    pub fn waited(&self) -> Duration {
        self.0.progress.waited
    }

    /// Returns the name of the rate limit that the call waited for: a [class](crate::rate_limit_classes), or
    /// `company`.
    #[must_use]
    pub fn waited_for(&self) -> Option<&'static str> {
        self.0.progress.waited_for
    }

    /// Returns the values of the response that could not be decoded as Front sent them. Empty for almost
    /// every response.
    ///
    /// The rest of the response was decoded. An item of a list that could not be decoded at all is in
    /// [`Page::undecodable`](crate::Page::undecodable) instead. At most 1,000 replaced values are listed. A
    /// `tracing` event of the level `WARN` also reports the paths, without the values. The order is not
    /// specified.
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client, id: front_api::conversations::ConversationId)
    /// # -> Result<(), front_api::Error> {
    /// let (conversation, meta) = front.conversations().get(&id).send().with_meta().await?;
    /// if meta.unexpected_values().iter().any(|value| value.path() == "assignee") {
    ///     println!("{} may have an assignee that this version cannot read", conversation.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn unexpected_values(&self) -> &[UnexpectedValue] {
        &self.0.unexpected
    }

    /// Returns the id of the conversation that the call acted on, where the requested conversation had been merged
    /// into it.
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client, mut id: front_api::conversations::ConversationId)
    /// # -> Result<(), front_api::Error> {
    /// let ((), meta) = front.conversations().update(&id).clear_assignee().send().with_meta().await?;
    /// if let Some(survivor) = meta.merged_into() {
    ///     id = survivor.into();
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn merged_into(&self) -> Option<&str> {
        self.0.merged_into.as_deref()
    }
}

/// Omits the headers, which may contain customer data.
impl fmt::Debug for Meta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Meta")
            .field("status", &self.status())
            .field("rate_limits", &self.rate_limits())
            .field("attempts", &self.attempts())
            .field("waited", &self.waited())
            .field("waited_for", &self.waited_for())
            .field("merged", &self.merged_into().is_some())
            .field("unexpected_values", &self.unexpected_values())
            .finish_non_exhaustive()
    }
}
