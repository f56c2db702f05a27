//! The runtime under the generated calls. It knows HTTP, JSON and Front's habits, and no endpoint.
//!
//! A call passes through these files. [`request`] holds it as data, [`encode`], [`field`] and [`multipart`]
//! encode it, and [`prepare`] builds the HTTP request. [`dispatch`] sends it: within the rate limits
//! ([`limit`]), again after failures ([`retry`]), and along redirects ([`redirect`]). [`gateway`] decides
//! which successful responses come from Front. [`said`] reads the error responses, and [`excerpt`] makes
//! their text safe for errors. [`meta`] keeps the metadata of the response, [`observe`] reports the call, and
//! [`decode`] decodes the response. If values are invalid, [`repair`] fixes the JSON, and [`tolerant`]
//! decodes the response without these values. [`error`] describes failures. [`walk`] requests page after
//! page. [`pages`] and [`items`] return them as streams, also of [`lenient`] items.

mod call;
mod client;
mod cursor;
mod decode;
mod dispatch;
mod download;
mod encode;
mod error;
mod excerpt;
mod field;
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
mod prepare;
mod query;
mod rates;
mod raw;
mod redact;
mod redirect;
mod repair;
mod request;
mod retry;
mod said;
mod setup;
mod timestamp;
mod token;
mod tolerant;
mod unexpected;
mod union;
mod upload;
mod value;
mod wait;
mod walk;

pub use call::{Call, Parts, Sending, SendingWithMeta};
pub use client::Client;
pub use cursor::Cursor;
pub use download::FileDownload;
pub use error::{Error, ErrorKind, Outcome};
pub use grant::{Capability, Everything, Grant, Grants, Within};
pub use items::ItemStream;
pub use lenient::{Lenient, Undecodable};
pub use limit::{Limits, Priority, SharedBudget};
pub use meta::Meta;
pub use observe::{AttemptReport, CallReport, Observer, WaitReport};
pub use open_enum::OpenEnum;
pub use operation::{
    Access, Limit, Method, Operation, Permission, Rate, RateLimit, Repeat, ResponseBody,
    Webhook,
};
pub use options::RequestOptions;
pub use page::Page;
pub use pages::PageStream;
pub use rates::RateLimits;
pub use raw::RawCall;
pub use retry::{Failure, Retries, RetryPolicy};
pub use setup::ClientBuilder;
pub use timestamp::{OutOfRange, Timestamp};
pub use unexpected::UnexpectedValue;
pub use union::UnknownCase;
pub use upload::Upload;
pub use value::{ApiLinks, Extra, UnknownValue};

// What only generated code uses.
pub(crate) use call::{
    call, file_call, list_call, request, sealed as call_sealed, unit_call,
};
pub(crate) use field::{Field, Fields, both, input, json_field};
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
pub(crate) use {decode::Answer, meta::Course};

pub(crate) use client::{begin, handle};
pub(crate) use decode::decode;
pub(crate) use dispatch::{done, execute, open};
