//! Sending a request: the one place that every call goes through.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, DATE, HOST, HeaderMap,
    HeaderName, HeaderValue, LOCATION, RETRY_AFTER, TRANSFER_ENCODING,
};
use reqwest::{Response, StatusCode, Url};

use super::decode::Answer;
use super::download::FileDownload;
use super::error::{Error, ErrorKind};
use super::multipart;
use super::operation::Method;
use super::redirect::{self, FILE_HOPS, MERGE_HOPS};
use super::request::Request;
use super::said::Said;
use super::token::Secret;
use super::wait::{self, Hints};

/// How much of an error's answer is read.
const LONGEST_REFUSAL: usize = 64 * 1024;

/// A call on its way to its answer.
pub(crate) type Running = Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send>>;

/// Sends a request and reads the whole answer. Boxed, so that the future of every call is one word
/// large and its code exists once.
pub(crate) fn execute(request: Request) -> Running {
    Box::pin(async move {
        let operation = request.operation;
        let answer = async {
            let response = dispatch(&request, Expects::Value).await?;
            let status = response.status().as_u16();
            let body = response
                .bytes()
                .await
                .map_err(|error| Error::broken_off(error, status))?;
            Ok(Answer { operation, status, body })
        };
        answer.await.map_err(|error: Error| error.at(operation))
    })
}

/// Sends a request that answers with nothing. What is there all the same is not read: that it cannot
/// be would be an error for a call that went well.
pub(crate) fn done(request: Request) -> Running {
    Box::pin(async move {
        let operation = request.operation;
        match dispatch(&request, Expects::Value).await {
            Ok(response) => {
                let status = response.status().as_u16();
                Ok(Answer { operation, status, body: Bytes::new() })
            }
            Err(error) => Err(error.at(operation)),
        }
    })
}

/// Sends a request and gives its answer as soon as its head is there.
pub(crate) fn open(
    request: Request,
) -> Pin<Box<dyn Future<Output = Result<FileDownload, Error>> + Send>> {
    Box::pin(async move {
        let operation = request.operation;
        match dispatch(&request, Expects::File).await {
            Ok(response) => {
                Ok(FileDownload::new(response, operation, request.core.idle_timeout))
            }
            Err(error) => Err(error.at(operation)),
        }
    })
}

/// What an answer is read as.
#[derive(Clone, Copy, PartialEq)]
enum Expects {
    /// JSON, or nothing.
    Value,
    /// Bytes.
    File,
}

/// Sends a request until there is an answer that ends the matter.
///
/// This loop is where what lies between one call and several attempts belongs: waiting for the
/// company's budget and for the operation's rate-limit class before an attempt, a span around it, and
/// after it the decision whether a refusal (429 after its wait; 5xx and lost connections where
/// `operation.repeat` allows it) is tried again. Today every attempt is the last, except that merges
/// and the way to a file are followed.
async fn dispatch(request: &Request, expects: Expects) -> Result<Response, Error> {
    let mut prepared = Prepared::new(request, expects)?;
    let mut path = request.path_values().to_vec();
    let mut hops = 0;
    loop {
        let response = prepared.attempt(request).await?;
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        if !status.is_redirection() {
            return Err(refusal(response, &request.core.token).await);
        }
        let not_followed = |why: String| {
            Error::new(ErrorKind::Redirect, why).with_status(status.as_u16())
        };
        let location =
            response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
        let base = &request.core.base;
        let limit = if moved(status) && request.operation.redirects {
            path = redirect::survivor(
                base,
                &prepared.url,
                location,
                request.operation.path,
                &path,
            )
            .map_err(|why| not_followed(why.to_owned()))?;
            prepared.url = address(request, &path)?;
            MERGE_HOPS
        } else if expects == Expects::File && request.operation.method == Method::Get {
            prepared.url = redirect::file(base, &prepared.url, location)
                .map_err(|why| not_followed(why.to_owned()))?;
            FILE_HOPS
        } else {
            let where_to = match location {
                Some(_) => "pointed to another address, which this call does not expect",
                None => {
                    "named no address (no `location`), which this call does not expect"
                }
            };
            return Err(not_followed(format!(
                "Front answered {} and {where_to}",
                status.as_u16()
            )));
        };
        hops += 1;
        if hops > limit {
            return Err(not_followed(format!(
                "Front pointed to another address more than {limit} times"
            )));
        }
    }
}

/// Whether a status says that the thing is to be found elsewhere from now on.
fn moved(status: StatusCode) -> bool {
    matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT)
}

/// A request in the form in which it can be sent, several times if need be.
struct Prepared {
    method: reqwest::Method,
    url: Url,
    accept: HeaderValue,
    /// The caller's own.
    headers: HeaderMap,
    body: Body,
    /// For the whole attempt.
    timeout: Option<Duration>,
    /// For the head of the answer.
    head_timeout: Option<Duration>,
}

enum Body {
    None,
    Json(Bytes),
    Form(multipart::Parts),
}

