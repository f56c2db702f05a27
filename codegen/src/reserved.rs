//! Names that the generated crate, its runtime and its examples use themselves, so that nothing in the spec may have them.

/// The methods that every request has.
pub const REQUEST_METHODS: &[&str] = &["pages", "send", "stream", "with"];

/// The methods that requests for lists have as well.
pub const LIST_METHODS: &[&str] = &["from"];

/// Names that a call's generated body uses itself.
pub const CALL_VARIABLES: &[&str] = &["input", "request"];

/// What examples call the client.
pub const EXAMPLE_VARIABLES: &[&str] = &["front"];

/// The words that generated files import, that Rust's prelude has or that mean something in generated code, so that no
/// type, no handle and no request may be called so.
///
/// `Send` is free: generated code never names it, and it is the request of an endpoint that is called `send`.
pub const TYPE_NAMES: &[&str] = &[
    "Access",
    "ApiLinks",
    "Blocking",
    "Box",
    "BTreeMap",
    "Bytes",
    "Call",
    "Capability",
    "Client",
    "Clone",
    "Copy",
    "Cursor",
    "Debug",
    "Default",
    "Deserialize",
    "Err",
    "Error",
    "Everything",
    "Extra",
    "Field",
    "Fields",
    "FileDownload",
    "From",
    "G",
    "Grants",
    "Into",
    "IntoIterator",
    "ItemStream",
    "Iterator",
    "Limit",
    "Method",
    "None",
    "Ok",
    "OpenEnum",
    "Operation",
    "Option",
    "Page",
    "PageStream",
    "Permission",
    "Plan",
    "Rate",
    "RateLimitClass",
    "Repeat",
    "Request",
    "RequestOptions",
    "Result",
    "Self_",
    "Serialize",
    "Shape",
    "Some",
    "String",
    "Sync",
    "Timestamp",
    "ToString",
    "Union",
    "UnknownCase",
    "UnknownValue",
    "Upload",
    "Value",
    "Vec",
    "Webhook",
];

/// Modules of the generated crate that are no resource's, and those of the crate itself.
pub const MODULES: &[&str] = &[
    "errors",
    "ext",
    "generated",
    "ids",
    "operations",
    "permissions",
    "rate_limits",
    "rt",
    "service",
    "webhook_schemes",
    "webhooks",
];

/// Crates that generated code and the runtime name by paths that a module at the root would stand before.
pub const CRATES: &[&str] =
    &["alloc", "bytes", "core", "futures_core", "reqwest", "serde", "serde_json", "std"];

/// What a client can do besides giving handles.
pub const CLIENT_METHODS: &[&str] =
    &["builder", "clone", "execute", "from_env", "limits", "new", "raw", "restrict"];

/// Headers that the client sets itself.
const CLIENT_HEADERS: &[&str] = &[
    "accept",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
    "transfer-encoding",
];

/// Whether the client sets a header itself, so that no call may have it.
pub fn is_client_header(name: &str) -> bool {
    CLIENT_HEADERS.iter().any(|own| own.eq_ignore_ascii_case(name))
}
