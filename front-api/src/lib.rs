//! A client for the [Front API](https://dev.frontapp.com), with typed ids, permissions that the compiler checks,
//! and lists as streams.
//!
//! ```no_run
//! use front_api::{Client, Plan, tags::TagHighlight};
//!
//! # async fn example(token: String) -> Result<(), front_api::Error> {
//! let front = Client::builder().api_token(token).plan(Plan::Professional).build()?;
//!
//! // Required parameters are arguments, optional ones are setters. `send` sends the request.
//! let tag = front.tags().create_company("Refunds").highlight(TagHighlight::Red).send().await?;
//!
//! // A list returns one page, or a stream of the items of all pages.
//! let mut tags = front.tags().list().stream();
//! while let Some(tag) = tags.try_next().await? {
//!     println!("{} {:?}", tag.id, tag.name);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! - Each resource has a module with its handle, its requests and its types.
//! - [`operations`] lists all operations, with their permissions and rate limits. [`permissions`],
//!   [`rate_limit_classes`] and [`webhooks`] list these, and [`webhook_schemes`] describes how webhooks are signed.
//! - [`Client::restrict`] and [`grant!`] remove permissions. A call that needs another one does not compile.
//! - [`Error`] is the error of all calls. Its message and its [`ErrorCode`] describe what to do next.
//!
//! Calls need a [Tokio](https://tokio.rs) runtime with enabled I/O and time drivers, like that of `#[tokio::main]`.
//! On any other executor they panic.
//!
//! Features: `http2` and `gzip` for the HTTP client; `jiff`, `chrono` and `time` for conversions of [`Timestamp`].

// The generated code itself uses the items that are deprecated for users.
#[allow(deprecated)]
mod generated;
mod rt;

#[cfg(test)]
mod decode_tests;

pub use bytes::Bytes;

pub use generated::errors::ErrorCode;
pub use generated::service::Plan;
pub use generated::webhooks::WebhookType;
pub use generated::*;
pub use rt::{
    Access, ApiLinks, AttemptReport, Call, CallReport, Capability, Client,
    ClientBuilder, Cursor, Error, ErrorKind, Everything, Extra, Failure, FileDownload,
    Grant, Grants, ItemStream, Lenient, Limit, Meta, Method, Observer, OpenEnum,
    Operation, OutOfRange, Outcome, Page, PageStream, Parts, Permission, Priority, Rate,
    RateLimitClass, RateLimitHeaders, RateLimiter, RawCall, Repeat, RequestOptions,
    ResponseBody, Retries, RetryPolicy, Sending, SendingWithMeta, SharedBudget,
    SignatureDigest, SignatureEncoding, SignedPart, SubsetOf, TimeUnit, Timestamp,
    Undecodable, UnexpectedValue, UnknownCase, UnknownValue, Upload, WaitReport,
    Webhook, WebhookChallenge, WebhookEnvelope, WebhookScheme, WebhookSignature,
    WebhookTimestamp,
};
