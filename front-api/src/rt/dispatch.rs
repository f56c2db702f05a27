//! Sends the request of a call, with its rate limits, redirects and retries. Every call goes through here.

use std::future::Future;
use std::pin::{Pin, pin};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{DATE, HeaderMap, LOCATION};
use tokio::time::Instant;
use tracing::{Instrument, Span, field};

use super::decode::Response;
use super::download::FileDownload;
use super::error::{Error, ErrorKind};
use super::error_body::ErrorBody;
use super::gateway::{self, ResponseValidator};
use super::limit::{Ask, Permit, longest_wait};
use super::meta::{Meta, Progress};
use super::observe::{AttemptReport, CallReport, WaitReport};
use super::operation::Method;
use super::prepare::{Expects, Prepared, request_url};
use super::rates::{RateSignals, Refused};
use super::redirect::{self, FILE_HOPS, MERGE_HOPS};
use super::request::Request;
use super::retry::{Failure, is_retry_safe};
use super::retry_after::{self, Hints};
use crate::generated::service::RETRY_AFTER_HEADER;

mod receive;

use receive::read_beginning;

/// A call in flight.
pub(crate) type Running = Pin<Box<dyn Future<Output = Result<Response, Error>> + Send>>;

/// Sends a request and reads the whole response. The future is boxed, so that it is small and its code exists
/// only once for all calls.
pub(crate) fn execute(request: Request) -> Running {
    Box::pin(response(request, Expects::Value))
}

/// Sends a request whose response is empty.
pub(crate) fn done(request: Request) -> Running {
    Box::pin(response(request, Expects::Nothing))
}

async fn response(request: Request, expects: Expects) -> Result<Response, Error> {
    let (meta, content) = call(&request, expects).await?;
    let body = match content {
        Content::Read(body) => body,
        Content::Open(_) => Bytes::new(),
    };
    Ok(Response { operation: request.operation, meta, body })
}

/// Sends a request and returns its response as soon as the headers have arrived.
pub(crate) fn open(
    request: Request,
) -> Pin<Box<dyn Future<Output = Result<FileDownload, Error>> + Send>> {
    Box::pin(async move {
        let (meta, content) = call(&request, Expects::File).await?;
        let response = match content {
            Content::Open(response) => response,
            Content::Read(_) => {
                unreachable!("the body of a file is read by its `FileDownload`")
            }
        };
        let host = redirect::other_host(&request.core.base, response.url());
        Ok(FileDownload::new(
            response,
            meta,
            request.operation,
            host,
            request.core.idle_timeout,
        ))
    })
}

/// The body of a response.
enum Content {
    Read(Bytes),
    /// It has not been read yet.
    Open(reqwest::Response),
}

/// Runs a call inside its span. Reports it to the observer, and adds what happened to its error.
async fn call(request: &Request, expects: Expects) -> Result<(Meta, Content), Error> {
    let operation = request.operation;
    let span = tracing::info_span!(
        "front_api.call",
        operation = operation.name,
        status = field::Empty,
        attempts = field::Empty,
        error = field::Empty,
    );
    let start = Instant::now();
    let mut dispatcher = Dispatcher::new(request, expects, start);
    let result = {
        let run = pin!(dispatcher.run());
        run.instrument(span.clone()).await
    };
    let progress = dispatcher.progress;
    let result =
        result.map_err(|error| error.with_operation(operation).with_progress(progress));
    let (status, error) = match &result {
        Ok((meta, _)) => {
            request.core.retry_budget.earn();
            (Some(meta.status()), None)
        }
        Err(error) => (error.status(), Some(error)),
    };
    span.record("attempts", progress.attempts);
    record_result(&span, status, error);
    if let Some(observer) = &request.core.observer {
        observer.finished(&CallReport {
            operation,
            attempts: progress.attempts,
            status,
            error,
            took: start.elapsed(),
            waited: progress.waited,
        });
    }
    result
}

/// Sends the attempts of one call.
struct Dispatcher<'a> {
    request: &'a Request,
    expects: Expects,
    start: Instant,
    /// `None` where the deadline is beyond what an [`Instant`] can represent.
    deadline: Option<Instant>,
    /// The values of the path's placeholders. A merge changes them.
    path: Vec<Box<str>>,
    /// The number of redirects that were followed.
    hops: u32,
    progress: Progress,
    /// Decides which successful responses come from Front.
    validator: ResponseValidator,
}

/// What follows after a response that is not an error.
enum Step {
    Done(Meta, Content),
    /// The request is sent again, to the URL of a redirect.
    Follow,
}

impl<'a> Dispatcher<'a> {
    fn new(request: &'a Request, expects: Expects, start: Instant) -> Self {
        let deadline = request.options.deadline.unwrap_or(request.core.deadline);
        Self {
            request,
            expects,
            start,
            deadline: start.checked_add(deadline),
            path: request.path_values().to_vec(),
            hops: 0,
            progress: Progress::default(),
            validator: ResponseValidator::new(
                request.operation,
                request.options.has_header("range"),
            ),
        }
    }

