//! A request in the form in which it is sent: address, headers, body. Everything that can be refused without
//! asking Front is refused here.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderMap, HeaderName,
    HeaderValue, TRANSFER_ENCODING,
};
use reqwest::{Response, Url};

use super::error::{Error, ErrorKind};
use super::multipart;
use super::operation::Method;
use super::redirect;
use super::request::Request;

/// What an answer is read as.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Expects {
    /// JSON.
    Value,
    /// Nothing. What is there all the same is not read: that it cannot be would be an error for a call that
    /// went well.
    Nothing,
    /// Bytes.
    File,
}

/// A request in the form in which it can be sent, several times if need be.
pub(crate) struct Prepared {
    method: reqwest::Method,
    pub(crate) url: Url,
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
    pub(crate) fn new(request: &Request, expects: Expects) -> Result<Self, Error> {
        let operation = request.operation;
        if let Some(permission) = operation.needs()
            && !request.core.granted.allows(permission)
        {
            return Err(Error::not_granted(permission));
        }
        let accept = match (operation.accept, expects) {
            (Some(accept), _) => HeaderValue::from_str(accept)
                .map_err(|_| invalid("the operation's media type cannot be a header"))?,
            (None, Expects::Value | Expects::Nothing) => {
                HeaderValue::from_static("application/json")
            }
            (None, Expects::File) => HeaderValue::from_static("*/*"),
        };
        Ok(Self {
            method: method(operation.method),
            url: address(request, request.path_values())?,
            accept,
            headers: headers(&request.options.headers)?,
            body: body(request)?,
            timeout: match (request.options.timeout, expects) {
                (Some(timeout), _) => Some(timeout),
                (None, Expects::Value | Expects::Nothing) => Some(request.core.timeout),
                // A large file takes its time; that bytes arrive is what the idle time watches.
                (None, Expects::File) => None,
            },
            head_timeout: (expects == Expects::File)
                .then_some(request.core.idle_timeout),
        })
    }

    /// Whether it goes to Front, and not to where Front keeps a file.
    pub(crate) fn is_ours(&self, request: &Request) -> bool {
        redirect::is_ours(&request.core.base, &self.url)
    }

    /// Sends it once. `left` is what the call's deadline leaves.
    pub(crate) async fn send(
        &self,
        request: &Request,
        left: Option<Duration>,
    ) -> Result<Response, Error> {
        let core = &request.core;
        // The token, and any header of the caller's, may be a credential: none goes elsewhere.
        let ours = self.is_ours(request);
        let http = if ours { &core.http } else { &core.elsewhere };
        let mut builder = http
            .request(self.method.clone(), self.url.clone())
            .header(ACCEPT, self.accept.clone());
        if ours {
            if !self.headers.is_empty() {
                builder = builder.headers(self.headers.clone());
            }
            builder = builder.header(AUTHORIZATION, core.token.header());
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
        let shorter = |limit: Option<Duration>| match (limit, left) {
            (Some(limit), Some(left)) => Some(limit.min(left)),
            (limit, left) => limit.or(left),
        };
        let Some(head_timeout) = self.head_timeout else {
            if let Some(timeout) = shorter(self.timeout) {
                builder = builder.timeout(timeout);
            }
            return builder.send().await.map_err(Error::transport);
        };
        // Of a download the deadline watches the beginning only.
        if let Some(timeout) = self.timeout {
            builder = builder.timeout(timeout);
        }
        let limit = shorter(Some(head_timeout)).unwrap_or(head_timeout);
        tokio::time::timeout(limit, builder.send())
            .await
            .map_err(|_| Error::timeout())?
            .map_err(Error::transport)
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
pub(crate) fn address(request: &Request, path: &[Box<str>]) -> Result<Url, Error> {
    let target = request.target(path)?;
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (&*target, None),
    };
    // To parse the whole would be to read the host again each time.
    let mut url = request.core.base.clone();
    match url.path() {
        "/" => url.set_path(path),
        below => {
            let whole = format!("{}{path}", below.trim_end_matches('/'));
            url.set_path(&whole);
        }
    }
    url.set_query(query);
    Ok(url)
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
