//! Making a client.

use std::env::VarError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::HeaderValue;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_platform_verifier::Verifier;

use super::client::{Client, Core};
use super::error::{Error, ErrorKind};
use super::grant::Granted;
use super::limit::RateLimiter;
use super::observe::Observer;
use super::redirect::is_loopback;
use super::retry::{Retries, RetryBudget, RetryPolicy};
use super::token::Secret;
use crate::generated::service::{BASE_URL, Plan};

/// Makes a [`Client`].
///
/// Only the token is required.
///
/// ```
/// # fn example(token: String) -> Result<(), front_api::Error> {
/// use std::time::Duration;
/// use front_api::{Client, Plan};
///
/// let front = Client::builder()
///     .api_token(token)
///     .plan(Plan::Professional)
///     .user_agent("refund-bot/1.2")
///     .timeout(Duration::from_secs(60))
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a builder does nothing until `.build()` is called"]
pub struct ClientBuilder {
    token: Option<Result<String, &'static str>>,
    base_url: Option<String>,
    requests_per_minute: Option<u32>,
    user_agent: Option<String>,
    connect_timeout: Duration,
    timeout: Duration,
    idle_timeout: Duration,
    deadline: Duration,
    rate_limiter: Option<RateLimiter>,
    retry: Arc<dyn RetryPolicy>,
    observer: Option<Arc<dyn Observer>>,
    http: Option<reqwest::ClientBuilder>,
    /// In PEM.
    roots: Vec<Vec<u8>>,
}

impl ClientBuilder {
    pub(crate) fn new() -> Self {
        Self {
            token: None,
            base_url: None,
            requests_per_minute: None,
            user_agent: None,
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            idle_timeout: Duration::from_secs(30),
            deadline: Duration::from_secs(5 * 60),
            rate_limiter: None,
            retry: Arc::new(Retries::new()),
            observer: None,
            http: None,
            roots: Vec::new(),
        }
    }

