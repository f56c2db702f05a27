//! The closed word lists of the spec language, and the forms of its header names and dates.

use crate::ir::{Access, Method, Repeat};

/// The methods that Front uses.
pub const METHODS: &[(&str, Method)] = &[
    ("GET", Method::Get),
    ("POST", Method::Post),
    ("PUT", Method::Put),
    ("PATCH", Method::Patch),
    ("DELETE", Method::Delete),
];

/// What a call does to what it acts on.
pub const ACCESS: &[(&str, Access)] =
    &[("read", Access::Read), ("write", Access::Write)];

/// Whether a call may be sent twice.
pub const REPEAT: &[(&str, Repeat)] =
    &[("safe", Repeat::Safe), ("never", Repeat::Never)];

/// The one reason for a redirect that the runtime follows.
pub const REDIRECT: &str = "merged_conversation";

/// How sure we are.
pub const CERTAINTY: &[(&str, char)] = &[("A", 'A'), ("B", 'B'), ("C", 'C'), ("D", 'D')];

/// How cases are told apart where no tag does it.
pub const BY_KIND: &str = "kind";

/// Returns whether a text is a valid header name (RFC 9110, 5.1) without unusual punctuation.
pub fn is_header_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// `2026-10-31`: a day that the calendar has.
pub fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else {
        return false;
    };
    let figure = |part: &str, digits: usize| {
        (part.len() == digits).then(|| whole_or_zero(part)).flatten()
    };
    let (Some(year), Some(month), Some(day)) =
        (figure(year, 4), figure(month, 2), figure(day, 2))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    year > 0 && (1..=days).contains(&day)
}

/// Reads a number that is written in digits alone.
pub(crate) fn whole_or_zero(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}
