//! The runtime under the generated calls. It knows HTTP, JSON and Front's habits, and no endpoint.
//!
//! A call walks through these files: [`request`] holds it as data, [`encode`], [`field`] and
//! [`multipart`] write it, [`dispatch`] sends it and follows what Front answers ([`redirect`]),
//! [`decode`] reads the answer, [`error`] says what went wrong, [`stream`] walks its pages.

mod call;
mod client;
mod cursor;
mod decode;
mod dispatch;
mod download;
mod encode;
mod error;
mod field;
mod grant;
mod id;
mod multipart;
mod number;
mod open_enum;
mod operation;
mod options;
mod page;
mod query;
mod redact;
mod redirect;
mod request;
mod said;
mod setup;
mod stream;
mod timestamp;
mod token;
mod union;
mod upload;
mod value;
mod wait;

pub use call::{Call, Parts, Sending};
pub use client::Client;
pub use cursor::Cursor;
pub use download::FileDownload;
pub use error::{Error, ErrorKind};
pub use grant::{Capability, Everything, Grant, Grants, Within};
pub use open_enum::OpenEnum;
pub use operation::{
    Access, Limit, Method, Operation, Permission, Rate, RateLimit, Repeat, Webhook,
};
pub use options::RequestOptions;
pub use page::Page;
pub use setup::ClientBuilder;
pub use stream::{ItemStream, PageStream};
pub use timestamp::{OutOfRange, Timestamp};
pub use union::UnknownCase;
pub use upload::Upload;
pub use value::{ApiLinks, Extra, UnknownValue};

// What only generated code uses.
pub(crate) use call::{
    call, file_call, list_call, request, sealed as call_sealed, unit_call,
};
pub(crate) use field::{Field, Fields, both, input, json_field};
pub(crate) use grant::{capability, sealed as grant_sealed};
pub(crate) use id::{alias, debug_id, id};
pub(crate) use number::integer;
pub(crate) use open_enum::{from_word, known_word, open_enum, read_word};
pub(crate) use query::QueryValue;
pub(crate) use redact::{HIDDEN, debug, hidden};
pub(crate) use request::Request;
pub(crate) use union::{
    Shape, Union, case, debug_union, encoded, read as read_union, union,
    write as write_union,
};
pub(crate) use value::or_empty;

pub(crate) use client::{begin, handle};
pub(crate) use decode::decode;
pub(crate) use dispatch::{done, execute, open};
