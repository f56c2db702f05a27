//! Calls that the spec does not have.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::call::{Call, Parts, Sending, sealed};
use super::client::{Client, begin};
use super::cursor::Cursor;
use super::decode::{Answer, decode};
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

/// A call by its method and path, for what this version of the crate has no method for.
///
/// Made by [`Client::raw`]. It goes the same way as every call: token, limits, retries, merged
/// conversations. A path that the crate knows has its operation's rules; any other is never sent twice
/// unless it is a GET, or its [options](RequestOptions::repeat) say so.
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct RawCall(Request);

impl Client<Everything> {
    /// Begins a call by its method and its path below the base URL.
    ///
    /// Each `{placeholder}` of the path takes one of `values`, encoded as one segment whatever is in it. What
    /// is wrong with them is an error when the call is sent, before anything goes out. A client that was
    /// [restricted](Client::restrict) has no such call: what it takes is not known.
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
                request.refuse(why);
                RawCall(request)
            }
        }
    }
}

impl RawCall {
    /// Adds a query parameter; several of one name are sent as several.
    pub fn query(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.options = self.0.options.query(key, value);
        self
    }

    /// Sets a field of the body's outermost object.
    pub fn body_field(
        mut self,
        key: impl Into<String>,
        value: impl Into<Value>,
    ) -> Self {
        self.0.options = self.0.options.body_field(key, value);
        self
    }

    /// Sets every field of a JSON object as one of the body. Anything but an object is an error when the
    /// call is sent.
    pub fn body(mut self, body: Value) -> Self {
        match body {
            Value::Object(fields) => {
                for (key, value) in fields {
                    self = self.body_field(key, value);
                }
            }
            _ => self.0.refuse("the body is no JSON object"),
        }
        self
    }

    /// Sets options for this request. What `query` and `body_field` set stays; anything else is in place of
    /// earlier options.
    pub fn with(mut self, mut options: RequestOptions) -> Self {
        let earlier = std::mem::take(&mut self.0.options);
        options.query.splice(0..0, earlier.query);
        options.body.splice(0..0, earlier.body);
        self.0.options = options;
        self
    }

    /// Begins at a place in a list.
    pub fn from(mut self, cursor: &Cursor) -> Self {
        self.0.start_at(cursor);
        self
    }

    /// Sends the request and gives the answer as JSON; null where it is empty.
    ///
    /// # Errors
    ///
    /// Where it was refused, did not get through, or was not answered in JSON: see
    /// [`ErrorKind`](crate::ErrorKind).
    ///
    /// # Panics
    ///
    /// The future panics where it is polled outside of a Tokio runtime.
    pub fn send(self) -> Sending<Value> {
        self.send_as()
    }

    /// Sends the request and decodes the response as a type of yours. An empty response is decoded as null, so
    /// that `()` accepts it.
    ///
    /// As for every call, a value that does not fit is removed where the type then still decodes: a field
    /// that is an `Option` or has a default, an element of a list, an unknown field that the type denies.
    /// [`Meta::unexpected_values`](crate::Meta::unexpected_values) lists it. Check that where a default
    /// would be wrong:
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
    /// As for [`send`](Self::send), and where the response does not decode.
    ///
    /// # Panics
    ///
    /// As for [`send`](Self::send).
    pub fn send_as<T: DeserializeOwned>(self) -> Sending<T> {
        Sending::new(execute(self.0), read)
    }

    /// The items of this page of a list and of all that follow, as a type of yours.
    pub fn stream<T>(self) -> ItemStream<T> {
        ItemStream::new(self.0)
    }

    /// This page of a list and all that follow.
    pub fn pages<T>(self) -> PageStream<T> {
        PageStream::new(self.0)
    }
}

fn read<T: DeserializeOwned>(answer: &mut Answer) -> Result<T, Error> {
    if answer.body.is_empty() {
        answer.body = "null".into();
    }
    decode(answer)
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

/// A path with what fills it.
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
            return Err("the path does not begin with a slash");
        };
        let mut values = values.iter();
        let mut segments = Vec::new();
        for segment in path.split('/') {
            if placeholder(segment).is_some() {
                let Some(value) = values.next() else {
                    return Err("the path has more placeholders than there are values");
                };
                segments.push(Segment::Filled(segment, value));
                continue;
            }
            let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:".contains(c);
            if matches!(segment, "." | "..") || !segment.chars().all(plain) {
                return Err(
                    "the path holds more than plain segments: give values to placeholders, and a query to `query`",
                );
            }
            segments.push(Segment::Literal(segment));
        }
        if values.next().is_some() {
            return Err("the path has fewer placeholders than there are values");
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

    /// The operation that this is the path of, and what fills the operation's own placeholders. Of several
    /// it is the one with the most in common.
    fn known(&self, method: Method) -> Option<(&'static Operation, Vec<&'a str>)> {
        let candidates = operations::ALL.iter().filter(|operation| {
            operation.method == method && operation.accept.is_none()
        });
        let mut best = None;
        for operation in candidates {
            if let Some((common, values)) = self.fits(operation)
                && best.as_ref().is_none_or(|(most, _, _)| common > *most)
            {
                best = Some((common, *operation, values));
            }
        }
        best.map(|(_, operation, values)| (operation, values))
    }

    /// How many literal segments it shares with an operation's path, if it is of its form.
    fn fits(&self, operation: &Operation) -> Option<(usize, Vec<&'a str>)> {
        let mut template = operation.path.split('/').skip(1);
        let mut common = 0;
        let mut values = Vec::new();
        for segment in &self.segments {
            let wanted = template.next()?;
            match (placeholder(wanted), segment) {
                (Some(_), Segment::Literal("")) => return None,
                (Some(_), Segment::Literal(value) | Segment::Filled(_, value)) => {
                    values.push(*value);
                }
                (None, Segment::Literal(text)) if *text == wanted => common += 1,
                (None, _) => return None,
            }
        }
        template.next().is_none().then_some((common, values))
    }
}

/// What is known of a call that is not in the spec.
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
