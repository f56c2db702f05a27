//! Calls by method and path, for operations that the spec does not contain.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::call::{Call, Parts, Sending, sealed};
use super::client::{Client, begin};
use super::cursor::Cursor;
use super::decode::{Response, decode};
use super::dispatch::execute;
use super::encode::placeholder;
use super::error::Error;
use super::grant::Everything;
use super::items::ItemStream;
use super::operation::{Access, Method, Operation, Repeat};
use super::options::RequestOptions;
use super::pages::PageStream;
use super::request::Request;
use crate::generated::operations;

/// A call by its method and path, for an operation that this version of the crate does not know.
///
/// [`Client::raw`] creates it. It is sent like every other call: with the token, rate limits, retries and merged
/// conversations. If the crate knows the path, the rules of its operation apply. Any other call is retried only
/// if it is a GET, or if its [options](RequestOptions::repeat) mark it as idempotent.
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct RawCall(Request);

impl Client<Everything> {
    /// Creates a call from its method and its path, relative to the base URL.
    ///
    /// Each `{placeholder}` of the path is replaced by one of `values`, encoded as one segment. An invalid path or
    /// value is an error when the call is sent, before any request. A [restricted](Client::restrict) client does
    /// not have this method, because the permission of such a call is not known.
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
    /// use front_api::Method;
    ///
    /// let merged = front
    ///     .raw(Method::Post, "/conversations/{id}/merge", ["cnv_1"])
    ///     .body_field("with", "cnv_2")
    ///     .send()
    ///     .await?;
    /// println!("{merged}");
    /// # Ok(())
    /// # }
    /// ```
    pub fn raw<'a>(
        &self,
        method: Method,
        path: &str,
        values: impl IntoIterator<Item = &'a str>,
    ) -> RawCall {
        let values: Vec<&str> = values.into_iter().collect();
        match Path::read(path, &values) {
            Ok(path) => match path.known(method) {
                Some((operation, values)) => RawCall(begin(self, operation, &values)),
                None => {
                    let mut request = begin(self, unknown(method), &values);
                    request.raw_path(path.template());
                    RawCall(request)
                }
            },
            Err(why) => {
                let mut request = begin(self, unknown(method), &[]);
                request.invalidate(why);
                RawCall(request)
            }
        }
    }
}

impl RawCall {
    /// Adds a query parameter. To repeat a parameter, add it several times.
    pub fn query(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.options = self.0.options.query(key, value);
        self
    }

    /// Sets a field of the top-level object of the body.
    pub fn body_field(
        mut self,
        key: impl Into<String>,
        value: impl Into<Value>,
    ) -> Self {
        self.0.options = self.0.options.body_field(key, value);
        self
    }

    /// Sets the fields of the body to those of a JSON object. Any other JSON is an error when the call is sent.
    pub fn body(mut self, body: Value) -> Self {
        match body {
            Value::Object(fields) => {
                for (key, value) in fields {
                    self = self.body_field(key, value);
                }
            }
            _ => self.0.invalidate("the body is not a JSON object"),
        }
        self
    }

    /// Sets the options of this request. Keeps what `query` and `body_field` have set, and replaces other earlier
    /// options.
    pub fn with(mut self, mut options: RequestOptions) -> Self {
        let earlier = std::mem::take(&mut self.0.options);
        options.query.splice(0..0, earlier.query);
        options.body.splice(0..0, earlier.body);
        self.0.options = options;
        self
    }

    /// Starts at a cursor of a list.
    pub fn from(mut self, cursor: &Cursor) -> Self {
        self.0.start_at(cursor);
        self
    }

    /// Sends the request and returns the response as JSON. An empty response is null.
    ///
    /// # Errors
    ///
    /// Returns an error if the request cannot be sent, if Front rejects it, or if the response is not JSON.
    /// [`ErrorKind`](crate::ErrorKind) lists the kinds of errors.
    ///
    /// # Panics
    ///
    /// The future panics if it is polled outside of a Tokio runtime.
    pub fn send(self) -> Sending<Value> {
        self.send_as()
    }

