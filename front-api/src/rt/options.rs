//! What one request may be given beside what its operation takes.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::limit::Priority;
use super::operation::Repeat;
use super::retry::RetryPolicy;

/// Settings for one request: time limits, retries, what it does at a rate limit, and what this version has no
/// method for.
///
/// ```no_run
/// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
/// use std::time::Duration;
/// use front_api::RequestOptions;
///
/// let patient = RequestOptions::new().timeout(Duration::from_secs(120));
/// let tags = front.tags().list().with(patient).send().await?;
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
    /// Returns whether the request has a header of this name (in lower case).
    pub(crate) fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|(set, _)| set.eq_ignore_ascii_case(name))
    }

    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How long one attempt may take, from connecting to the last byte of the answer. In place of the
    /// client's own limit, longer or shorter; for a download, which has none, a limit on the whole.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long the whole call may take: waits for rate limits, attempts, waits between them. In place of
    /// the client's own; [`Duration::MAX`] is no limit. Of a download it watches the beginning only.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// When the call is sent again after a failure, in place of the client's own policy.
    /// [`Retries::none`](crate::Retries::none) tells every failure at once.
    #[must_use]
    pub fn retry(mut self, policy: impl RetryPolicy) -> Self {
        self.retry = Some(Arc::new(policy));
        self
    }

    /// Whether sending this call twice does no harm, where you know better than
    /// [`Operation::repeat`](crate::Operation::repeat).
    ///
    /// With [`Repeat::Safe`] a call whose answer was lost is sent again, though Front may have carried it
    /// out: a message may reach the customer twice.
    #[must_use]
    pub fn repeat(mut self, repeat: Repeat) -> Self {
        self.repeat = Some(repeat);
        self
    }

    /// Who goes first where calls wait for the company's budget.
    #[must_use]
    pub fn priority(mut self, priority: Priority) -> Self {
        self.priority = priority;
        self
    }

    /// Does not wait for rate limits: a call that would have to is the error
    /// [`Limited`](crate::ErrorKind::RateLimited) at once, and nothing is sent.
    #[must_use]
    pub fn no_wait(mut self) -> Self {
        self.no_wait = true;
        self
    }

    /// Sends a header. The client's own (`authorization`, `host` and those that describe the body)
    /// cannot be replaced: trying to is an error when the request is sent.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds a query parameter, in place of the call's own of that name. Several of one name are sent
    /// as several. Front ignores one that it does not know.
    #[must_use]
    pub fn query(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((key.into(), value.into()));
        self
    }

    /// Sets a field of the body's outermost object. An object is merged into the call's own object of
    /// that name; anything else stands in place of the call's own field.
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

/// Names, no values.
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