impl Prepared {
    /// Everything that can be refused without asking Front is refused here.
    fn new(request: &Request, expects: Expects) -> Result<Self, Error> {
        let operation = request.operation;
        if let Some(permission) = operation.needs()
            && !request.core.granted.allows(permission)
        {
            return Err(Error::not_granted(permission));
        }
        let accept = operation.accept.unwrap_or(match expects {
            Expects::Value => "application/json",
            Expects::File => "*/*",
        });
        Ok(Self {
            method: method(operation.method),
            url: address(request, request.path_values())?,
            accept: HeaderValue::from_str(accept)
                .map_err(|_| invalid("the operation's media type cannot be a header"))?,
            headers: headers(&request.options.headers)?,
            body: body(request)?,
            timeout: match (request.options.timeout, expects) {
                (Some(timeout), _) => Some(timeout),
                (None, Expects::Value) => Some(request.core.timeout),
                // A large file takes its time; that bytes arrive is what the idle time watches.
                (None, Expects::File) => None,
            },
            head_timeout: (expects == Expects::File)
                .then_some(request.core.idle_timeout),
        })
    }

    /// Sends it once.
    async fn attempt(&self, request: &Request) -> Result<Response, Error> {
        let core = &request.core;
        // The token, and any header of the caller's, may be a credential: none goes elsewhere.
        let ours = redirect::is_ours(&core.base, &self.url);
        let http = if ours { &core.http } else { &core.elsewhere };
        let mut builder = http
            .request(self.method.clone(), self.url.clone())
            .header(ACCEPT, self.accept.clone());
        if ours {
            builder = builder
                .headers(self.headers.clone())
                .header(AUTHORIZATION, core.token.header());
        }
        builder = match &self.body {
            Body::None => builder,
            Body::Json(json) => builder
                .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
                .body(json.clone()),
            Body::Form(parts) => {
                builder.multipart(parts.form().map_err(Error::transport)?)
            }
        };
        if let Some(timeout) = self.timeout {
            builder = builder.timeout(timeout);
        }
        let sent = builder.send();
        let answer = match self.head_timeout {
            None => sent.await,
            Some(limit) => {
                tokio::time::timeout(limit, sent).await.map_err(|_| Error::timeout())?
            }
        };
        answer.map_err(Error::transport)
    }
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    }
}

fn invalid(why: impl Into<String>) -> Error {
    Error::new(ErrorKind::Request, why.into())
}

/// The address of a request, on the own base.
fn address(request: &Request, path: &[Box<str>]) -> Result<Url, Error> {
    let base = request.core.base.as_str().trim_end_matches('/');
    let target = request.target(path)?;
    Url::parse(&format!("{base}{target}"))
        .map_err(|_| invalid("the request has no valid address"))
}

fn headers(given: &[(String, String)]) -> Result<HeaderMap, Error> {
    const OWN: [HeaderName; 5] =
        [AUTHORIZATION, HOST, CONTENT_TYPE, CONTENT_LENGTH, TRANSFER_ENCODING];
    let mut headers = HeaderMap::new();
    for (name, value) in given {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
            invalid("a header of the request's options has a name that is none")
        })?;
        if OWN.contains(&name) {
            return Err(invalid(format!(
                "the header `{name}` is the client's own and cannot be set"
            )));
        }
        let value = HeaderValue::from_str(value).map_err(|_| {
            invalid(format!("the value of the header `{name}` cannot be sent"))
        })?;
        headers.append(name, value);
    }
    Ok(headers)
}

fn body(request: &Request) -> Result<Body, Error> {
    let operation = request.operation;
    let fields = request.whole_body();
    let has = |key: &str| {
        fields.as_ref().is_some_and(|fields| fields.has(key)) || request.has_query(key)
    };
    if !operation.at_least_one.is_empty()
        && !operation.at_least_one.iter().any(|key| has(key))
    {
        let keys: Vec<String> =
            operation.at_least_one.iter().map(|key| format!("`{key}`")).collect();
        return Err(invalid(format!(
            "none of {} is set, and one must be",
            keys.join(", ")
        )));
    }
    let Some(fields) = fields else { return Ok(Body::None) };
    if operation.method == Method::Get {
        return Err(invalid("a body was given to a request that cannot have one"));
    }
    if multipart::has_file(&fields) {
        return multipart::Parts::new(&fields).map(Body::Form).map_err(invalid);
    }
    let json = serde_json::to_vec(&fields)
        .map_err(|_| invalid("the body holds a number that is not finite"))?;
    Ok(Body::Json(json.into()))
}

/// An answer that says no.
async fn refusal(mut response: Response, token: &Secret) -> Error {
    let status = response.status().as_u16();
    let mut text = Vec::new();
    // That the rest cannot be read does not change what the status says.
    while text.len() < LONGEST_REFUSAL
        && let Ok(Some(chunk)) = response.chunk().await
    {
        text.extend_from_slice(&chunk);
    }
    let said = Said::read(&text, token);
    let header =
        |name| response.headers().get(name).and_then(|value| value.to_str().ok());
    let hints = Hints {
        retry_after: header(RETRY_AFTER),
        date: header(DATE),
        message: said.message.as_deref(),
    };
    let wait = wait::asked(hints, SystemTime::now());
    Error::status_of(status, wait, said)
}