    /// Sends the request until a response or an error ends the call.
    async fn run(&mut self) -> Result<(Meta, Content), Error> {
        let mut prepared = Prepared::new(self.request, self.expects)?;
        loop {
            let mut permit = self.permit(&prepared).await?;
            let now = Instant::now();
            let remaining =
                self.deadline.map(|deadline| deadline.saturating_duration_since(now));
            if remaining == Some(Duration::ZERO) {
                return Err(Error::deadline_passed());
            }
            if let Some(permit) = &mut permit {
                permit.sent(now);
            }
            match self.attempt(&mut prepared, permit, remaining, now).await {
                Ok(Step::Done(meta, content)) => return Ok((meta, content)),
                Ok(Step::Follow) => {}
                Err(error) => {
                    let wait = self.retry(error)?;
                    tracing::debug!(wait_ms = wait.as_millis(), "retrying");
                    tokio::time::sleep(wait).await;
                }
            }
        }
    }

    /// Waits until the rate limits admit the next request. `None` for a file on a host that is not Front's, which
    /// has no rate limits.
    async fn permit(&mut self, prepared: &Prepared) -> Result<Option<Permit>, Error> {
        if !prepared.is_to_front() {
            return Ok(None);
        }
        let core = &self.request.core;
        let options = &self.request.options;
        let operation = self.request.operation;
        let ask = Ask {
            operation,
            path: &self.path,
            priority: options.priority,
            until: self.deadline,
            wait: !options.no_wait,
        };
        let permit = core.rate_limiter.acquire(ask).await.map_err(|held| {
            let why = if options.no_wait {
                "the call would have to wait"
            } else {
                "the call would have to wait beyond its deadline"
            };
            Error::rate_limited(held.limit, held.wait, why)
        })?;
        if let Some((waited, limit)) = permit.waited() {
            tracing::debug!(
                limit,
                waited_ms = waited.as_millis(),
                "waited for a rate limit"
            );
            self.progress.waited += waited;
            self.progress.waited_for = Some(limit);
            if let Some(observer) = &core.observer {
                observer.waited(&WaitReport { operation, limit, waited });
            }
        }
        Ok(Some(permit))
    }

    /// Sends the request once, and reports the attempt to the observer.
    async fn attempt(
        &mut self,
        prepared: &mut Prepared,
        permit: Option<Permit>,
        remaining: Option<Duration>,
        start: Instant,
    ) -> Result<Step, Error> {
        self.progress.attempts += 1;
        let number = self.progress.attempts;
        let span = tracing::debug_span!(
            "front_api.attempt",
            number,
            status = field::Empty,
            error = field::Empty,
        );
        let mut status = None;
        // A redirect changes the host of the request.
        let host = prepared.other_host(self.request);
        // The future is large. It is pinned, so that it is not moved into its span.
        let step = {
            let exchange = pin!(self.exchange(prepared, permit, remaining, &mut status));
            exchange.instrument(span.clone()).await
        };
        // The observer and the retry policy receive the complete error.
        let step = step.map_err(|error| {
            error
                .with_operation(self.request.operation)
                .with_progress(self.progress)
                .with_host(host)
        });
        let error = step.as_ref().err();
        record_result(&span, status, error);
        if let Some(observer) = &self.request.core.observer {
            observer.attempted(&AttemptReport {
                operation: self.request.operation,
                number,
                status,
                error,
                took: start.elapsed(),
            });
        }
        step
    }

    async fn exchange(
        &mut self,
        prepared: &mut Prepared,
        permit: Option<Permit>,
        remaining: Option<Duration>,
        status: &mut Option<u16>,
    ) -> Result<Step, Error> {
        let mut response = match prepared.send(self.request, remaining).await {
            Ok(response) => response,
            Err(error) => {
                if let Some(permit) = permit
                    && error.is_unsent()
                {
                    permit.unsent();
                }
                return Err(error);
            }
        };
        let code = response.status();
        *status = Some(code.as_u16());
        let headers = std::mem::take(response.headers_mut());
        let mut signals = RateSignals::read(code, &headers);
        if code.is_success() {
            let media = self.validator.head(code.as_u16(), &headers);
            if let Some(permit) = permit {
                permit.answered(&signals);
            }
            let meta = self.meta(code, headers);
            return match media {
                Ok(media) => self.read(response, meta, media).await,
                Err(rejection) => {
                    let (body, _) = read_beginning(response, self.body_timeout()).await;
                    Err(self.gateway_error(meta, rejection, &body))
                }
            };
        }
        if code.is_redirection() {
            if let Some(permit) = permit {
                permit.answered(&signals);
            }
            let meta = self.meta(code, headers);
            return match self.follow(prepared, code, meta.header(LOCATION.as_str())) {
                Ok(()) => Ok(Step::Follow),
                Err(why) => Err(Error::new(ErrorKind::Redirect, why).with_meta(meta)),
            };
        }
        let is_marked = gateway::is_marked(&headers);
        // The status is the error, even if the rest of the body cannot be read.
        let (body, _) = read_beginning(response, self.body_timeout()).await;
        let error_body = ErrorBody::read(&body, &self.request.core.token);
        let from_gateway = error_body.markup || is_marked;
        let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let hints = Hints {
            retry_after: header(RETRY_AFTER_HEADER),
            date: header(DATE.as_str()),
            message: error_body.message.as_deref(),
        };
        let mut wait = retry_after::requested_wait(hints, SystemTime::now());
        let meta = self.meta(code, headers);
        if code == StatusCode::TOO_MANY_REQUESTS {
            let operation_limit = meta.tier().is_some()
                || signals.rates.remaining.is_some_and(|remaining| remaining > 0);
            // A wait longer than a window cannot be right.
            let longest = longest_wait(self.request.operation, operation_limit);
            wait = wait.map(|wait| wait.min(longest));
            signals.refused = Some(Refused { wait, operation_limit });
        }
        if let Some(permit) = permit {
            permit.answered(&signals);
        }
        let error = Error::status_of(code.as_u16(), wait, error_body).with_meta(meta);
        Err(if from_gateway { error.mark_from_gateway() } else { error })
    }

