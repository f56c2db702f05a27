//! Names on the wire that all calls share. Each must be valid and unique in its place.

use super::context::{At, Context};
use crate::ir::{self, Within};
use crate::problem::{Code, Problem};

/// Reads `alias_prefix`, `response_headers` and `response_keys` of `front.yaml`.
pub(super) fn wire(cx: &mut Context<'_>) -> ir::Wire {
    let front = &cx.spec.front.1;
    let (headers, keys) = (&front.response_headers, &front.response_keys);
    let wire = ir::Wire {
        alias_prefix: front.alias_prefix.clone(),
        rate_limit: headers.rate_limit.clone(),
        rate_limit_remaining: headers.rate_limit_remaining.clone(),
        rate_limit_reset: headers.rate_limit_reset.clone(),
        burst_limit: headers.burst_limit.clone(),
        burst_remaining: headers.burst_remaining.clone(),
        retry_after: headers.retry_after.clone(),
        tier: headers.tier.clone(),
        request_id: headers.request_id.clone(),
        items: keys.page.items.clone(),
        pagination: keys.page.pagination.clone(),
        next: keys.page.next.clone(),
        total: keys.page.total.clone(),
        links: keys.links.object.clone(),
        self_link: keys.links.this.clone(),
        related_links: keys.links.related.clone(),
        error: keys.error.object.clone(),
        error_status: keys.error.status.clone(),
        error_title: keys.error.title.clone(),
        error_message: keys.error.message.clone(),
        error_details: keys.error.details.clone(),
        objects: keys.objects.clone(),
    };
    check(cx, &wire);
    wire
}

fn check(cx: &mut Context<'_>, wire: &ir::Wire) {
    let mut seen: Vec<(Within, &str)> = Vec::new();
    for of in wire.names() {
        let at = of.path.iter().fold(cx.front(), |at, key| at.then(*key));
        let is_list = matches!(of.value, ir::WireValue::Many(_));
        for (number, name) in of.value.names().into_iter().enumerate() {
            let at = if is_list { at.then(number) } else { at.clone() };
            if of.within == Within::Headers {
                header(cx, &at, name);
            } else {
                key(cx, &at, name);
            }
            if seen.contains(&(of.within, name)) {
                let title = format!("duplicate name `{name}`");
                let problem = Problem::new(Code::DuplicateWireName, title);
                let place = cx.value(&at);
                let problem = problem.at(place).label("another key has the same value");
                cx.report(problem.help("each name must have one meaning in one place"));
            }
            seen.push((of.within, name));
        }
    }
}

/// Reports an invalid header name, or one that is not in lower case.
pub(super) fn header(cx: &mut Context<'_>, at: &At, name: &str) {
    let is_plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if name.is_empty() || !name.bytes().all(is_plain) {
        cx.invalid_value(
            at,
            "a header is expected: lower-case letters, digits and hyphens",
        );
    }
}

/// Reports an empty key, or a key with characters that no key of Front has.
pub(super) fn key(cx: &mut Context<'_>, at: &At, name: &str) {
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if name.is_empty() || !name.bytes().all(is_plain) {
        cx.invalid_value(
            at,
            "a key is expected: letters, digits, underscores and hyphens",
        );
    }
}
