//! The one error type.

use std::borrow::Cow;
use std::time::Duration;

use super::error_body::ErrorBody;
use super::lenient::Undecodable;
use super::meta::{Meta, Progress};
use super::operation::{Operation, Permission};
use super::rates::RateLimitHeaders;
use crate::generated::errors::ErrorCode;
use crate::generated::service::PAGE_ITEMS_KEY;

mod display;
mod kind;
mod outcome;
mod predicates;
mod probably_done;

pub use kind::ErrorKind;
pub use outcome::Outcome;

/// What went wrong with a call, or with making a client.
///
/// `Display` says where it happened, what and why, and what to do next, on one line:
///
/// ```text
/// tags.create_company: POST /company/tags: Front answered 404 not_found: .. Verify the id ..
/// ```
///
/// It holds neither the token nor any part of a body, except for Front's message in an error response, and
/// the text of a page that a gateway sent instead. `Debug` omits these texts, too.
///
/// ```no_run
/// # async fn example(front: front_api::Client, id: front_api::conversations::ConversationId)
/// # -> Result<(), front_api::Error> {
/// match front.conversations().get(&id).send().await {
///     Ok(conversation) => println!("{conversation:?}"),
///     Err(error) if error.is_not_found() => println!("no such conversation"),
///     Err(error) => return Err(error),
/// }
/// # Ok(())
/// # }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    operation: Option<&'static Operation>,
    status: Option<u16>,
    said: Option<ErrorBody>,
    retry_after: Option<Duration>,
    permission: Option<Permission>,
    path: Option<String>,
    undecodable: Option<Undecodable>,
    meta: Option<Meta>,
    progress: Progress,
    /// The rate limit that held it back.
    limit: Option<&'static str>,
    /// There was no time left to send it.
    late: bool,
    /// An attempt before the one that ended so may have reached Front.
    earlier_attempt_sent: bool,
    /// The same, except that a page of a gateway in response to that attempt does not count.
    lost_before: bool,
    /// Why it was not tried again.
    given_up: Option<&'static str>,
    /// The host that the request went to, where that is not Front's.
    host: Option<Box<str>>,
    /// The response is not in Front's form: a proxy or a firewall may have sent it.
    from_gateway: bool,
    reason: Cow<'static, str>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, reason: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: None,
            status: None,
            said: None,
            retry_after: None,
            permission: None,
            path: None,
            undecodable: None,
            meta: None,
            progress: Progress::default(),
            limit: None,
            late: false,
            earlier_attempt_sent: false,
            lost_before: false,
            given_up: None,
            host: None,
            from_gateway: false,
            reason: reason.into(),
            source: None,
        }))
    }

    /// Front said no.
    pub(crate) fn status_of(
        status: u16,
        retry_after: Option<Duration>,
        said: ErrorBody,
    ) -> Self {
        let mut error = Self::new(ErrorKind::Status, "");
        error.0.status = Some(status);
        error.0.retry_after = retry_after;
        error.0.said = Some(said);
        error
    }

    /// Creates the error for a successful response that does not come from Front. `response` describes it,
    /// such as `200, text/html`.
    pub(crate) fn gateway(response: &str, why: &str, said: Option<ErrorBody>) -> Self {
        let mut error = Self::new(
            ErrorKind::Gateway,
            format!("the response ({response}) does not look like Front's: {why}"),
        );
        error.0.said = said;
        error.mark_from_gateway()
    }

    pub(crate) fn not_granted(permission: Permission) -> Self {
        let mut error = Self::new(
            ErrorKind::NotGranted,
            format!("this client was not granted `{permission}`, which the call takes"),
        );
        error.0.permission = Some(permission);
        error
    }

    /// Creates the error for an item of a list that cannot be decoded.
    pub(crate) fn undecodable(item: Undecodable) -> Self {
        let index = item.index().unwrap_or_default();
        let mut error =
            Self::new(ErrorKind::Decode, format!("item {index} of a page: {item}"));
        error.0.path = Some(match item.path() {
            Some(path) => format!("{PAGE_ITEMS_KEY}[{index}].{path}"),
            None => format!("{PAGE_ITEMS_KEY}[{index}]"),
        });
        error.0.undecodable = Some(item);
        error
    }

    /// A limit holds the call back for longer than it may wait.
    pub(crate) fn limited(limit: &'static str, wait: Duration, within: &str) -> Self {
        let mut error = Self::new(
            ErrorKind::RateLimited,
            format!("the rate limit `{limit}` does not let it through{within}"),
        );
        error.0.limit = Some(limit);
        error.0.retry_after = Some(wait);
        error
    }

    /// Nothing came in time.
    pub(crate) fn timeout() -> Self {
        Self::new(ErrorKind::Timeout, "there was no answer in time")
    }

    /// The deadline passed before there was anything to send.
    pub(crate) fn too_late() -> Self {
        let mut error =
            Self::new(ErrorKind::Timeout, "its deadline passed before it was sent");
        error.0.late = true;
        error
    }

    /// Reading an answer failed that said yes.
    pub(crate) fn broken_off(error: reqwest::Error, status: u16) -> Self {
        let mut this = Self::transport(error).with_status(status);
        this.0.reason = format!(
            "Front said yes ({status}), and its answer broke off: {}",
            this.0.reason
        )
        .into();
        this
    }

    /// Creates the error for a response that was cut off before it was clear whether it comes from Front.
    pub(crate) fn cut_off(error: reqwest::Error, response: &str) -> Self {
        let mut this = Self::transport(error).mark_from_gateway();
        this.0.reason =
            format!("the response ({response}) was cut off: {}", this.0.reason).into();
        this
    }

    /// The connection failed, or reading from it did.
    pub(crate) fn transport(error: reqwest::Error) -> Self {
        // First: a connection that did not come about in time carried nothing.
        let (kind, reason) = if error.is_connect() {
            (ErrorKind::Connect, "no connection came about")
        } else if error.is_timeout() {
            (ErrorKind::Timeout, "there was no answer in time")
        } else if error.is_builder() {
            (ErrorKind::Request, "the request could not be written")
        } else {
            (ErrorKind::Connection, "the connection was lost")
        };
        let mut this = Self::new(kind, reason);
        // An address holds ids and search words: errors are logged, those are not to be.
        this.0.source = Some(Box::new(error.without_url()));
        this
    }

    pub(crate) fn because(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn at(mut self, operation: &'static Operation) -> Self {
        self.0.operation = Some(operation);
        self
    }

    /// What happened before.
    pub(crate) fn after(mut self, progress: Progress) -> Self {
        self.0.progress = progress;
        self
    }

    pub(crate) fn with_meta(mut self, meta: Meta) -> Self {
        self.0.status = Some(meta.status());
        self.0.meta = Some(meta);
        self
    }

    /// What is wrong with an answer that came.
    pub(crate) fn answered(self, meta: &Meta) -> Self {
        self.with_meta(meta.clone()).after(meta.progress())
    }

    /// Whether an earlier attempt of the call may have reached Front.
    pub(crate) fn earlier_attempt_sent(mut self, reached: bool, lost: bool) -> Self {
        self.0.earlier_attempt_sent = reached;
        self.0.lost_before = lost;
        self
    }

    /// Sets the host of the request, where it is not one of Front's.
    pub(crate) fn at_host(mut self, host: Option<Box<str>>) -> Self {
        self.0.host = host;
        self
    }

    /// The response is not in Front's form.
    pub(crate) fn mark_from_gateway(mut self) -> Self {
        self.0.from_gateway = true;
        self
    }

    pub(crate) fn given_up(mut self, why: &'static str) -> Self {
        self.0.given_up = Some(why);
        self
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    pub(crate) fn with_path(mut self, path: String) -> Self {
        self.0.path = Some(path);
        self
    }

    /// What kind of thing went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The call that failed; none for an error of the client's builder.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// Returns the HTTP status. `None` without a response.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Returns what the status means and what to do about it, for the statuses that Front documents. `None`
    /// where a [`host`](Self::host) other than Front's responded.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        match (self.0.kind, &self.0.host) {
            (ErrorKind::Status, None) => ErrorCode::from_status(self.0.status?),
            _ => None,
        }
    }

    /// Returns the host of the request where it is not one of Front's: the storage that a download was
    /// redirected to. `None` for every other call.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        self.0.host.as_deref()
    }

    /// Front's name for what went wrong: `Bad request`.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.0.said.as_ref()?.title.as_deref()
    }

    /// Front's sentence about what went wrong. It may name ids, and hold what was sent.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.said.as_ref()?.message.as_deref()
    }

    /// Front's remarks on single fields. They may hold what was sent.
    #[must_use]
    pub fn details(&self) -> &[String] {
        self.0.said.as_ref().map_or(&[], |said| &said.details)
    }

    /// Returns the beginning of a response without a message in a known form: at most 200 characters on one
    /// line. For an HTML page it is the text, the title first. It may come from a gateway, and it may quote
    /// the request.
    #[must_use]
    pub fn excerpt(&self) -> Option<&str> {
        self.0.said.as_ref()?.excerpt.as_deref()
    }

    /// How long to wait before the next try. For a refusal that is what Front asks, a day at most: by the
    /// `retry-after` header, which holds seconds or a date, or else by the milliseconds in Front's sentence.
    /// For too many requests (429) it is at most a minute, or at most the window of the operation's own
    /// limit, which is an hour for some. A wait longer than the window cannot be right.
    /// For [`ErrorKind::RateLimited`] it is what the client expects.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// What was said beside the answer; none where there was no answer.
    #[must_use]
    pub fn meta(&self) -> Option<&Meta> {
        self.0.meta.as_ref()
    }

    /// What was left of the company's budget, by the answer's headers.
    #[must_use]
    pub fn rate_limits(&self) -> RateLimitHeaders {
        self.meta().map(Meta::rate_limits).unwrap_or_default()
    }

    /// The name of the request for whoever looks into it on Front's side; see [`Meta::request_id`].
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.meta()?.request_id()
    }

    /// How often the call was tried, redirects included: a connection that never came about counts, though nothing went
    /// out.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.progress.attempts
    }

    /// How long the call waited for rate limits before its requests went out.
    #[must_use]
    pub fn waited(&self) -> Duration {
        self.0.progress.waited
    }

    /// The rate limit that held the call back, for [`ErrorKind::RateLimited`]: the name of its
    /// [class](crate::rate_limit_classes), or `company`.
    #[must_use]
    pub fn limit(&self) -> Option<&'static str> {
        self.0.limit
    }

    /// The permission that was missing, for [`ErrorKind::NotGranted`].
    #[must_use]
    pub fn permission(&self) -> Option<Permission> {
        self.0.permission
    }

    /// Returns the item that could not be decoded, as Front sent it, where a stream reports the error of one
    /// item. The stream continues with the next item.
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
    /// let mut tags = front.tags().list().stream();
    /// loop {
    ///     match tags.try_next().await {
    ///         Ok(Some(tag)) => println!("{}", tag.id),
    ///         Ok(None) => break,
    ///         Err(error) => match error.undecodable_item() {
    ///             Some(item) => eprintln!("{error}, it has {} fields", item.json().as_object().map_or(0, |item| item.len())),
    ///             None => return Err(error),
    ///         },
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn undecodable_item(&self) -> Option<&Undecodable> {
        self.0.undecodable.as_ref()
    }

    /// Where in the answer the decoding stopped, for [`ErrorKind::Decode`]: `_results[3].id`.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.source {
            Some(source) => Some(&**source),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn is_send<T: Send + Sync + 'static>() {}
    const _: () = is_send::<Error>();
    const _: () = assert!(size_of::<Error>() <= 16);

    #[test]
    fn says_what_front_said_and_what_to_do() {
        let said = ErrorBody {
            title: Some("Not found".into()),
            message: Some("Unknown tag.".into()),
            details: vec!["id".into()],
            ..ErrorBody::default()
        };
        let error = Error::status_of(404, Some(Duration::from_millis(1500)), said);
        let action = error.code().expect("a code").action();
        assert_eq!(
            error.to_string(),
            format!(
                "Front answered 404 {}: Not found: Unknown tag (id); it asks to wait 1.5 s. {action}",
                error.code().expect("a code").name()
            )
        );
        let shown = format!("{error:?}");
        assert!(!shown.contains("Unknown tag") && shown.contains("404"), "{shown}");
    }

    #[test]
    fn an_unknown_status_is_told_plainly() {
        let error = Error::status_of(418, None, ErrorBody::default());
        assert_eq!(error.to_string(), "Front answered 418");
        assert_eq!(error.code(), None);
    }
}
