//! A report in one line.

use super::{Report, say};

/// `breaking (rust 2), additive 4; bump: major, 0.4.2 -> 0.5.0; blocked: 2 changes need an entry in spec/acks.yaml`
#[must_use]
pub fn oneline(report: &Report) -> String {
    let gate = match say::blocked(report) {
        Some(why) => format!("; blocked: {why}"),
        None => String::new(),
    };
    let unread = match say::unread(report).len() {
        0 => String::new(),
        number => format!("; not read: {}", say::count(number, "keyword")),
    };
    format!("{}; bump: {}{unread}{gate}\n", report.headline, report.bump)
}
