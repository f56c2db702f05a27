//! `Display` and `Debug` of errors.

use std::fmt;
use std::time::Duration;

use super::{Error, ErrorKind};
use crate::generated::errors::ErrorCode;
use crate::rt::Repeat;

impl Error {
    /// Returns what to do next. It is a static text, so it contains no data of a customer.
    fn advice(&self) -> Option<&'static str> {
        const CHECK_FIRST: &str =
            "Front may have processed the call: check before sending it again.";
        let inner = &*self.0;
        let repeat = self.0.operation.map(|operation| operation.repeat);
        let safe = repeat == Some(Repeat::Safe);
        let is_client_error = matches!(inner.status, Some(400..=428 | 430..=499));
        match self.0.kind {
            ErrorKind::Status if self.is_already_deleted() => Some(
                "An earlier attempt, whose outcome is unknown, has probably deleted it.",
            ),
            ErrorKind::Status if inner.host.is_some() => is_client_error.then_some(
                "The URL of the file may have expired: request the file again.",
            ),
            ErrorKind::Status if inner.from_gateway && is_client_error => Some(
                "The response is not in Front's form: a proxy or a firewall may have sent it.",
            ),
            ErrorKind::Gateway if safe => Some(
                "A proxy, a firewall or a captive portal may have sent it. It is safe to retry.",
            ),
            ErrorKind::Gateway => Some(
                "A proxy, a firewall or a captive portal may have sent it. Front may have processed the call: check \
                 before sending it again.",
            ),
            // A server error may hide that Front processed the call.
            ErrorKind::Status if !safe && self.0.status >= Some(500) => {
                Some(CHECK_FIRST)
            }
            ErrorKind::Status => self.code().map(ErrorCode::action),
            ErrorKind::NotGranted => Some(
                "Use a client that has the permission, or add the permission to the grant.",
            ),
            ErrorKind::RateLimited => Some("Retry after that time."),
            ErrorKind::Connect if inner.host.is_some() => Some(
                "Check the network, and whether a proxy or a firewall blocks the host.",
            ),
            ErrorKind::Connect if self.0.progress.reached => {
                Some("Check the network, the proxy settings and the base URL.")
            }
            ErrorKind::Connect => Some(
                "Check the network, the proxy settings and the base URL. Nothing was sent.",
            ),
            ErrorKind::Timeout if self.0.is_late && !self.0.progress.reached => None,
            ErrorKind::Timeout | ErrorKind::Connection if safe => {
                Some("It is safe to retry.")
            }
            ErrorKind::Timeout | ErrorKind::Connection
                if inner.status.is_some() && !inner.from_gateway =>
            {
                Some("Front accepted the call: do not send it again.")
            }
            ErrorKind::Timeout | ErrorKind::Connection => Some(CHECK_FIRST),
            ErrorKind::Decode if !safe => Some(
                "Front accepted the call: do not send it again. This version of the crate does not know \
                             this form of the response; a newer version may.",
            ),
            ErrorKind::Decode => Some(
                "This version of the crate does not know this form of the response; a newer version may.",
            ),
            ErrorKind::Setup
            | ErrorKind::Request
            | ErrorKind::Redirect
            | ErrorKind::Pagination => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        if let Some(operation) = inner.operation {
            write!(f, "{operation}: ")?;
        }
        match (inner.kind, inner.status, &inner.host) {
            (ErrorKind::Status, Some(status), Some(host)) => {
                write!(f, "{host} (not a host of Front's) responded {status}")?;
            }
            (ErrorKind::Status, Some(status), None) => {
                write!(f, "Front responded {status}")?;
                if let Some(code) = self.code() {
                    write!(f, " {}", code.name())?;
                }
            }
            (_, _, Some(host)) => write!(f, "{} (at {host})", inner.reason)?,
            _ => f.write_str(&inner.reason)?,
        }
        if let Some(error_body) = &inner.error_body {
            for text in [&error_body.title, &error_body.message].into_iter().flatten() {
                write!(f, ": {}", text.trim_end_matches('.'))?;
            }
            if !error_body.details.is_empty() {
                write!(f, " ({})", error_body.details.join("; "))?;
            }
            if let Some(excerpt) = &error_body.excerpt {
                write!(f, "; the response begins: {excerpt}")?;
            }
        }
        match (inner.kind, inner.retry_after) {
            (ErrorKind::RateLimited, Some(wait)) => {
                write!(f, "; the expected wait is about {} s", seconds(wait))?;
            }
            (_, Some(wait)) => write!(f, "; retry after {} s", seconds(wait))?,
            (_, None) => {}
        }
        match (inner.progress.attempts, inner.not_retried) {
            (0 | 1, None) => {}
            (attempts, None) => write!(f, "; attempts: {attempts}")?,
            (attempts, Some(why)) => {
                write!(f, "; attempts: {attempts}, not retried: {why}")?;
            }
        }
        if let Some(advice) = self.advice() {
            write!(f, ". {advice}")?;
        }
        Ok(())
    }
}

/// Returns the seconds, rounded to milliseconds.
fn seconds(wait: Duration) -> f64 {
    (wait.as_secs_f64() * 1000.0).round() / 1000.0
}

/// Omits Front's message, which may quote the request. Includes the advice, which the error of a failed
/// `main` must show.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        let mut out = f.debug_struct("Error");
        out.field("kind", &inner.kind);
        if let Some(operation) = inner.operation {
            out.field("operation", &operation.name);
        }
        if let Some(status) = inner.status {
            out.field("status", &status);
        }
        if let Some(code) = self.code() {
            out.field("code", &code);
        }
        if let Some(host) = &inner.host {
            out.field("host", host);
        }
        if inner.progress.attempts > 0 {
            out.field("attempts", &inner.progress.attempts);
        }
        if let Some(limit) = inner.limit {
            out.field("limit", &limit);
        }
        if !inner.reason.is_empty() {
            out.field("reason", &inner.reason);
        }
        if let Some(wait) = inner.retry_after {
            out.field("retry_after", &wait);
        }
        if let Some(source) = &inner.source {
            out.field("source", source);
        }
        if let Some(advice) = self.advice() {
            out.field("help", &advice);
        }
        out.finish_non_exhaustive()
    }
}
