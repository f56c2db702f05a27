//! The error type of all calls.

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

/// The error of a call, or of building a client.
///
/// `Display` writes one line: the operation, what failed and why, and what to do next.
///
/// ```text
/// tags.create_company: POST /company/tags: Front responded 404 not_found: .. Verify the id ..
/// ```
///
/// It contains neither the token nor a part of a body, with two exceptions: Front's message in an error
/// response, and the text of a page that a gateway sent instead. `Debug` omits these texts as well.
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
    error_body: Option<ErrorBody>,
    retry_after: Option<Duration>,
    permission: Option<Permission>,
    path: Option<String>,
    undecodable: Option<Undecodable>,
    meta: Option<Meta>,
    progress: Progress,
    /// The rate limit that the call would have to wait for.
    limit: Option<&'static str>,
    /// Whether the deadline passed before the request was sent.
    is_late: bool,
    /// Whether an attempt before the last one may have reached Front.
    earlier_attempt_sent: bool,
    /// The same, except that an earlier response of a gateway does not count.
    earlier_response_lost: bool,
    /// Why the call was not retried.
    not_retried: Option<&'static str>,
    /// The host of the request, where it is not one of Front's.
    host: Option<Box<str>>,
    /// Whether the response is not in Front's form: a proxy or a firewall may have sent it.
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
            error_body: None,
            retry_after: None,
            permission: None,
            path: None,
            undecodable: None,
            meta: None,
            progress: Progress::default(),
            limit: None,
            is_late: false,
            earlier_attempt_sent: false,
            earlier_response_lost: false,
            not_retried: None,
            host: None,
            from_gateway: false,
            reason: reason.into(),
            source: None,
        }))
    }

    /// Creates the error for an error response.
    pub(crate) fn status_of(
        status: u16,
        retry_after: Option<Duration>,
        error_body: ErrorBody,
    ) -> Self {
        let mut error = Self::new(ErrorKind::Status, "");
        error.0.status = Some(status);
        error.0.retry_after = retry_after;
        error.0.error_body = Some(error_body);
        error
    }

    /// Creates the error for a successful response that does not come from Front. `response` describes it,
    /// such as `200, text/html`.
    pub(crate) fn gateway(
        response: &str,
        why: &str,
        error_body: Option<ErrorBody>,
    ) -> Self {
        let mut error = Self::new(
            ErrorKind::Gateway,
            format!("the response ({response}) does not look like Front's: {why}"),
        );
        error.0.error_body = error_body;
        error.mark_from_gateway()
    }

    pub(crate) fn not_granted(permission: Permission) -> Self {
        let mut error = Self::new(
            ErrorKind::NotGranted,
            format!("missing permission `{permission}`: this client was not granted it"),
        );
        error.0.permission = Some(permission);
        error
    }

    /// Creates the error for an item of a list that cannot be decoded.
    pub(crate) fn undecodable(item: Undecodable) -> Self {
        let index = item.index().unwrap_or_default();
        let mut error =
            Self::new(ErrorKind::Decode, format!("item {index} of the page: {item}"));
        error.0.path = Some(match item.path() {
            Some(path) => format!("{PAGE_ITEMS_KEY}[{index}].{path}"),
            None => format!("{PAGE_ITEMS_KEY}[{index}]"),
        });
        error.0.undecodable = Some(item);
        error
    }

    /// Creates the error for a call that would have to wait for a rate limit longer than it may.
    pub(crate) fn rate_limited(limit: &'static str, wait: Duration, why: &str) -> Self {
        let mut error = Self::new(
            ErrorKind::RateLimited,
            format!("rate limit `{limit}` reached: {why}"),
        );
        error.0.limit = Some(limit);
        error.0.retry_after = Some(wait);
        error
    }

    /// Creates the error for a timeout while waiting for data.
    pub(crate) fn timeout() -> Self {
        Self::new(ErrorKind::Timeout, "timeout: no data received in time")
    }

    /// Creates the error for a deadline that passed before the request was sent.
    pub(crate) fn deadline_passed() -> Self {
        let mut error = Self::new(
            ErrorKind::Timeout,
            "timeout: the deadline passed before the request was sent",
        );
        error.0.is_late = true;
        error
    }

    /// Creates the error for a success response of Front that was cut off.
    pub(crate) fn success_cut_off(error: reqwest::Error, status: u16) -> Self {
        let mut this = Self::transport(error).with_status(status);
        this.0.reason =
            format!("the response ({status}) was cut off: {}", this.0.reason).into();
        this
    }

    /// Creates the error for a response that was cut off before it was clear whether it comes from Front.
    pub(crate) fn cut_off(error: reqwest::Error, response: &str) -> Self {
        let mut this = Self::transport(error).mark_from_gateway();
        this.0.reason =
            format!("the response ({response}) was cut off: {}", this.0.reason).into();
        this
    }

    /// Creates the error for a failure of the HTTP client.
    pub(crate) fn transport(error: reqwest::Error) -> Self {
        // `is_connect` comes first: a timeout while connecting is both, and nothing was sent.
        let (kind, reason) = if error.is_connect() {
            (ErrorKind::Connect, "failed to connect")
        } else if error.is_timeout() {
            (ErrorKind::Timeout, "timeout: no complete response in time")
        } else if error.is_builder() {
            (ErrorKind::Request, "failed to build the request")
        } else {
            (ErrorKind::Connection, "the connection was lost")
        };
        let mut this = Self::new(kind, reason);
        // The URL contains ids and search terms, which must not be logged with the error.
        this.0.source = Some(Box::new(error.without_url()));
        this
    }

    pub(crate) fn with_source(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn with_operation(mut self, operation: &'static Operation) -> Self {
        self.0.operation = Some(operation);
        self
    }

    /// Sets what happened to the call before the error.
    pub(crate) fn with_progress(mut self, progress: Progress) -> Self {
        self.0.progress = progress;
        self
    }

    pub(crate) fn with_meta(mut self, meta: Meta) -> Self {
        self.0.status = Some(meta.status());
        self.0.meta = Some(meta);
        self
    }

    /// Sets the response that the error is about.
    pub(crate) fn with_response(self, meta: &Meta) -> Self {
        self.with_meta(meta.clone()).with_progress(meta.progress())
    }

    /// Sets whether an earlier attempt may have reached Front, and whether its response was lost.
    pub(crate) fn earlier_attempt_sent(mut self, reached: bool, lost: bool) -> Self {
        self.0.earlier_attempt_sent = reached;
        self.0.earlier_response_lost = lost;
        self
    }

    /// Sets the host of the request, where it is not one of Front's.
    pub(crate) fn with_host(mut self, host: Option<Box<str>>) -> Self {
        self.0.host = host;
        self
    }

    /// Marks the response as one that is not in Front's form.
    pub(crate) fn mark_from_gateway(mut self) -> Self {
        self.0.from_gateway = true;
        self
    }

    pub(crate) fn not_retried(mut self, why: &'static str) -> Self {
        self.0.not_retried = Some(why);
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

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the operation of the call that failed. `None` for an error of the client's builder.
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

    /// Returns Front's title of the error: `Bad request`.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.0.error_body.as_ref()?.title.as_deref()
    }

    /// Returns Front's message. It may contain ids and parts of the request.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.error_body.as_ref()?.message.as_deref()
    }

    /// Returns Front's details about single fields. They may contain parts of the request.
    #[must_use]
    pub fn details(&self) -> &[String] {
        self.0.error_body.as_ref().map_or(&[], |error_body| &error_body.details)
    }

    /// Returns the beginning of a response without a message in a known form: at most 200 characters on one
    /// line. For an HTML page it is the text, the title first. It may come from a gateway, and it may quote
    /// the request.
    #[must_use]
    pub fn excerpt(&self) -> Option<&str> {
        self.0.error_body.as_ref()?.excerpt.as_deref()
    }

    /// Returns how long to wait before the next attempt. `None` where Front did not request a wait.
    ///
    /// For an error response it is the wait that Front requests, at most one day. The source is the header
    /// `retry-after`, which contains seconds or a date, or else the milliseconds in Front's message. For too
    /// many requests (429) it is at most one minute, or at most the window of the operation's own rate limit,
    /// which is one hour for some: a longer wait cannot be right.
    ///
    /// For [`ErrorKind::RateLimited`] it is the wait that the client expects.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns the metadata of the response. `None` without a response.
    #[must_use]
    pub fn meta(&self) -> Option<&Meta> {
        self.0.meta.as_ref()
    }

    /// Returns what was left of the company's rate limit, according to the headers of the response.
    #[must_use]
    pub fn rate_limits(&self) -> RateLimitHeaders {
        self.meta().map(Meta::rate_limits).unwrap_or_default()
    }

    /// Returns the id of the request, for questions to Front's support. See [`Meta::request_id`].
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.meta()?.request_id()
    }

    /// Returns the number of attempts. Redirects count, and so does an attempt that failed to connect.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.progress.attempts
    }

    /// Returns how long the call waited for rate limits, over all its attempts.
    #[must_use]
    pub fn waited(&self) -> Duration {
        self.0.progress.waited
    }

    /// Returns the name of the rate limit that was reached, for [`ErrorKind::RateLimited`]: a
    /// [class](crate::rate_limit_classes), or `company`.
    #[must_use]
    pub fn limit(&self) -> Option<&'static str> {
        self.0.limit
    }

    /// Returns the missing permission, for [`ErrorKind::NotGranted`].
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

    /// Returns the path to the value that could not be decoded, for [`ErrorKind::Decode`]: `_results[3].id`.
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
    fn shows_the_message_of_front_and_the_action() {
        let error_body = ErrorBody {
            title: Some("Not found".into()),
            message: Some("Unknown tag.".into()),
            details: vec!["id".into()],
            ..ErrorBody::default()
        };
        let error = Error::status_of(404, Some(Duration::from_millis(1500)), error_body);
        let action = error.code().expect("a code").action();
        assert_eq!(
            error.to_string(),
            format!(
                "Front responded 404 {}: Not found: Unknown tag (id); retry after 1.5 s. {action}",
                error.code().expect("a code").name()
            )
        );
        let debug = format!("{error:?}");
        assert!(!debug.contains("Unknown tag") && debug.contains("404"), "{debug}");
        assert!(debug.contains(action), "{debug}");
    }

    #[test]
    fn an_unknown_status_has_no_code() {
        let error = Error::status_of(418, None, ErrorBody::default());
        assert_eq!(error.to_string(), "Front responded 418");
        assert_eq!(error.code(), None);
    }
}
