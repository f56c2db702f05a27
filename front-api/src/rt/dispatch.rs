//! Sending a request: the one place that every call goes through.

use std::future::Future;
use std::pin::{Pin, pin};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use reqwest::header::{DATE, HeaderMap, LOCATION};
use reqwest::{Response, StatusCode};
use tokio::time::Instant;
use tracing::{Instrument, Span, field};

use super::decode::Answer;
use super::download::FileDownload;
use super::error::{Error, ErrorKind};
use super::error_body::ErrorBody;
use super::gateway::{self, ResponseValidator};
use super::limit::{Ask, Permit, longest_wait};
use super::meta::{Meta, Progress};
use super::observe::{AttemptReport, CallReport, WaitReport};
use super::operation::Method;
use super::prepare::{Expects, Prepared, address};
use super::rates::{RateSignals, Refused};
use super::redirect::{self, FILE_HOPS, MERGE_HOPS};
use super::request::Request;
use super::retry::{Failure, is_harmless};
use super::retry_after::{self, Hints};
use crate::generated::service::RETRY_AFTER_HEADER;

mod receive;

use receive::beginning;

/// A call on its way to its answer.
pub(crate) type Running = Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send>>;

/// Sends a request and reads the whole answer. Boxed, so that the future of every call is one word
/// large and its code exists once.
pub(crate) fn execute(request: Request) -> Running {
    Box::pin(answer(request, Expects::Value))
}

/// Sends a request that answers with nothing.
pub(crate) fn done(request: Request) -> Running {
    Box::pin(answer(request, Expects::Nothing))
}

async fn answer(request: Request, expects: Expects) -> Result<Answer, Error> {
    let (meta, content) = call(&request, expects).await?;
    let body = match content {
        Content::Read(body) => body,
        Content::Open(_) => Bytes::new(),
    };
    Ok(Answer { operation: request.operation, meta, body })
}

