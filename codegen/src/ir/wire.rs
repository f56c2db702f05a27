//! Names on the wire that all calls share.

/// One of the names, or one list of alternatives.
#[derive(Debug, Clone, Copy)]
pub struct WireName<'a> {
    /// The path to it in `front.yaml`.
    pub path: &'static [&'static str],
    /// Where it occurs. Names that occur in one place must differ.
    pub within: Within,
    /// Its constant in `service.rs`.
    pub constant: &'static str,
    /// What it names.
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
    /// In the object of addresses.
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
    /// All names in it.
    #[must_use]
    pub fn names(self) -> Vec<&'a str> {
        match self {
            Self::One(name) => vec![name],
            Self::Many(names) => names.iter().map(String::as_str).collect(),
        }
    }
}

/// Where in `front.yaml`: field of [`Wire`], type, where it occurs, constant in `service.rs`, what it names.
macro_rules! names {
    ($($($key:ident).+: $field:ident: $form:ident($of:ty), $within:ident, $constant:ident, $about:literal;)+) => {
        /// The names on the wire that all calls share, checked.
        #[derive(Debug)]
        pub struct Wire {
            $(
                #[doc = concat!("The value of `service::", stringify!($constant), "`.")]
                pub $field: $of,
            )+
        }

        impl Wire {
            /// All names, in the order of `front.yaml`.
            #[must_use]
            pub fn names(&self) -> Vec<WireName<'_>> {
                vec![$(WireName {
                    path: &[$(stringify!($key)),+],
                    within: Within::$within,
                    constant: stringify!($constant),
                    about: $about,
                    value: WireValue::$form(&self.$field),
                }),+]
            }
        }
    };
}

names! {
    alias_prefix: alias_prefix: One(String), Id, ALIAS_PREFIX,
        "The first part of an alias, before its source and its value. An alias can be used instead of an id.";
    response_headers.rate_limit: rate_limit: One(String), Headers, RATE_LIMIT_HEADER,
        "The response header with the number of requests that the company may make in one window.";
    response_headers.rate_limit_remaining: rate_limit_remaining: One(String), Headers, RATE_LIMIT_REMAINING_HEADER,
        "The response header with the number of requests that remain in the window.";
    response_headers.rate_limit_reset: rate_limit_reset: One(String), Headers, RATE_LIMIT_RESET_HEADER,
        "The response header with the end of the window, in seconds since 1970.";
    response_headers.burst_limit: burst_limit: One(String), Headers, BURST_LIMIT_HEADER,
        "The response header with the size of the burst allowance, in requests.";
    response_headers.burst_remaining: burst_remaining: One(String), Headers, BURST_REMAINING_HEADER,
        "The response header with the number of requests that remain of the burst allowance.";
    response_headers.retry_after: retry_after: One(String), Headers, RETRY_AFTER_HEADER,
        "The response header with the seconds to wait after a 429.";
    response_headers.tier: tier: One(String), Headers, TIER_HEADER,
        "The response header with the name of the rate limit, tighter than the company's, that refused a call.";
    response_headers.request_id: request_id: Many(Vec<String>), Headers, REQUEST_ID_HEADERS,
        "The response headers with an id of the request. The first that is present counts.";
    response_keys.page.items: items: One(String), Body, PAGE_ITEMS_KEY,
        "The key of the items of a page.";
    response_keys.page.pagination: pagination: One(String), Body, PAGINATION_KEY,
        "The key of the object that describes the position of a page.";
    response_keys.page.next: next: One(String), Pagination, NEXT_PAGE_KEY,
        "The key of the URL of the next page, inside [`PAGINATION_KEY`].";
    response_keys.page.total: total: One(String), Body, TOTAL_KEY,
        "The key of the number of items on all pages.";
    response_keys.links.object: links: One(String), Body, LINKS_KEY,
        "The key of the object with the URLs of an object.";
    response_keys.links.self: self_link: One(String), Links, SELF_LINK_KEY,
        "The key of the URL of the object itself, inside [`LINKS_KEY`].";
    response_keys.links.related: related_links: One(String), Links, RELATED_LINKS_KEY,
        "The key of the URLs of related objects, inside [`LINKS_KEY`].";
    response_keys.error.object: error: One(String), Body, ERROR_KEY,
        "The key of the object that describes an error.";
    response_keys.error.status: error_status: One(String), Error, ERROR_STATUS_KEY,
        "The key of the HTTP status, inside [`ERROR_KEY`].";
    response_keys.error.title: error_title: One(String), Error, ERROR_TITLE_KEY,
        "The key of the short name of an error, inside [`ERROR_KEY`].";
    response_keys.error.message: error_message: One(String), Error, ERROR_MESSAGE_KEY,
        "The key of the sentence that describes an error, inside [`ERROR_KEY`].";
    response_keys.error.details: error_details: One(String), Error, ERROR_DETAILS_KEY,
        "The key of the list of remarks on single fields, inside [`ERROR_KEY`].";
    response_keys.objects: objects: Many(Vec<String>), Body, OBJECT_KEYS,
        "Keys that only Front's objects have, in addition to the keys of pages and links. An object with one of them is not an error of a proxy.";
}