    /// The API token, as Front's settings show it, without `Bearer`.
    pub fn api_token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(Ok(token.into()));
        self
    }

    /// Takes the API token from the environment variable `FRONT_API_TOKEN`. Where there is none,
    /// [`build`](Self::build) says so.
    pub fn api_token_from_env(mut self) -> Self {
        let token = std::env::var("FRONT_API_TOKEN").map_err(|error| match error {
            VarError::NotPresent => {
                "the environment variable `FRONT_API_TOKEN` is not set"
            }
            VarError::NotUnicode(_) => {
                "the environment variable `FRONT_API_TOKEN` is no text"
            }
        });
        self.token = Some(token);
        self
    }

    /// Another place to send requests to: a company's own host, a proxy, a test's server.
    ///
    /// It must be `https`, or `http` on this machine. The token is sent there.
    ///
    /// A server that reports no limits (`x-ratelimit-remaining` and its neighbours) gets one call at a time, and
    /// no more than 50 a minute, or as many as [`plan`](Self::plan) allows. For a server of your own tests, switch
    /// the limiter off: `.rate_limiter(RateLimiter::off())`.
    ///
    /// ```
    /// # fn main() -> Result<(), front_api::Error> {
    /// use front_api::{Client, RateLimiter};
    ///
    /// let front = Client::builder()
    ///     .api_token("token")
    ///     .base_url("http://127.0.0.1:8080")
    ///     .rate_limiter(RateLimiter::off())
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets the company's plan, which determines the requests per minute. It matters only where Front's
    /// responses do not report the budget, for example because a proxy removes the headers.
    pub fn plan(self, plan: Plan) -> Self {
        self.requests_per_minute(plan.requests_per_minute())
    }

    /// The company's requests a minute, where they are not a plan's; see [`plan`](Self::plan).
    pub fn requests_per_minute(mut self, requests: u32) -> Self {
        self.requests_per_minute = Some(requests);
        self
    }

    /// Keeps to limits together with other clients. Front counts for a company, not for a token: clients of
    /// one company should share theirs.
    ///
    /// ```
    /// # fn example(token: String, other: String) -> Result<(), front_api::Error> {
    /// use front_api::Client;
    ///
    /// let front = Client::builder().api_token(token).build()?;
    /// let beside = Client::builder().api_token(other).rate_limiter(front.rate_limiter().clone()).build()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// It stands above [`plan`](Self::plan) and
    /// [`requests_per_minute`](Self::requests_per_minute).
    pub fn rate_limiter(mut self, rate_limiter: RateLimiter) -> Self {
        self.rate_limiter = Some(rate_limiter);
        self
    }

    /// When calls that failed are sent again: by [`Retries`] unless set. What must not be sent twice is not,
    /// whatever the policy says.
    pub fn retry(mut self, policy: impl RetryPolicy) -> Self {
        self.retry = Arc::new(policy);
        self
    }

    /// Tells this of every wait, attempt and call, for metrics.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// The name that your program gives itself in the `user-agent` header, before this crate's own.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = Some(name.into());
        self
    }

    /// How long connecting may take: 10 seconds unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long one attempt may take, of which a call may have [several](Self::deadline), from connecting to the last byte of the answer: 30 seconds
    /// unless set. Downloads have no such limit, only the [idle](Self::idle_timeout) one. A request
    /// with large files may need more; [`RequestOptions`](crate::RequestOptions) gives it to one alone.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long a whole call may take: waiting for rate limits, its attempts, the waits between them. 5
    /// minutes unless set; [`Duration::MAX`] is no limit. What is known to take longer fails at once, with
    /// the wait in the error. [`RequestOptions`](crate::RequestOptions) sets it for one call alone.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// How long nothing may arrive of a download, while its beginning is awaited and between its pieces:
    /// 30 seconds unless set. Other answers have the [whole](Self::timeout) limit only.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// Begins with these settings of the HTTP client: proxies, DNS, local addresses, connection pools,
    /// headers.
    ///
    /// What this builder sets stands above them: time limits, the user agent, redirects, retries, and TLS. So
    /// certificates set there have no effect; [`add_root_certificate`](Self::add_root_certificate) is
    /// for those. Where Front sends to another host for a file, that host is asked without any of these
    /// settings, as they may hold credentials.
    pub fn http(mut self, http: reqwest::ClientBuilder) -> Self {
        self.http = Some(http);
        self
    }

    /// Trusts the certificates in this PEM text, beside those that the operating system trusts: of a
    /// company's own proxy, for instance. What cannot be read, and any on Android, is an error of
    /// [`build`](Self::build).
    pub fn add_root_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.roots.push(pem.as_ref().to_vec());
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// Of the kind [`Setup`](ErrorKind::Setup), with a sentence on what to mend: no token or one that
    /// cannot be one, a base URL that is none or not safe, a root certificate that cannot be read, no
    /// trusted certificates on this machine.
    pub fn build(self) -> Result<Client, Error> {
        let token = self.token.ok_or_else(|| {
            setup("no token was given: call `api_token` on the builder")
        })?;
        let token = token.map_err(setup)?;
        let token = Secret::api_token(&token).map_err(setup)?;
        let base = base(self.base_url.as_deref().unwrap_or(BASE_URL))?;
        if self.requests_per_minute == Some(0) {
            return Err(setup("requests a minute cannot be 0"));
        }
        let rate_limiter = self.rate_limiter.unwrap_or_else(|| {
            self.requests_per_minute
                .map_or_else(RateLimiter::new, RateLimiter::requests_per_minute)
        });
        let tls = tls(&self.roots)?;
        let user_agent = user_agent(self.user_agent.as_deref())?;
        let client = |http: reqwest::ClientBuilder| {
            let http = http
                .tls_backend_preconfigured(tls.clone())
                .redirect(reqwest::redirect::Policy::none())
                // Without a limit of none, each request would be copied for a retry that never comes.
                .retry(reqwest::retry::never().max_retries_per_request(0))
                .referer(false)
                .user_agent(user_agent.clone())
                .connect_timeout(self.connect_timeout);
            // A proxy of the environment cannot reach this machine.
            let http = if is_loopback(&base) { http.no_proxy() } else { http };
            http.build().map_err(|error| {
                setup("the HTTP client could not be made").because(error.without_url())
            })
        };
        Ok(Client::new(Core {
            http: client(self.http.unwrap_or_default())?,
            elsewhere: client(reqwest::Client::builder())?,
            base,
            token,
            timeout: self.timeout,
            idle_timeout: self.idle_timeout,
            deadline: self.deadline,
            rate_limiter,
            retry: self.retry,
            retry_budget: Arc::new(RetryBudget::new()),
            observer: self.observer,
            granted: Granted::EVERYTHING,
        }))
    }
}

