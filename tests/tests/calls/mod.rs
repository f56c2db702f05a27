//! The entries of the table of calls, and the bodies that they send.

mod form;
mod schema;

use std::pin::Pin;

use front_api::{Error, ErrorKind};
use serde_json::Value;

use front_test_server::ReceivedRequest;
pub(crate) use schema::{Document, Expected};

/// A call. `cargo xtask codegen` generates the table of calls.
pub(crate) struct Sent(Pin<Box<dyn Future<Output = Result<(), Error>>>>);

impl Sent {
    /// Wraps a call with any response.
    pub(crate) fn call<T>(
        call: impl Future<Output = Result<T, Error>> + 'static,
    ) -> Self {
        Self(Box::pin(async { call.await.map(drop) }))
    }

    /// Sends the call to a server that refuses everything. Returns an error if the call was not sent.
    pub(crate) async fn refused(self) -> Result<(), String> {
        match self.0.await {
            Err(error) if error.kind() == ErrorKind::Request => Err(error.to_string()),
            Err(_) => Ok(()),
            Ok(()) => panic!("a refused call returned a value"),
        }
    }
}

/// Returns the body of a request, JSON or a form, as JSON.
pub(crate) fn body(seen: &ReceivedRequest) -> Option<Value> {
    match seen.header("content-type") {
        None => {
            assert!(seen.body.is_empty(), "a body has a content type");
            None
        }
        Some(kind) => match kind.strip_prefix("multipart/form-data; boundary=") {
            Some(boundary) => Some(form::read(&seen.body, boundary)),
            None => Some(seen.json()),
        },
    }
}
