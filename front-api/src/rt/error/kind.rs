//! Kinds of errors.

/// The kind of an [`Error`](crate::Error).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The settings of a [`ClientBuilder`](crate::ClientBuilder) are invalid.
    Setup,
    /// The request is invalid, and nothing was sent: an empty id, a missing field, a file that a form cannot
    /// contain.
    Request,
    /// The call requires a permission that the restricted client was not granted. Nothing was sent.
    NotGranted,
    /// The call would have to wait for a rate limit longer than it may. Nothing was sent, except for earlier
    /// [attempts](crate::Error::attempts) that Front rejected (429).
    /// [`retry_after`](crate::Error::retry_after) returns the expected wait.
    RateLimited,
    /// The client failed to connect, so this attempt sent nothing.
    Connect,
    /// The response did not arrive in time, or not completely. Front may have processed the call; see
    /// [`outcome`](crate::Error::outcome). Where the deadline passed before the call was sent, the error
    /// [is unsent](crate::Error::is_unsent).
    Timeout,
    /// The connection was lost. Front may have processed the call; see [`outcome`](crate::Error::outcome).
    Connection,
    /// Front responded with an error status (4xx or 5xx).
    Status,
    /// The response has a success status (2xx) but does not look like Front's: an HTML page, a challenge of a
    /// firewall, an empty response where a value was expected, a part of a file. A proxy, a firewall or a
    /// captive portal may have sent it, so the [outcome](crate::Error::outcome) is unknown. The call is
    /// retried like after a server error (5xx), where it may be [repeated](crate::Repeat).
    Gateway,
    /// Front responded with a redirect that the client does not follow.
    Redirect,
    /// Front accepted the call, but the response does not have the expected form.
    Decode,
    /// Front returned a malformed cursor, or one that it had already returned for the same list.
    Pagination,
}
