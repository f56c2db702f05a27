//! Names that the generated crate, its runtime and its examples use themselves. Nothing in the spec may have them.

/// The methods that every request has.
pub const REQUEST_METHODS: &[&str] = &["pages", "send", "stream", "with"];

/// The methods that only requests for lists have.
pub const LIST_METHODS: &[&str] = &["from"];

/// Names of variables in the generated body of a call.
pub const CALL_VARIABLES: &[&str] = &["input", "request"];

/// The name of the client in examples.
pub const EXAMPLE_VARIABLES: &[&str] = &["front"];

/// Names that no type, handle or request may have: generated files import them, Rust's prelude has them, or generated code
/// uses them.
///
/// `Send` is allowed: generated code never names it, and it is the request type of an endpoint called `send`.
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

/// Modules of the crate that do not belong to a resource.
pub const MODULES: &[&str] = &[
    "errors",
    "ext",
    "generated",
    "ids",
    "operations",
    "permissions",
    "rate_limit_classes",
    "rt",
    "service",
    "webhook_schemes",
    "webhooks",
];

/// Crates that generated code and the runtime use by path. A module of the same name at the root would shadow them.
pub const CRATES: &[&str] =
    &["alloc", "bytes", "core", "futures_core", "reqwest", "serde", "serde_json", "std"];

/// Methods of the client other than those that return handles.
pub const CLIENT_METHODS: &[&str] = &[
    "builder",
    "clone",
    "execute",
    "from_env",
    "new",
    "rate_limiter",
    "raw",
    "restrict",
];

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

/// Returns whether the client sets a header itself, so that no call may set it.
pub fn is_client_header(name: &str) -> bool {
    CLIENT_HEADERS.iter().any(|own| own.eq_ignore_ascii_case(name))
}