/// Sends a request and gives its answer as soon as its head is there.
pub(crate) fn open(
    request: Request,
) -> Pin<Box<dyn Future<Output = Result<FileDownload, Error>> + Send>> {
    Box::pin(async move {
        let (meta, content) = call(&request, Expects::File).await?;
        let response = match content {
            Content::Open(response) => response,
            Content::Read(_) => unreachable!("a file's answer is not read here"),
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

/// What an answer holds.
enum Content {
    Read(Bytes),
    Open(Response),
}

/// A call, watched from outside: its span, its report, and what its errors say of it.
async fn call(request: &Request, expects: Expects) -> Result<(Meta, Content), Error> {
    let operation = request.operation;
    let span = tracing::info_span!(
        "front_api.call",
        operation = operation.name,
        status = field::Empty,
        attempts = field::Empty,
        error = field::Empty,
    );
    let begun = Instant::now();
    let mut walk = Paginator::new(request, expects, begun);
    let ended = {
        let run = pin!(walk.run());
        run.instrument(span.clone()).await
    };
    let progress = walk.progress;
    let ended = ended.map_err(|error| error.at(operation).after(progress));
    let (status, error) = match &ended {
        Ok((meta, _)) => {
            request.core.retry_budget.earn();
            (Some(meta.status()), None)
        }
        Err(error) => (error.status(), Some(error)),
    };
    span.record("attempts", progress.attempts);
    note(&span, status, error);
    if let Some(observer) = &request.core.observer {
        observer.finished(&CallReport {
            operation,
            attempts: progress.attempts,
            status,
            error,
            took: begun.elapsed(),
            waited: progress.waited,
        });
    }
    ended
}

/// A call on its way: over merges, to files, through limits and retries.
struct Paginator<'a> {
    request: &'a Request,
    expects: Expects,
    begun: Instant,
    until: Option<Instant>,
    /// What fills the path's placeholders now.
    path: Vec<Box<str>>,
    hops: u32,
    progress: Progress,
    /// Decides which successful responses come from Front.
    judge: ResponseValidator,
}

/// What an answer that is no error asks for.
enum Step {
    Done(Meta, Content),
    /// The same again, elsewhere.
    Follow,
}

impl<'a> Paginator<'a> {
    fn new(request: &'a Request, expects: Expects, begun: Instant) -> Self {
        let deadline = request.options.deadline.unwrap_or(request.core.deadline);
        Self {
            request,
            expects,
            begun,
            // A deadline beyond what the clock can say is none.
            until: begun.checked_add(deadline),
            path: request.path_values().to_vec(),
            hops: 0,
            progress: Progress::default(),
            judge: ResponseValidator::new(
                request.operation,
                request.options.has_header("range"),
            ),
        }
    }

    /// Sends the request until there is an answer that ends the matter.
    async fn run(&mut self) -> Result<(Meta, Content), Error> {
        let mut prepared = Prepared::new(self.request, self.expects)?;
        loop {
            let mut permit = self.permit(&prepared).await?;
            let now = Instant::now();
            let left = self.until.map(|until| until.saturating_duration_since(now));
            if left == Some(Duration::ZERO) {
                return Err(Error::too_late());
            }
            if let Some(permit) = &mut permit {
                permit.sent(now);
            }
            match self.attempt(&mut prepared, permit, left, now).await {
                Ok(Step::Done(meta, content)) => return Ok((meta, content)),
                Ok(Step::Follow) => {}
                Err(error) => {
                    let wait = self.again(error)?;
                    tracing::debug!(wait_ms = wait.as_millis(), "trying again");
                    tokio::time::sleep(wait).await;
                }
            }
        }
    }

    /// Waits until the limits let the next request through. A file that lies elsewhere has none.
    async fn permit(&mut self, prepared: &Prepared) -> Result<Option<Permit>, Error> {
        if !prepared.is_ours() {
            return Ok(None);
        }
        let core = &self.request.core;
        let options = &self.request.options;
        let operation = self.request.operation;
        let ask = Ask {
            operation,
            path: &self.path,
            priority: options.priority,
            until: self.until,
            wait: !options.no_wait,
        };
        let permit = core.rate_limiter.acquire(ask).await.map_err(|held| {
            let kept = if options.no_wait { "" } else { " within its deadline" };
            Error::limited(held.limit, held.wait, kept)
        })?;
        if let Some((waited, limit)) = permit.waited() {
            tracing::debug!(limit, waited_ms = waited.as_millis(), "waited for a limit");
            self.progress.waited += waited;
            self.progress.waited_for = Some(limit);
            if let Some(observer) = &core.observer {
                observer.waited(&WaitReport { operation, limit, waited });
            }
        }
        Ok(Some(permit))
    }

    /// Sends it once, and tells whoever wants to know.
    async fn attempt(
        &mut self,
        prepared: &mut Prepared,
        permit: Option<Permit>,
        left: Option<Duration>,
        begun: Instant,
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
        // A large future: pinned, so that it is not moved into its span.
        let step = {
            let sent = pin!(self.exchange(prepared, permit, left, &mut status));
            sent.instrument(span.clone()).await
        };
        // Whoever is told of it below is told of what.
        let step = step.map_err(|error| {
            error.at(self.request.operation).after(self.progress).at_host(host)
        });
        let error = step.as_ref().err();
        note(&span, status, error);
        if let Some(observer) = &self.request.core.observer {
            observer.attempted(&AttemptReport {
                operation: self.request.operation,
                number,
                status,
                error,
                took: begun.elapsed(),
            });
        }
        step
    }

    async fn exchange(
        &mut self,
        prepared: &mut Prepared,
        permit: Option<Permit>,
        left: Option<Duration>,
        status: &mut Option<u16>,
    ) -> Result<Step, Error> {
        let mut response = match prepared.send(self.request, left).await {
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
            let judged = self.judge.head(code.as_u16(), &headers);
            if let Some(permit) = permit {
                permit.answered(&signals);
            }
            let meta = self.meta(code, headers);
            return match judged {
                Ok(media) => self.read(response, meta, media).await,
                Err(rejection) => {
                    let (body, _) = beginning(response, self.patience()).await;
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
        // The status applies even if the rest of the body cannot be read.
        let (body, _) = beginning(response, self.patience()).await;
        let said = ErrorBody::read(&body, &self.request.core.token);
        let from_gateway = said.markup || is_marked;
        let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let hints = Hints {
            retry_after: header(RETRY_AFTER_HEADER),
            date: header(DATE.as_str()),
            message: said.message.as_deref(),
        };
        let mut wait = retry_after::asked(hints, SystemTime::now());
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
        let error = Error::status_of(code.as_u16(), wait, said).with_meta(meta);
        Err(if from_gateway { error.mark_from_gateway() } else { error })
    }

    /// What an answer says beside its value.
    fn meta(&self, status: StatusCode, headers: HeaderMap) -> Meta {
        let first = self.request.path_values();
        let changed = self.path.iter().zip(first).find(|(now, then)| now != then);
        Meta::new(status.as_u16(), headers, self.progress)
            .merged(changed.map(|(survivor, _)| &**survivor))
    }

    /// What the deadline leaves.
    fn left(&self) -> Option<Duration> {
        self.until.map(|until| until.saturating_duration_since(Instant::now()))
    }

    /// Turns the request to where an answer points, or says why not.
    fn follow(
        &mut self,
        prepared: &mut Prepared,
        status: StatusCode,
        location: Option<&str>,
    ) -> Result<(), String> {
        let Self { request, path, .. } = self;
        let base = &request.core.base;
        let operation = request.operation;
        let limit = if moved(status) && operation.redirects {
            let survivor = redirect::survivor(
                base,
                prepared.url(),
                location,
                request.template(),
                path,
            )?;
            *path = survivor;
            let url = address(request, path).map_err(|error| error.to_string())?;
            prepared.turn(request, url);
            MERGE_HOPS
        } else if self.expects == Expects::File && operation.method == Method::Get {
            let url = redirect::file(base, prepared.url(), location)?;
            prepared.turn(request, url);
            FILE_HOPS
        } else {
            let where_to = match location {
                Some(_) => "pointed to another address, which this call does not expect",
                None => {
                    "named no address (no `location`), which this call does not expect"
                }
            };
            return Err(format!("Front answered {} and {where_to}", status.as_u16()));
        };
        self.hops += 1;
        if self.hops > limit {
            return Err(format!(
                "Front pointed to another address more than {limit} times"
            ));
        }
        Ok(())
    }

    /// How long to wait before the request is sent again, or the error with which the call ends.
    fn again(&mut self, error: Error) -> Result<Duration, Error> {
        let Request { core, options, operation, .. } = self.request;
        let error =
            error.earlier_attempt_sent(self.progress.reached, self.progress.lost);
        let reached = !error.is_unsent() && !error.is_rate_limited();
        self.progress.reached |= reached;
        self.progress.lost |= reached && error.kind() != ErrorKind::Gateway;
        if !is_harmless(&error, options.repeat.unwrap_or(operation.repeat)) {
            return Err(error);
        }
        let failure = Failure {
            operation,
            error: &error,
            // What was pointed elsewhere did not fail.
            attempts: self.progress.attempts - self.hops,
            elapsed: self.begun.elapsed(),
            random: fastrand::f64(),
        };
        let policy = options.retry.as_ref().unwrap_or(&core.retry);
        let Some(wait) = policy.wait(&failure) else { return Err(error) };
        let wait = wait.max(error.retry_after().unwrap_or_default());
        if self.left().is_some_and(|left| left <= wait) {
            return Err(
                error.given_up("the wait before the next try goes beyond the deadline")
            );
        }
        // A refusal for too many requests is no sign that Front is in trouble, and its wait slows enough.
        if !error.is_rate_limited() && !core.retry_budget.take() {
            return Err(
                error.given_up("too many of this client's calls fail to try each again")
            );
        }
        Ok(wait)
    }
}

/// Whether a status says that the thing is to be found elsewhere from now on.
fn moved(status: StatusCode) -> bool {
    matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT)
}

/// Writes into a span how it ended: no text of anyone's.
fn note(span: &Span, status: Option<u16>, error: Option<&Error>) {
    if let Some(status) = status {
        span.record("status", status);
    }
    if let Some(error) = error {
        span.record("error", field::debug(error.kind()));
    }
}
