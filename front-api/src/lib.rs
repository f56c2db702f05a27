//! A client for the [Front API](https://dev.frontapp.com): typed ids, permissions in the type, pages
//! as streams.
//!
//! ```no_run
//! use front_api::{Client, Plan, tags::TagHighlight};
//!
//! # async fn example(token: String) -> Result<(), front_api::Error> {
//! let front = Client::builder().api_token(token).plan(Plan::Professional).build()?;
//!
//! // What a call requires is its arguments, what it may be given are setters; `send` sends.
//! let tag = front.tags().create_company("Refunds").highlight(TagHighlight::Red).send().await?;
//!
//! // A list is one page, or a stream of all its items.
//! let mut tags = front.tags().list().stream();
//! while let Some(tag) = tags.try_next().await? {
//!     println!("{} {:?}", tag.id, tag.name);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! - One module for each resource: its handle, its requests, its types.
//! - [`operations`] says of every call what it needs and how it is limited; [`permissions`],
//!   [`rate_limits`] and [`webhooks`] list what they name. [`webhook_schemes`] says how webhooks are signed.
//! - [`Client::restrict`] and [`grant!`] take permissions away: what is left is all that compiles.
//! - [`Error`] is the one error; its [`ErrorCode`] says what to do about it.
//!
//! Calls run on [Tokio](https://tokio.rs): a runtime with its I/O and time drivers enabled, as
//! `#[tokio::main]` makes one. On any other executor they panic.
//!
//! Features: `http2`; `gzip`; `jiff`, `chrono` and `time` for conversions of [`Timestamp`].

// What is deprecated for users is still made, read and written in there.
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
