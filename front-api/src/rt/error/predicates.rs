//! Predicates for frequent kinds of errors.

use super::{Error, ErrorKind};

impl Error {
    /// Returns whether the resource does not exist, or the token cannot access it (404).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.0.status == Some(404)
    }

    /// Returns whether the token is invalid or expired (401). Never `true` where a [`host`](Self::host) other
    /// than Front's responded, because it never receives the token.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.0.status == Some(401) && self.0.host.is_none()
    }

    /// Returns whether the token lacks a permission (403). Never `true` where a [`host`](Self::host) other
    /// than Front's responded, because it never receives the token.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.0.status == Some(403) && self.0.host.is_none()
    }

    /// Returns whether Front rejected the call because of too many requests (429).
    /// [`retry_after`](Self::retry_after) returns how long to wait, where Front sends it.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.0.status == Some(429)
    }

    /// Returns whether Front, or the [`host`](Self::host) of a file, responded with a server error (5xx).
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.0.status.is_some_and(|status| status >= 500)
    }

    /// Returns whether the error is a timeout, or a deadline that passed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// Returns whether the client was not granted the permission of the call.
    #[must_use]
    pub fn is_not_granted(&self) -> bool {
        self.0.kind == ErrorKind::NotGranted
    }

    /// Returns whether Front has certainly not received the call.
    #[must_use]
    pub fn is_unsent(&self) -> bool {
        let unsent = matches!(
            self.0.kind,
            ErrorKind::Setup
                | ErrorKind::Request
                | ErrorKind::NotGranted
                | ErrorKind::RateLimited
                | ErrorKind::Connect
        );
        (unsent || self.0.is_late) && !self.0.progress.reached
    }

    /// Returns whether a rate limit was reached, in this client ([`ErrorKind::RateLimited`]) or at Front (429).
    #[must_use]
    pub fn is_limited(&self) -> bool {
        self.0.kind == ErrorKind::RateLimited || self.is_rate_limited()
    }
}
