//! What an answer says beside its value.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use reqwest::header::HeaderMap;

use super::rates::RateLimitHeaders;
use super::unexpected::UnexpectedValue;
use crate::generated::service::{REQUEST_ID_HEADERS, TIER_HEADER};

/// What is known of a call beside its value: the answer's status and headers, how often it was sent, what
/// it waited for.
///
/// [`Sending::with_meta`](crate::Sending::with_meta) gives it beside the value, streams and downloads have
/// that of their last answer, and an [`Error`](crate::Error) that of its answer, where there was one.
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

/// What happened to a call up to its answer.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Progress {
    pub(crate) attempts: u32,
    /// Whether Front may have carried out what an earlier attempt asked for.
    pub(crate) reached: bool,
    /// Whether Front's own response to an earlier attempt was lost, or was a server error.
    pub(crate) lost: bool,
    /// For limits; not for retries.
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

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// A header of the answer, by its name in lower case; none where it is missing or no text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers.get(name)?.to_str().ok()
    }

    /// The same, with marks for what is no text.
    pub(crate) fn lossy_header(&self, name: &str) -> Option<Cow<'_, str>> {
        Some(String::from_utf8_lossy(self.0.headers.get(name)?.as_bytes()))
    }

    /// What is left of the company's budget.
    #[must_use]
    pub fn rate_limits(&self) -> RateLimitHeaders {
        RateLimitHeaders::read(&self.0.headers)
    }

    /// The operation limit that refused a call, as Front names it (`x-front-tier`).
    #[must_use]
    pub fn tier(&self) -> Option<&str> {
        self.header(TIER_HEADER)
    }

    /// The name of the request for whoever looks into it on the other side: `x-request-id`, or else `cf-ray`.
    /// Front documents neither.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        REQUEST_ID_HEADERS.iter().find_map(|name| self.header(name))
    }

    /// How often the call was tried: once, and once more for each retry and each redirect.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.progress.attempts
    }

    /// How long the call waited for rate limits before it was sent, all its attempts together. The wait that Front
    /// asks for with a refusal (429) is one between attempts, and not in here.
    #[must_use]
    pub fn waited(&self) -> Duration {
        self.0.progress.waited
    }

    /// The limit that it waited for: the name of its [class](crate::rate_limit_classes), or `company`.
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

    /// The id of the conversation that the call reached, where the one that was asked for had been merged
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

/// Without the headers, which are the sender's text.
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