    /// Returns the metadata of a response.
    fn meta(&self, status: StatusCode, headers: HeaderMap) -> Meta {
        let first = self.request.path_values();
        let changed = self.path.iter().zip(first).find(|(now, then)| now != then);
        Meta::new(status.as_u16(), headers, self.progress)
            .merged(changed.map(|(survivor, _)| &**survivor))
    }

    /// Returns the time until the deadline.
    fn remaining(&self) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }

    /// Changes the request to follow a redirect.
    ///
    /// # Errors
    ///
    /// Returns the reason why the redirect is not followed.
    fn follow(
        &mut self,
        prepared: &mut Prepared,
        status: StatusCode,
        location: Option<&str>,
    ) -> Result<(), String> {
        let Self { request, path, .. } = self;
        let base = &request.core.base;
        let operation = request.operation;
        let limit = if is_moved(status) && operation.redirects {
            let survivor = redirect::survivor(
                base,
                prepared.url(),
                location,
                request.template(),
                path,
            )?;
            *path = survivor;
            let url = request_url(request, path).map_err(|error| error.to_string())?;
            prepared.redirect_to(request, url);
            MERGE_HOPS
        } else if self.expects == Expects::File && operation.method == Method::Get {
            let url = redirect::file(base, prepared.url(), location)?;
            prepared.redirect_to(request, url);
            FILE_HOPS
        } else {
            let location = match location {
                Some(_) => "",
                None => " without a `location` header",
            };
            return Err(format!("unexpected redirect ({}){location}", status.as_u16()));
        };
        self.hops += 1;
        if self.hops > limit {
            return Err(format!("too many redirects: more than {limit}"));
        }
        Ok(())
    }

    /// Returns how long to wait before the next attempt.
    ///
    /// # Errors
    ///
    /// Returns the error of the call if it is not retried.
    fn retry(&mut self, error: Error) -> Result<Duration, Error> {
        let Request { core, options, operation, .. } = self.request;
        let error =
            error.earlier_attempt_sent(self.progress.reached, self.progress.lost);
        let reached = !error.is_unsent() && !error.is_rate_limited();
        self.progress.reached |= reached;
        self.progress.lost |= reached && error.kind() != ErrorKind::Gateway;
        if !is_retry_safe(&error, options.repeat.unwrap_or(operation.repeat)) {
            return Err(error);
        }
        let failure = Failure {
            operation,
            error: &error,
            // An attempt that was redirected did not fail.
            attempts: self.progress.attempts - self.hops,
            elapsed: self.start.elapsed(),
            random: fastrand::f64(),
        };
        let policy = options.retry.as_ref().unwrap_or(&core.retry);
        let Some(wait) = policy.wait(&failure) else { return Err(error) };
        let wait = wait.max(error.retry_after().unwrap_or_default());
        if self.remaining().is_some_and(|remaining| remaining <= wait) {
            return Err(
                error.not_retried("the wait before the retry would exceed the deadline")
            );
        }
        // A 429 does not mean that Front is overloaded, and the wait that it requests is enough.
        if !error.is_rate_limited() && !core.retry_budget.take() {
            return Err(error.not_retried(
                "the retry budget is exhausted because too many calls of this client fail",
            ));
        }
        Ok(wait)
    }
}

/// Returns whether a status means that the resource has moved permanently.
fn is_moved(status: StatusCode) -> bool {
    matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT)
}

/// Records the result in a span: the status and the kind of the error, without texts that may contain customer
/// data.
fn record_result(span: &Span, status: Option<u16>, error: Option<&Error>) {
    if let Some(status) = status {
        span.record("status", status);
    }
    if let Some(error) = error {
        span.record("error", field::debug(error.kind()));
    }
}
