//! Builds the HTTP request of a call: URL, headers, body. An invalid request is detected here, before anything is
//! sent.

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

/// How a response is read.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Expects {
    /// JSON.
    Value,
    /// Nothing. If there is a body, only its beginning is read, to check whether it comes from Front. Reading
    /// the rest could fail and turn a successful call into an error.
    Nothing,
    /// Bytes.
    File,
}

/// An HTTP request that can be sent several times.
pub(crate) struct Prepared {
    method: reqwest::Method,
    url: Url,
    /// Whether the URL is Front's, and not that of the storage that Front redirects to for a file.
    to_front: bool,
    accept: HeaderValue,
    /// The headers for Front: the token, and the caller's.
    headers: HeaderMap,
    body: Body,
    /// For the whole attempt.
    timeout: Option<Duration>,
    /// For the status and the headers of the response.
    head_timeout: Option<Duration>,
}

enum Body {
    None,
    Json(Bytes),
    Form(multipart::Parts),
}

impl Prepared {
    /// Builds the request. Returns an error if the request is invalid, or if the client lacks the permission.
    pub(crate) fn new(request: &Request, expects: Expects) -> Result<Self, Error> {
        let operation = request.operation;
        if let Some(permission) = operation.needs()
            && !request.core.granted.allows(permission)
        {
            return Err(Error::not_granted(permission));
        }
        let accept = operation.accept.unwrap_or(match expects {
            Expects::Value | Expects::Nothing => "application/json",
            Expects::File => "*/*",
        });
        let accept =
            HeaderValue::from_maybe_shared(Bytes::from_static(accept.as_bytes()))
                .map_err(|_| invalid("invalid media type in the operation"))?;
        let mut headers = headers(request)?;
        headers.entry(ACCEPT).or_insert_with(|| accept.clone());
        headers.insert(AUTHORIZATION, request.core.token.header());
        let body = body(request)?;
        if let Body::Json(_) = &body {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        Ok(Self {
            method: method(operation.method),
            url: request_url(request, request.path_values())?,
            to_front: true,
            accept,
            headers,
            body,
            timeout: match (request.options.timeout, expects) {
                (Some(timeout), _) => Some(timeout),
                (None, Expects::Value | Expects::Nothing) => Some(request.core.timeout),
                // A large file takes long; the idle timeout detects that no data arrives.
                (None, Expects::File) => None,
            },
            head_timeout: (expects == Expects::File)
                .then_some(request.core.idle_timeout),
        })
    }

    /// Returns the URL.
    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// Changes the URL to that of a redirect.
    pub(crate) fn redirect_to(&mut self, request: &Request, url: Url) {
        self.to_front = redirect::is_front(&request.core.base, &url);
        self.url = url;
    }

    /// Returns whether the URL is Front's, and not that of the storage of a file.
    pub(crate) fn is_to_front(&self) -> bool {
        self.to_front
    }

    /// Returns the host of the request, where it is not one of Front's.
    pub(crate) fn other_host(&self, request: &Request) -> Option<Box<str>> {
        if self.to_front {
            None
        } else {
            redirect::other_host(&request.core.base, &self.url)
        }
    }

    /// Sends the request once. `remaining` is the time until the deadline of the call.
    pub(crate) async fn send(
        &self,
        request: &Request,
        remaining: Option<Duration>,
    ) -> Result<Response, Error> {
        let core = &request.core;
        // The token, and any header of the caller, may be a credential. Only Front receives them.
        let http = if self.to_front { &core.http } else { &core.external_http };
        let mut http_request = self.build(http)?;
        let shorter = |limit: Option<Duration>| match (limit, remaining) {
            (Some(limit), Some(remaining)) => Some(limit.min(remaining)),
            (limit, remaining) => limit.or(remaining),
        };
        let Some(head_timeout) = self.head_timeout else {
            *http_request.timeout_mut() = shorter(self.timeout);
            return http.execute(http_request).await.map_err(Error::transport);
        };
        // The deadline of a download ends when the response begins.
        *http_request.timeout_mut() = self.timeout;
        let limit = shorter(Some(head_timeout)).unwrap_or(head_timeout);
        tokio::time::timeout(limit, http.execute(http_request))
            .await
            .map_err(|_| Error::timeout())?
            .map_err(Error::transport)
    }

    /// Builds the request of the HTTP client. Avoids its builder where possible, which moves the whole request for
    /// each part.
    fn build(&self, http: &reqwest::Client) -> Result<reqwest::Request, Error> {
        let (method, url) = (self.method.clone(), self.url.clone());
        let headers = if self.to_front {
            self.headers.clone()
        } else {
            HeaderMap::from_iter([(ACCEPT, self.accept.clone())])
        };
        if let Body::Form(parts) = &self.body {
            let form = parts.form().map_err(Error::transport)?;
            let builder = http.request(method, url).multipart(form).headers(headers);
            return builder.build().map_err(Error::transport);
        }
        let mut http_request = reqwest::Request::new(method, url);
        *http_request.headers_mut() = headers;
        if let Body::Json(json) = &self.body {
            *http_request.body_mut() = Some(json.clone().into());
        }
        Ok(http_request)
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

/// Returns the URL of a request on the base URL, without parsing the base URL again.
pub(crate) fn request_url(request: &Request, path: &[Box<str>]) -> Result<Url, Error> {
    let target = request.target(path)?;
    Ok(join(&request.core.base, &target))
}

/// Appends to a base URL an encoded path, with or without a query string.
fn join(base: &Url, target: &str) -> Url {
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (target, None),
    };
    let mut url = base.clone();
    match base.path().trim_end_matches('/') {
        "" => url.set_path(path),
        prefix => url.set_path(&format!("{prefix}{path}")),
    }
    url.set_query(query);
    url
}

/// Returns the headers of the operation. Headers of the request's options replace them.
fn headers(request: &Request) -> Result<HeaderMap, Error> {
    const OWN: [HeaderName; 5] =
        [AUTHORIZATION, HOST, CONTENT_TYPE, CONTENT_LENGTH, TRANSFER_ENCODING];
    let mut headers = HeaderMap::new();
    for (name, value) in &request.options.headers {
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| invalid("invalid header name in the request options"))?;
        if OWN.contains(&name) {
            return Err(invalid(format!(
                "the header `{name}` is set by the client and cannot be replaced"
            )));
        }
        headers.append(name.clone(), header_value(&name, value)?);
    }
    for (name, value) in &request.headers {
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| invalid("invalid header name in the operation"))?;
        let mut value = header_value(&name, value)?;
        // The value may be a credential or customer text.
        value.set_sensitive(true);
        headers.entry(name).or_insert(value);
    }
    Ok(headers)
}