/// Without the token, and without the base URL, which may have a credential in it as long as it was not
/// looked at.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("has_base_url", &self.base_url.is_some())
            .field("requests_per_minute", &self.requests_per_minute)
            .field("user_agent", &self.user_agent)
            .field("timeout", &self.timeout)
            .field("deadline", &self.deadline)
            .field("rate_limiter", &self.rate_limiter)
            .field("retry", &self.retry)
            .field("observer", &self.observer)
            .field("root_certificates", &self.roots.len())
            .finish_non_exhaustive()
    }
}

fn setup(why: impl Into<String>) -> Error {
    Error::new(ErrorKind::Setup, why.into())
}

/// TLS with a provider of our own: none is installed for the process, and none is needed there.
fn tls(roots: &[Vec<u8>]) -> Result<rustls::ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = verifier(roots, Arc::clone(&provider))?;
    #[cfg_attr(
        not(feature = "http2"),
        expect(unused_mut, reason = "only HTTP/2 is negotiated")
    )]
    let mut tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| setup("TLS cannot be set up").because(error))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    // A preconfigured TLS is taken as it is: the HTTP client adds no protocols to it.
    #[cfg(feature = "http2")]
    {
        tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok(tls)
}

/// What the operating system trusts, and the certificates of these PEM texts.
fn verifier(
    roots: &[Vec<u8>],
    provider: Arc<CryptoProvider>,
) -> Result<Verifier, Error> {
    let mut extra = Vec::new();
    for pem in roots {
        let before = extra.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            extra.push(certificate.map_err(|error| {
                setup("a root certificate is no PEM text").because(error)
            })?);
        }
        if extra.len() == before {
            return Err(setup("a root certificate's PEM text has no certificate in it"));
        }
    }
    if extra.is_empty() {
        return Verifier::new(provider).map_err(|error| {
            setup("no trusted certificates were found on this machine").because(error)
        });
    }
    #[cfg(not(target_os = "android"))]
    {
        Verifier::new_with_extra_roots(extra, provider)
            .map_err(|error| setup("a root certificate cannot be used").because(error))
    }
    #[cfg(target_os = "android")]
    {
        Err(setup("root certificates cannot be added on Android"))
    }
}

fn base(text: &str) -> Result<Url, Error> {
    let url = Url::parse(text.trim_end_matches('/'))
        .map_err(|error| setup("the base URL is not a URL").because(error))?;
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
        return Err(setup(
            "the base URL is not `https`: the token would be readable on the way (`http` is fine on this machine)",
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(setup("the base URL has a user name in it"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(setup("the base URL has a query or a fragment"));
    }
    Ok(url)
}

fn user_agent(name: Option<&str>) -> Result<HeaderValue, Error> {
    const OWN: &str = concat!("front-api-rust/", env!("CARGO_PKG_VERSION"));
    let text = match name {
        Some(name) => format!("{name} {OWN}"),
        None => OWN.to_owned(),
    };
    HeaderValue::from_str(&text)
        .map_err(|error| setup("the user agent cannot be a header").because(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_unsafe_base_urls() {
        for good in [
            "https://api2.frontapp.com",
            "https://x.test/front/",
            "http://127.0.0.1:9",
            "http://[::1]",
            "http://localhost:80/",
        ] {
            assert!(base(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "api2.frontapp.com",
            "http://api2.frontapp.com",
            "ftp://127.0.0.1",
            "https://a:b@x.test",
            "https://x.test?a=b",
            "https://x.test#a",
            "http://127.0.0.1.x.test",
        ] {
            let error = base(bad).expect_err(bad);
            assert_eq!(error.kind(), ErrorKind::Setup);
        }
    }
}
