//! An error in words.

use std::fmt;
use std::time::Duration;

use super::{Error, ErrorKind};
use crate::generated::errors::ErrorCode;
use crate::rt::Repeat;

impl Error {
    /// What to do next.
    fn advice(&self) -> Option<&'static str> {
        const LOOK: &str =
            "Front may have carried it out: look before sending it again.";
        let inner = &*self.0;
        let repeat = self.0.operation.map(|operation| operation.repeat);
        let safe = repeat == Some(Repeat::Safe);
        let is_client_error = matches!(inner.status, Some(400..=428 | 430..=499));
        match self.0.kind {
            ErrorKind::Status if self.is_gone_since() => Some(
                "An earlier attempt, whose outcome is unknown, has probably deleted it.",
            ),
            ErrorKind::Status if inner.host.is_some() => is_client_error.then_some(
                "The file's address may have expired: request the file again.",
            ),
            ErrorKind::Status if inner.from_gateway && is_client_error => Some(
                "The response is not in Front's form: a proxy or a firewall may have sent it.",
            ),
            ErrorKind::Gateway if safe => Some(
                "A proxy, a firewall or a captive portal may have sent it. It is safe to try again.",
            ),
            ErrorKind::Gateway => Some(
                "A proxy, a firewall or a captive portal may have sent it. Front may have carried out the call: look \
                 before sending it again.",
            ),
            // A failure on the way back may hide that Front said yes.
            ErrorKind::Status if !safe && self.0.status >= Some(500) => Some(LOOK),
            ErrorKind::Status => self.code().map(ErrorCode::action),
            ErrorKind::NotGranted => Some(
                "Call it with a client that has the permission, or add it to the grant.",
            ),
            ErrorKind::RateLimited => Some("Try again after that time."),
            ErrorKind::Connect if inner.host.is_some() => Some(
                "Check the network, and whether a proxy or a firewall refuses the host.",
            ),
            ErrorKind::Connect if self.0.progress.reached => {
                Some("Check the network, a proxy and the base URL.")
            }
            ErrorKind::Connect => {
                Some("Check the network, a proxy and the base URL; nothing was sent.")
            }
            ErrorKind::Timeout if self.0.late && !self.0.progress.reached => None,
            ErrorKind::Timeout | ErrorKind::Connection if safe => {
                Some("It is safe to try again.")
            }
            ErrorKind::Timeout | ErrorKind::Connection
                if inner.status.is_some() && !inner.from_gateway =>
            {
                Some("Front accepted the call: it must not be sent again.")
            }
            ErrorKind::Timeout | ErrorKind::Connection => Some(LOOK),
            ErrorKind::Decode if !safe => Some(
                "Front accepted the call: it must not be sent again. This version of the crate does not know \
                 this form of the answer; a newer one may.",
            ),
            ErrorKind::Decode => Some(
                "This version of the crate does not know this form of the answer; a newer one may.",
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
                write!(f, "{host}, which is not Front's, responded {status}")?;
            }
            (ErrorKind::Status, Some(status), None) => {
                write!(f, "Front answered {status}")?;
                if let Some(code) = self.code() {
                    write!(f, " {}", code.name())?;
                }
            }
            (_, _, Some(host)) => write!(f, "{} (at {host})", inner.reason)?,
            _ => f.write_str(&inner.reason)?,
        }
        if let Some(said) = &inner.said {
            for text in [&said.title, &said.message].into_iter().flatten() {
                write!(f, ": {}", text.trim_end_matches('.'))?;
            }
            if !said.details.is_empty() {
                write!(f, " ({})", said.details.join("; "))?;
            }
            if let Some(excerpt) = &said.excerpt {
                write!(f, "; it says: {excerpt}")?;
            }
        }
        match (inner.kind, inner.retry_after) {
            (ErrorKind::RateLimited, Some(wait)) => {
                write!(f, "; the wait would be about {} s", seconds(wait))?;
            }
            (_, Some(wait)) => write!(f, "; it asks to wait {} s", seconds(wait))?,
            (_, None) => {}
        }
        match (inner.progress.attempts, inner.given_up) {
            (0 | 1, None) => {}
            (attempts, None) => write!(f, "; sent {attempts} times")?,
            (attempts, Some(why)) => write!(f, "; sent {}, {why}", times(attempts))?,
        }
        if let Some(advice) = self.advice() {
            write!(f, ". {advice}")?;
        }
        Ok(())
    }
}

/// To the millisecond.
fn seconds(wait: Duration) -> f64 {
    (wait.as_secs_f64() * 1000.0).round() / 1000.0
}

fn times(attempts: u32) -> String {
    if attempts == 1 { "once".to_owned() } else { format!("{attempts} times") }
}

/// Without what Front said, which may quote what was sent.
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
        out.finish_non_exhaustive()
    }
}
