//! The client: what all requests share, with the grant in its type.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;

use super::builder::ClientBuilder;
use super::error::Error;
use super::grant::{Everything, Granted, SubsetOf};
use super::limit::RateLimiter;
use super::observe::Observer;
use super::operation::Operation;
use super::request::Request;
use super::retry::{RetryBudget, RetryPolicy};
use super::token::Secret;

/// A client for the Front API.
///
/// It is cheap to clone; clones share connections and the [rate limiter](RateLimiter). `G` is the set of its
/// permissions: [`Everything`] that its token may do, or those of a [`grant!`](crate::grant!) after
/// [`restrict`](Self::restrict).
///
/// ```no_run
/// # async fn example(token: String) -> Result<(), front_api::Error> {
/// let front = front_api::Client::builder().api_token(token).build()?;
/// let tag = front.tags().create_company("Refunds").send().await?;
/// println!("{}", tag.id);
/// # Ok(())
/// # }
/// ```
pub struct Client<G = Everything> {
    core: Arc<Core>,
    grant: PhantomData<fn() -> G>,
}

/// What the requests of a client share.
#[derive(Clone)]
pub(crate) struct Core {
    pub(crate) http: reqwest::Client,
    /// For files on hosts that are not Front's: without the headers that a caller's HTTP client may send.
    pub(crate) external_http: reqwest::Client,
    /// Without a trailing slash.
    pub(crate) base: Url,
    pub(crate) token: Secret,
    pub(crate) timeout: Duration,
    /// The longest time without receiving data while downloading.
    pub(crate) idle_timeout: Duration,
    /// For a whole call, with its retries.
    pub(crate) deadline: Duration,
    pub(crate) rate_limiter: RateLimiter,
    pub(crate) retry: Arc<dyn RetryPolicy>,
    pub(crate) retry_budget: Arc<RetryBudget>,
    pub(crate) observer: Option<Arc<dyn Observer>>,
    pub(crate) granted: Granted,
}

impl Client<Everything> {
    /// Creates a builder with the default settings.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// Creates a client with the API token in the environment variable `FRONT_API_TOKEN` and the default settings.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ClientBuilder::build`], and an error if the variable is not set or is not valid
    /// Unicode.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().api_token_from_env().build()
    }

    pub(crate) fn new(core: Core) -> Self {
        Self { core: Arc::new(core), grant: PhantomData }
    }
}

impl<G> Client<G> {
    /// Returns a client with fewer permissions, for code that should not have all of them.
    ///
    /// The compiler rejects calls that the grant `H` does not permit, and a grant that permits more than that of
    /// this client. The permissions are checked again before each request is sent. A grant does not extend the
    /// permissions of the token: Front still rejects calls that the token does not permit.
    ///
    /// ```
    /// use front_api::{grant, Client};
    ///
    /// grant! {
    ///     /// What the triage job may do.
    ///     pub struct Triage: ConversationsRead, TagsRead;
    /// }
    ///
    /// fn triage_client(front: &Client) -> Client<Triage> {
    ///     front.restrict()
    /// }
    /// ```
    #[must_use]
    pub fn restrict<H: SubsetOf<G>>(&self) -> Client<H> {
        let mut core = Core::clone(&self.core);
        core.granted = core.granted.and(H::PERMISSIONS);
        Client { core: Arc::new(core), grant: PhantomData }
    }

    /// Returns the rate limiter of this client, to inspect it or to share it with another client of the same
    /// company.
    #[must_use]
    pub fn rate_limiter(&self) -> &RateLimiter {
        &self.core.rate_limiter
    }
}

/// Creates a request.
pub(crate) fn begin<G>(
    client: &Client<G>,
    operation: &'static Operation,
    path: &[&str],
) -> Request {
    Request::new(Arc::clone(&client.core), operation, path)
}

impl<G> Clone for Client<G> {
    fn clone(&self) -> Self {
        Self { core: Arc::clone(&self.core), grant: PhantomData }
    }
}

/// Omits the token.
impl<G> fmt::Debug for Client<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.core.base.as_str())
            .field("granted", &self.core.granted)
            .field("timeout", &self.core.timeout)
            .field("deadline", &self.core.deadline)
            .field("rate_limiter", &self.core.rate_limiter)
            .finish_non_exhaustive()
    }
}

/// Implements `Clone`, `Copy` and `Debug` for a handle: `struct $name<'a, G> { client: &'a Client<G> }`.
macro_rules! handle {
    ($name:ident) => {
        impl<G> Clone for $name<'_, G> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<G> Copy for $name<'_, G> {}

        impl<G> ::std::fmt::Debug for $name<'_, G> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(stringify!($name)).field("client", self.client).finish()
            }
        }
    };
}
pub(crate) use handle;
