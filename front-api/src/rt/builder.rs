//! The builder of a client.

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

/// Builds a [`Client`].
///
/// Only the API token is required.
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

    /// Sets the API token, as Front's settings show it, without `Bearer`.
    pub fn api_token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(Ok(token.into()));
        self
    }

    /// Reads the API token from the environment variable `FRONT_API_TOKEN`. If the variable is not set,
    /// [`build`](Self::build) returns an error.
    pub fn api_token_from_env(mut self) -> Self {
        let token = std::env::var("FRONT_API_TOKEN").map_err(|error| match error {
            VarError::NotPresent => {
                "missing API token: the environment variable `FRONT_API_TOKEN` is not set"
            }
            VarError::NotUnicode(_) => {
                "invalid API token: the environment variable `FRONT_API_TOKEN` is not valid Unicode"
            }
        });
        self.token = Some(token);
        self
    }

    /// Sets the URL that requests are sent to, in place of Front's: a company's own host, a proxy, a test
    /// server.
    ///
    /// The URL must be `https`, or `http` on a loopback address. The token is sent to it.
    ///
    /// A server that does not send rate limit headers (`x-ratelimit-remaining` and similar) receives one call at
    /// a time, and at most 50 per minute, or as many as [`plan`](Self::plan) allows. For a test server, switch
    /// the rate limiter off: `.rate_limiter(RateLimiter::off())`.
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

    /// Sets the company's requests per minute, where they differ from those of its [`plan`](Self::plan).
    pub fn requests_per_minute(mut self, requests: u32) -> Self {
        self.requests_per_minute = Some(requests);
        self
    }

    /// Sets the rate limiter, to share it with other clients. Front limits a company, not a token, so the clients
    /// of a company should share one rate limiter.
    ///
    /// ```
    /// # fn example(token: String, other: String) -> Result<(), front_api::Error> {
    /// use front_api::Client;
    ///
    /// let front = Client::builder().api_token(token).build()?;
    /// let second = Client::builder().api_token(other).rate_limiter(front.rate_limiter().clone()).build()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// It overrides [`plan`](Self::plan) and [`requests_per_minute`](Self::requests_per_minute).
    pub fn rate_limiter(mut self, rate_limiter: RateLimiter) -> Self {
        self.rate_limiter = Some(rate_limiter);
        self
    }

    /// Sets the retry policy. The default is [`Retries`]. A call that must not be sent twice is never retried,
    /// whatever the policy.
    pub fn retry(mut self, policy: impl RetryPolicy) -> Self {
        self.retry = Arc::new(policy);
        self
    }

    /// Sets an observer of every wait, attempt and call, for metrics.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Sets the name of your program, which the `user-agent` header contains before that of this crate.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = Some(name.into());
        self
    }

    /// Sets the timeout for connecting. The default is 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the timeout of one attempt, from connecting to the last byte of the response. The default is 30
    /// seconds.
    ///
    /// A call may take several attempts; see [`deadline`](Self::deadline). A download has only the
    /// [idle timeout](Self::idle_timeout). A request with large files may need a longer timeout, which
    /// [`RequestOptions::timeout`](crate::RequestOptions::timeout) sets for one call.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the deadline of a whole call: the waits for rate limits, all attempts, and the waits between them.
    /// The default is 5 minutes; [`Duration::MAX`] is no limit.
    ///
    /// A call that would have to wait beyond its deadline fails at once, with the wait in the error.
    /// [`RequestOptions::deadline`](crate::RequestOptions::deadline) sets it for one call.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Sets the longest time without receiving data while downloading a file, both before the response and
    /// between its parts. The default is 30 seconds. Other calls have only the [timeout](Self::timeout) of an
    /// attempt.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// Sets the HTTP client to start from, with its proxies, DNS, local addresses, connection pools and headers.
    ///
    /// This builder overrides its timeouts, user agent, redirects, retries and TLS. Root certificates that are
    /// set there have no effect; use [`add_root_certificate`](Self::add_root_certificate). Requests for a file on
    /// a host that is not Front's use none of these settings, because they may contain credentials.
    pub fn http(mut self, http: reqwest::ClientBuilder) -> Self {
        self.http = Some(http);
        self
    }

    /// Adds the root certificates in a PEM text to those that the operating system trusts, for example that of a
    /// company's proxy. An invalid text is an error of [`build`](Self::build). So is any certificate on Android,
    /// where this is not supported.
    pub fn add_root_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.roots.push(pem.as_ref().to_vec());
        self
    }

    /// Builds the client. Sends nothing.
    ///
    /// # Errors
    ///
    /// Returns an error of the kind [`Setup`](ErrorKind::Setup) for a missing or malformed token, an invalid or
    /// insecure base URL, an invalid root certificate, or if this machine has no trusted certificates.
    pub fn build(self) -> Result<Client, Error> {
        let token = self.token.ok_or_else(|| {
            setup_error("missing API token: call `api_token` on the builder")
        })?;
        let token = token.map_err(setup_error)?;
        let token = Secret::api_token(&token).map_err(setup_error)?;
        let base = base(self.base_url.as_deref().unwrap_or(BASE_URL))?;
        if self.requests_per_minute == Some(0) {
            return Err(setup_error("invalid requests per minute: 0"));
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
                // Without a limit of 0, each request would be copied for a retry that never happens.
                .retry(reqwest::retry::never().max_retries_per_request(0))
                .referer(false)
                .user_agent(user_agent.clone())
                .connect_timeout(self.connect_timeout);
            // A proxy from the environment variables cannot reach a loopback address of this machine.
            let http = if is_loopback(&base) { http.no_proxy() } else { http };
            http.build().map_err(|error| {
                setup_error("failed to create the HTTP client")
                    .with_source(error.without_url())
            })
        };
        Ok(Client::new(Core {
            http: client(self.http.unwrap_or_default())?,
            external_http: client(reqwest::Client::builder())?,
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

/// Omits the token, and the base URL, which may contain credentials until `build` checks it.
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

fn setup_error(why: impl Into<String>) -> Error {
    Error::new(ErrorKind::Setup, why.into())
}

/// Configures TLS with its own crypto provider, so that the process does not need a default one.
fn tls(roots: &[Vec<u8>]) -> Result<rustls::ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = verifier(roots, Arc::clone(&provider))?;
    #[cfg_attr(
        not(feature = "http2"),
        expect(unused_mut, reason = "only HTTP/2 is negotiated")
    )]
    let mut tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| setup_error("failed to configure TLS").with_source(error))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    // The HTTP client does not add protocols to a preconfigured TLS.
    #[cfg(feature = "http2")]
    {
        tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok(tls)
}

/// Returns a verifier that trusts the certificates of the operating system and those of the PEM texts.
fn verifier(
    roots: &[Vec<u8>],
    provider: Arc<CryptoProvider>,
) -> Result<Verifier, Error> {
    let mut extra = Vec::new();
    for pem in roots {
        let before = extra.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            extra.push(certificate.map_err(|error| {
                setup_error("invalid root certificate: the text is not PEM")
                    .with_source(error)
            })?);
        }
        if extra.len() == before {
            return Err(setup_error(
                "invalid root certificate: the PEM text contains no certificate",
            ));
        }
    }
    if extra.is_empty() {
        return Verifier::new(provider).map_err(|error| {
            setup_error("missing root certificates: none are installed on this machine")
                .with_source(error)
        });
    }
    #[cfg(not(target_os = "android"))]
    {
        Verifier::new_with_extra_roots(extra, provider)
            .map_err(|error| setup_error("invalid root certificate").with_source(error))
    }
    #[cfg(target_os = "android")]
    {
        Err(setup_error("unsupported on Android: root certificates cannot be added"))
    }
}

fn base(text: &str) -> Result<Url, Error> {
    let url = Url::parse(text.trim_end_matches('/')).map_err(|error| {
        setup_error("invalid base URL: it is not a URL").with_source(error)
    })?;
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
        return Err(setup_error(
            "invalid base URL: only `https` is allowed, because the token is sent there (`http` is for loopback)",
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(setup_error(
            "invalid base URL: it contains a user name or a password",
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(setup_error("invalid base URL: it contains a query or a fragment"));
    }
    Ok(url)
}

fn user_agent(name: Option<&str>) -> Result<HeaderValue, Error> {
    const OWN: &str = concat!("front-api-rust/", env!("CARGO_PKG_VERSION"));
    let text = match name {
        Some(name) => format!("{name} {OWN}"),
        None => OWN.to_owned(),
    };
    HeaderValue::from_str(&text).map_err(|error| {
        setup_error(
            "invalid user agent: it contains a character that a header cannot contain",
        )
        .with_source(error)
    })
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
            assert!(error.to_string().starts_with("invalid base URL: "), "{error}");
        }
    }
}
