//! Options of one request, for every operation.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::limit::Priority;
use super::operation::Repeat;
use super::retry::RetryPolicy;

/// Options of one request: timeouts, retries, rate limits, and parameters that this version does not know.
///
/// ```no_run
/// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
/// use std::time::Duration;
/// use front_api::RequestOptions;
///
/// let options = RequestOptions::new().timeout(Duration::from_secs(120));
/// let tags = front.tags().list().with(options).send().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct RequestOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) retry: Option<Arc<dyn RetryPolicy>>,
    pub(crate) repeat: Option<Repeat>,
    pub(crate) priority: Priority,
    pub(crate) no_wait: bool,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Vec<(String, Value)>,
}

impl RequestOptions {
    /// Returns whether a header of this name is set. Ignores letter case.
    pub(crate) fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|(set, _)| set.eq_ignore_ascii_case(name))
    }

    /// Creates options of which none is set.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the timeout of one attempt, from connecting to the last byte of the response. It overrides that of
    /// the [client](crate::ClientBuilder::timeout). For a download it limits the whole file.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the deadline of the whole call: the waits for rate limits, all attempts, and the waits between them.
    /// It overrides that of the [client](crate::ClientBuilder::deadline); [`Duration::MAX`] is no limit. For a
    /// download it ends when the response begins.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Sets the retry policy, in place of that of the client. With [`Retries::none`](crate::Retries::none), the
    /// call returns every failure at once.
    #[must_use]
    pub fn retry(mut self, policy: impl RetryPolicy) -> Self {
        self.retry = Some(Arc::new(policy));
        self
    }

    /// Sets whether the call is idempotent, in place of [`Operation::repeat`](crate::Operation::repeat).
    ///
    /// With [`Repeat::Safe`], the client retries the call after a lost response, although Front may have
    /// processed it. A message may then reach the customer twice.
    #[must_use]
    pub fn repeat(mut self, repeat: Repeat) -> Self {
        self.repeat = Some(repeat);
        self
    }

    /// Sets which calls are sent first where several wait for the company's rate limit.
    #[must_use]
    pub fn priority(mut self, priority: Priority) -> Self {
        self.priority = priority;
        self
    }

    /// Does not wait for rate limits. A call that would have to wait returns the error
    /// [`RateLimited`](crate::ErrorKind::RateLimited) at once, and nothing is sent.
    #[must_use]
    pub fn no_wait(mut self) -> Self {
        self.no_wait = true;
        self
    }

    /// Adds a header. The headers that the client sets (`authorization`, `host`, and those that describe the
    /// body) cannot be replaced: such a header is an error when the request is sent.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds a query parameter. It replaces the call's own parameter of that name. To repeat a parameter, add it
    /// several times. Front ignores unknown parameters.
    #[must_use]
    pub fn query(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((key.into(), value.into()));
        self
    }

    /// Sets a field of the top-level object of the body. An object is merged into the call's own object of that
    /// name. Any other value replaces the call's own field.
    #[must_use]
    pub fn body_field(
        mut self,
        key: impl Into<String>,
        value: impl Into<Value>,
    ) -> Self {
        self.body.push((key.into(), value.into()));
        self
    }
}

/// Shows the names of headers, parameters and fields, without their values.
impl fmt::Debug for RequestOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn names<T>(pairs: &[(String, T)]) -> Vec<&str> {
            pairs.iter().map(|(name, _)| name.as_str()).collect()
        }
        f.debug_struct("RequestOptions")
            .field("timeout", &self.timeout)
            .field("deadline", &self.deadline)
            .field("retry", &self.retry)
            .field("repeat", &self.repeat)
            .field("priority", &self.priority)
            .field("no_wait", &self.no_wait)
            .field("headers", &names(&self.headers))
            .field("query", &names(&self.query))
            .field("body", &names(&self.body))
            .finish()
    }
}
