//! What one request may be given beside what its operation takes.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

/// Settings for one request: a time limit, and what this version has no method for.
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
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Vec<(String, Value)>,
}

impl RequestOptions {
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
            .field("headers", &names(&self.headers))
            .field("query", &names(&self.query))
            .field("body", &names(&self.body))
            .finish()
    }
}
