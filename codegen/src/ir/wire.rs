//! Names on the wire that all calls share.

/// The names on the wire that all calls share, checked.
#[derive(Debug)]
pub struct Wire {
    /// The first part of an alias: `alt` in `alt:source:value`, which stands for an id.
    pub alias_prefix: String,
    /// The headers of responses.
    pub headers: ResponseHeaders,
    /// The keys of responses.
    pub keys: ResponseKeys,
}

/// The headers of responses, in lower case.
#[derive(Debug)]
pub struct ResponseHeaders {
    /// Requests in one window.
    pub rate_limit: String,
    /// Requests that remain in the window.
    pub rate_limit_remaining: String,
    /// The end of the window.
    pub rate_limit_reset: String,
    /// Requests of the burst allowance.
    pub burst_limit: String,
    /// Requests that remain of the burst allowance.
    pub burst_remaining: String,
    /// The wait after a 429.
    pub retry_after: String,
    /// The limit that refused a call.
    pub tier: String,
    /// The headers with an id of the request. The first that is present counts.
    pub request_id: Vec<String>,
}

/// The keys of responses.
#[derive(Debug)]
pub struct ResponseKeys {
    /// The items of a page.
    pub items: String,
    /// The position of a page.
    pub pagination: String,
    /// The URL of the next page, inside [`pagination`](Self::pagination).
    pub next: String,
    /// The number of items on all pages.
    pub total: String,
    /// The URLs of an object.
    pub links: String,
    /// The URL of the object itself, inside [`links`](Self::links).
    pub self_link: String,
    /// The URLs of related objects, inside [`links`](Self::links).
    pub related_links: String,
    /// An error.
    pub error: String,
    /// The status, inside [`error`](Self::error).
    pub error_status: String,
    /// The short name, inside [`error`](Self::error).
    pub error_title: String,
    /// The sentence, inside [`error`](Self::error).
    pub error_message: String,
    /// The remarks on single fields, inside [`error`](Self::error).
    pub error_details: String,
    /// Keys that only Front's own objects have.
    pub objects: Vec<String>,
}

/// One of the names, or one list of alternatives.
#[derive(Debug, Clone, Copy)]
pub struct WireName<'a> {
    /// The path to it in `front.yaml`.
    pub path: &'static [&'static str],
    /// Where it occurs. Names that occur in the same place must differ.
    pub within: Within,
    /// Its constant in `service.rs`.
    pub constant: &'static str,
    /// The documentation of the constant.
    pub about: &'static str,
    /// The name as it is on the wire.
    pub value: WireValue<'a>,
}

/// Where names occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// In an id.
    Id,
    /// Among the headers of a response.
    Headers,
    /// Among the keys of a response's body.
    Body,
    /// In the object that describes the position of a page.
    Pagination,
    /// In the object of URLs.
    Links,
    /// In the object of an error.
    Error,
}

/// A name, or several where the first that is present counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WireValue<'a> {
    /// One name.
    One(&'a str),
    /// Alternatives.
    Many(&'a [String]),
}

impl<'a> WireValue<'a> {
    /// Returns all names in it.
    #[must_use]
    pub fn names(self) -> Vec<&'a str> {
        match self {
            Self::One(name) => vec![name],
            Self::Many(names) => names.iter().map(String::as_str).collect(),
        }
    }
}