fn header_value(name: &HeaderName, value: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(value)
        .map_err(|_| invalid(format!("invalid value of the header `{name}`")))
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
            "missing parameter: set at least one of {}",
            keys.join(", ")
        )));
    }
    let Some(fields) = fields else { return Ok(Body::None) };
    if let Some(key) = fields.empty_list() {
        return Err(invalid(format!(
            "the list `{key}` is empty: Front requires at least one value; omit the field or add a value"
        )));
    }
    if operation.method == Method::Get {
        return Err(invalid("invalid body: a GET request cannot have one"));
    }
    if multipart::has_file(&fields) {
        return multipart::Parts::new(&fields).map(Body::Form).map_err(invalid);
    }
    let json = serde_json::to_vec(&fields)
        .map_err(|_| invalid("invalid body: it contains a number that is not finite"))?;
    Ok(Body::Json(json.into()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rt::encode;

    proptest! {
        #[test]
        fn is_the_same_url_as_parsing_its_text(
            base in prop::sample::select(vec!["http://localhost:1", "https://api.test/", "https://api.test/a%2Fb/c/"]),
            id in "\\PC{1,20}",
            pairs in prop::collection::vec((".{0,9}", "\\PC{0,9}"), 0..3),
        ) {
            prop_assume!(id != "." && id != "..");
            let path = encode::path("/a/{x}/b", &[id.into()]).expect("a path");
            let query = encode::query(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())));
            let target = if query.is_empty() { path } else { format!("{path}?{query}") };
            let text = format!("{}{target}", base.trim_end_matches('/'));
            let url = join(&Url::parse(base).expect("a url"), &target);
            prop_assert_eq!(url.as_str(), &text);
            prop_assert_eq!(url, Url::parse(&text).expect("a url"));
        }
    }
}
