//! The runtime of the generated calls. It implements HTTP, JSON and Front's conventions, but contains no endpoint.
//!
//! A call passes through these files. [`request`] is the call as data, [`encode`], [`body`] and [`multipart`]
//! encode it, and [`prepare`] builds the HTTP request. [`dispatch`] sends it: within the rate limits
//! ([`limit`]), again after failures ([`retry`]), and along redirects ([`redirect`]). [`gateway`] decides
//! which successful responses come from Front. [`error_body`] reads the error responses, and [`excerpt`] makes
//! their text safe for errors. [`meta`] keeps the metadata of the response, [`observe`] reports the call, and
//! [`decode`] decodes the response. If values are invalid, [`repair`] fixes the JSON, and [`tolerant`]
//! decodes the response without these values. [`error`] describes failures. [`paginator`] requests page after
//! page. [`pages`] and [`items`] return them as streams, also of [`lenient`] items. [`webhook_scheme`]
//! describes webhooks as data.

mod body;
mod builder;
mod call;
mod client;
mod cursor;
mod decode;
mod dispatch;
mod download;
mod encode;
mod error;
mod error_body;
mod excerpt;
mod flag;
mod gateway;
mod grant;
mod id;
mod items;
mod json;
mod lenient;
mod limit;
mod meta;
mod multipart;
mod number;
mod observe;
mod open_enum;
mod operation;
mod options;
mod page;
mod pages;
mod paginator;
mod prepare;
mod query;
mod rates;
mod raw;
mod redact;
mod redirect;
mod repair;
mod request;
mod retry;
mod retry_after;
mod timestamp;
mod token;
mod tolerant;
mod unexpected;
mod union;
mod upload;
mod value;
mod webhook_scheme;

pub use builder::ClientBuilder;
pub use call::{Call, Parts, Sending, SendingWithMeta};
pub use client::Client;
pub use cursor::Cursor;
pub use download::FileDownload;
pub use error::{Error, ErrorKind, Outcome};
pub use grant::{Capability, Everything, Grant, Grants, SubsetOf};
pub use items::ItemStream;
pub use lenient::{Lenient, Undecodable};
pub use limit::{Priority, RateLimiter, SharedBudget};
pub use meta::Meta;
pub use observe::{AttemptReport, CallReport, Observer, WaitReport};
pub use open_enum::OpenEnum;
pub use operation::{
    Access, Limit, Method, Operation, Permission, Rate, RateLimitClass, Repeat,
    ResponseBody, Webhook,
};
pub use options::RequestOptions;
pub use page::Page;
pub use pages::PageStream;
pub use rates::RateLimitHeaders;
pub use raw::RawCall;
pub use retry::{Failure, Retries, RetryPolicy};
pub use timestamp::{OutOfRange, Timestamp};
pub use unexpected::UnexpectedValue;
pub use union::UnknownCase;
pub use upload::Upload;
pub use value::{ApiLinks, Extra, UnknownValue};
pub use webhook_scheme::{
    SignatureDigest, SignatureEncoding, SignedPart, TimeUnit, WebhookChallenge,
    WebhookEnvelope, WebhookScheme, WebhookSignature, WebhookTimestamp,
};

// For generated code only.
pub(crate) use body::{Field, Fields, both, input, json_field};
pub(crate) use call::{
    call, file_call, list_call, request, sealed as call_sealed, unit_call,
};
pub(crate) use flag::flag;
pub(crate) use grant::{capability, sealed as grant_sealed};
pub(crate) use id::{alias, debug_id, id, read as read_id};
pub(crate) use json::json;
pub(crate) use number::integer;
pub(crate) use open_enum::{from_word, known_word, open_enum, read_word};
pub(crate) use query::QueryValue;
pub(crate) use redact::{HIDDEN, debug, hidden};
pub(crate) use request::Request;
pub(crate) use union::{
    Shape, Union, case, debug_union, encoded, list_case, read as read_union, union,
    write as write_union,
};
pub(crate) use value::or_empty;

// Helpers for the tests of the whole crate.
#[cfg(test)]
#[allow(
    unused_imports,
    reason = "the runtime is also compiled without the rest of this crate"
)]
pub(crate) use {decode::Response, meta::Progress};

pub(crate) use client::{begin, handle};
pub(crate) use decode::decode;
pub(crate) use dispatch::{done, execute, open};
