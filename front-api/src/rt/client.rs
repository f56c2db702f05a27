//! The client: what all requests share, with a grant in its type.

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
/// Cheap to clone; clones share connections and [limits](RateLimiter). `G` is what it may do: [`Everything`] that its token may
/// do, or the permissions of a [`grant!`](crate::grant!) after [`restrict`](Self::restrict).
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
    /// For files on hosts that are not ours: without the headers that a caller's own client may send.
    pub(crate) elsewhere: reqwest::Client,
    /// Without a slash at its end.
    pub(crate) base: Url,
    pub(crate) token: Secret,
    pub(crate) timeout: Duration,
    /// How long nothing may arrive of a download.
    pub(crate) idle_timeout: Duration,
    /// For the whole of a call.
    pub(crate) deadline: Duration,
    pub(crate) rate_limiter: RateLimiter,
    pub(crate) retry: Arc<dyn RetryPolicy>,
    pub(crate) retry_budget: Arc<RetryBudget>,
    pub(crate) observer: Option<Arc<dyn Observer>>,
    pub(crate) granted: Granted,
}

impl Client<Everything> {
    /// Begins to make a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// A client with the API token in the environment variable `FRONT_API_TOKEN`, and with all else as it is
    /// unless set.
    ///
    /// # Errors
    ///
    /// As [`ClientBuilder::build`] has, and where there is no such variable or no text in it.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().api_token_from_env().build()
    }

    pub(crate) fn new(core: Core) -> Self {
        Self { core: Arc::new(core), grant: PhantomData }
    }
}

impl<G> Client<G> {
    /// A client with fewer permissions, for code that should not have all of them.
    ///
    /// The compiler refuses calls that the grant `H` does not permit, and a grant that permits more
    /// than this client's. The set is checked again before each request is sent. It is no more than
    /// the token's own permissions: what Front refuses stays refused.
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

    /// The limits that this client keeps to, to look at or to give to another client of the same company.
    #[must_use]
    pub fn rate_limiter(&self) -> &RateLimiter {
        &self.core.rate_limiter
    }
}

/// Begins a request.
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

/// Without the token.
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

/// What every handle has. For `struct $name<'a, G> { client: &'a Client<G> }`.
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