impl Wire {
    /// Returns all names, in the order of `front.yaml`.
    #[must_use]
    pub fn names(&self) -> Vec<WireName<'_>> {
        let (headers, keys) = (&self.headers, &self.keys);
        let name = |path, within, constant, about, value| WireName {
            path,
            within,
            constant,
            about,
            value,
        };
        vec![
            name(
                &["alias_prefix"],
                Within::Id,
                "ALIAS_PREFIX",
                "The first part of an alias, before its source and its value. An alias can be used instead of an id.",
                WireValue::One(&self.alias_prefix),
            ),
            name(
                &["response_headers", "rate_limit"],
                Within::Headers,
                "RATE_LIMIT_HEADER",
                "The response header with the number of requests that the company may make in one window.",
                WireValue::One(&headers.rate_limit),
            ),
            name(
                &["response_headers", "rate_limit_remaining"],
                Within::Headers,
                "RATE_LIMIT_REMAINING_HEADER",
                "The response header with the number of requests that remain in the window.",
                WireValue::One(&headers.rate_limit_remaining),
            ),
            name(
                &["response_headers", "rate_limit_reset"],
                Within::Headers,
                "RATE_LIMIT_RESET_HEADER",
                "The response header with the end of the window, in seconds since 1970.",
                WireValue::One(&headers.rate_limit_reset),
            ),
            name(
                &["response_headers", "burst_limit"],
                Within::Headers,
                "BURST_LIMIT_HEADER",
                "The response header with the size of the burst allowance, in requests.",
                WireValue::One(&headers.burst_limit),
            ),
            name(
                &["response_headers", "burst_remaining"],
                Within::Headers,
                "BURST_REMAINING_HEADER",
                "The response header with the number of requests that remain of the burst allowance.",
                WireValue::One(&headers.burst_remaining),
            ),
            name(
                &["response_headers", "retry_after"],
                Within::Headers,
                "RETRY_AFTER_HEADER",
                "The response header with the seconds to wait after a 429.",
                WireValue::One(&headers.retry_after),
            ),
            name(
                &["response_headers", "tier"],
                Within::Headers,
                "TIER_HEADER",
                "The response header with the name of the rate limit, tighter than the company's, that refused a call.",
                WireValue::One(&headers.tier),
            ),
            name(
                &["response_headers", "request_id"],
                Within::Headers,
                "REQUEST_ID_HEADERS",
                "The response headers with an id of the request. The first that is present counts.",
                WireValue::Many(&headers.request_id),
            ),
            name(
                &["response_keys", "page", "items"],
                Within::Body,
                "PAGE_ITEMS_KEY",
                "The key of the items of a page.",
                WireValue::One(&keys.items),
            ),
            name(
                &["response_keys", "page", "pagination"],
                Within::Body,
                "PAGINATION_KEY",
                "The key of the object that describes the position of a page.",
                WireValue::One(&keys.pagination),
            ),
            name(
                &["response_keys", "page", "next"],
                Within::Pagination,
                "NEXT_PAGE_KEY",
                "The key of the URL of the next page, inside [`PAGINATION_KEY`].",
                WireValue::One(&keys.next),
            ),
            name(
                &["response_keys", "page", "total"],
                Within::Body,
                "TOTAL_KEY",
                "The key of the number of items on all pages.",
                WireValue::One(&keys.total),
            ),
            name(
                &["response_keys", "links", "object"],
                Within::Body,
                "LINKS_KEY",
                "The key of the object with the URLs of an object.",
                WireValue::One(&keys.links),
            ),
            name(
                &["response_keys", "links", "self"],
                Within::Links,
                "SELF_LINK_KEY",
                "The key of the URL of the object itself, inside [`LINKS_KEY`].",
                WireValue::One(&keys.self_link),
            ),
            name(
                &["response_keys", "links", "related"],
                Within::Links,
                "RELATED_LINKS_KEY",
                "The key of the URLs of related objects, inside [`LINKS_KEY`].",
                WireValue::One(&keys.related_links),
            ),
            name(
                &["response_keys", "error", "object"],
                Within::Body,
                "ERROR_KEY",
                "The key of the object that describes an error.",
                WireValue::One(&keys.error),
            ),
            name(
                &["response_keys", "error", "status"],
                Within::Error,
                "ERROR_STATUS_KEY",
                "The key of the HTTP status, inside [`ERROR_KEY`].",
                WireValue::One(&keys.error_status),
            ),
            name(
                &["response_keys", "error", "title"],
                Within::Error,
                "ERROR_TITLE_KEY",
                "The key of the short name of an error, inside [`ERROR_KEY`].",
                WireValue::One(&keys.error_title),
            ),
            name(
                &["response_keys", "error", "message"],
                Within::Error,
                "ERROR_MESSAGE_KEY",
                "The key of the sentence that describes an error, inside [`ERROR_KEY`].",
                WireValue::One(&keys.error_message),
            ),
            name(
                &["response_keys", "error", "details"],
                Within::Error,
                "ERROR_DETAILS_KEY",
                "The key of the list of remarks on single fields, inside [`ERROR_KEY`].",
                WireValue::One(&keys.error_details),
            ),
            name(
                &["response_keys", "objects"],
                Within::Body,
                "OBJECT_KEYS",
                "Keys that only Front's objects have, in addition to the keys of pages and links. An object with one of them is not an error of a proxy.",
                WireValue::Many(&keys.objects),
            ),
        ]
    }
}