    /// Sends the request and decodes the response as the type `T`. An empty response is decoded as null, so
    /// that `()` accepts it.
    ///
    /// As for every call, an invalid value is removed if the type can be decoded without it: a field that is an
    /// `Option` or has a default, an element of a list, an unknown field that the type denies.
    /// [`Meta::unexpected_values`](crate::Meta::unexpected_values) lists the removed values. Check it where a
    /// default would be wrong:
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use front_api::Method;
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Balance {
    ///     #[serde(default)]
    ///     cents: i64,
    /// }
    ///
    /// let call = front.raw(Method::Get, "/balances/{id}", ["bal_1"]);
    /// let (balance, meta) = call.send_as::<Balance>().with_meta().await?;
    /// if !meta.unexpected_values().is_empty() {
    ///     return Err("the balance cannot be read".into());
    /// }
    /// println!("{} cents", balance.cents);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the errors of [`send`](Self::send), and an error if the response cannot be decoded.
    ///
    /// # Panics
    ///
    /// The future panics if it is polled outside of a Tokio runtime.
    pub fn send_as<T: DeserializeOwned>(self) -> Sending<T> {
        Sending::new(execute(self.0), read)
    }

    /// Returns a stream of the items of this page and of all following pages, as the type `T`.
    pub fn stream<T>(self) -> ItemStream<T> {
        ItemStream::new(self.0)
    }

    /// Returns a stream of this page and of all following pages.
    pub fn pages<T>(self) -> PageStream<T> {
        PageStream::new(self.0)
    }
}

fn read<T: DeserializeOwned>(response: &mut Response) -> Result<T, Error> {
    if response.body.is_empty() {
        response.body = "null".into();
    }
    decode(response)
}

impl sealed::Call for RawCall {}

impl Call for RawCall {
    type Output = Value;

    fn into_parts(self) -> Parts {
        Parts(self.0)
    }
}

impl fmt::Debug for RawCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A path, with the values of its placeholders.
struct Path<'a> {
    segments: Vec<Segment<'a>>,
}

enum Segment<'a> {
    Literal(&'a str),
    Filled(&'a str, &'a str),
}

impl<'a> Path<'a> {
    fn read(path: &'a str, values: &[&'a str]) -> Result<Self, &'static str> {
        let Some(path) = path.strip_prefix('/') else {
            return Err("invalid path: it must begin with a slash");
        };
        let mut values = values.iter();
        let mut segments = Vec::new();
        for segment in path.split('/') {
            if placeholder(segment).is_some() {
                let Some(value) = values.next() else {
                    return Err("invalid path: it has more placeholders than values");
                };
                segments.push(Segment::Filled(segment, value));
                continue;
            }
            let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:".contains(c);
            if matches!(segment, "." | "..") || !segment.chars().all(plain) {
                return Err(
                    "invalid path: a segment contains a special character; use placeholders for values, and `query` for a query string",
                );
            }
            segments.push(Segment::Literal(segment));
        }
        if values.next().is_some() {
            return Err("invalid path: it has fewer placeholders than values");
        }
        Ok(Self { segments })
    }

    fn template(&self) -> String {
        let mut template = String::new();
        for segment in &self.segments {
            template.push('/');
            template.push_str(match segment {
                Segment::Literal(text) | Segment::Filled(text, _) => text,
            });
        }
        template
    }

    /// Returns the operation with this path, and the values of its placeholders. Of several operations, returns
    /// the one with the most literal segments in common.
    fn known(&self, method: Method) -> Option<(&'static Operation, Vec<&'a str>)> {
        let candidates = operations::ALL.iter().filter(|operation| {
            operation.method == method && operation.accept.is_none()
        });
        let mut best = None;
        for operation in candidates {
            if let Some((common, values)) = self.matches(operation)
                && best.as_ref().is_none_or(|(most, _, _)| common > *most)
            {
                best = Some((common, *operation, values));
            }
        }
        best.map(|(_, operation, values)| (operation, values))
    }

    /// Returns the number of literal segments in common with the path of an operation, and the values of its
    /// placeholders. `None` where the paths do not match.
    fn matches(&self, operation: &Operation) -> Option<(usize, Vec<&'a str>)> {
        let mut template = operation.path.split('/').skip(1);
        let mut common = 0;
        let mut values = Vec::new();
        for segment in &self.segments {
            let expected = template.next()?;
            match (placeholder(expected), segment) {
                (Some(_), Segment::Literal("")) => return None,
                (Some(_), Segment::Literal(value) | Segment::Filled(_, value)) => {
                    values.push(*value);
                }
                (None, Segment::Literal(text)) if *text == expected => common += 1,
                (None, _) => return None,
            }
        }
        template.next().is_none().then_some((common, values))
    }
}

/// Returns the operation of a call that is not in the spec.
fn unknown(method: Method) -> &'static Operation {
    const fn raw(method: Method, access: Access, repeat: Repeat) -> Operation {
        Operation {
            name: "raw",
            path: "(not in the spec)",
            method,
            access,
            repeat,
            ..Operation::DEFAULT
        }
    }
    static GET: Operation = raw(Method::Get, Access::Read, Repeat::Safe);
    static POST: Operation = raw(Method::Post, Access::Write, Repeat::Never);
    static PUT: Operation = raw(Method::Put, Access::Write, Repeat::Never);
    static PATCH: Operation = raw(Method::Patch, Access::Write, Repeat::Never);
    static DELETE: Operation = raw(Method::Delete, Access::Write, Repeat::Never);
    match method {
        Method::Get => &GET,
        Method::Post => &POST,
        Method::Put => &PUT,
        Method::Patch => &PATCH,
        Method::Delete => &DELETE,
    }
}
