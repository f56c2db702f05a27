//! What is often asked of an error.

use super::{Error, ErrorKind};

impl Error {
    /// Whether there is no such thing, or the token cannot see it (404).
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

    /// Whether too many requests were made (429); [`retry_after`](Self::retry_after) may say how long
    /// to wait.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.0.status == Some(429)
    }

    /// Returns whether Front, or the [`host`](Self::host) of a file, responded with a server error (5xx).
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.0.status.is_some_and(|status| status >= 500)
    }

    /// Whether there was no answer in time.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// Whether the client was not granted the call's permission.
    #[must_use]
    pub fn is_not_granted(&self) -> bool {
        self.0.kind == ErrorKind::NotGranted
    }

    /// Whether Front got none of it: what was asked was certainly not done.
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
        (unsent || self.0.late) && !self.0.progress.reached
    }

    /// Whether a rate limit held the call back: here ([`ErrorKind::RateLimited`]), or at Front (429).
    #[must_use]
    pub fn is_limited(&self) -> bool {
        self.0.kind == ErrorKind::RateLimited || self.is_rate_limited()
    }
}
