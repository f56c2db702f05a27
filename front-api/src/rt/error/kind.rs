//! Kinds of errors.

/// What kind of thing went wrong.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A client could not be made of what its builder was given.
    Setup,
    /// The request was refused here, before anything was sent: an empty id, a missing field, a file
    /// that a form cannot carry.
    Request,
    /// The client was restricted, and the call takes a permission that it was not granted. Nothing
    /// was sent.
    NotGranted,
    /// A rate limit would have held the call back for longer than it may wait. Nothing was sent, but for
    /// [attempts](crate::Error::attempts) before that Front refused. [`retry_after`](crate::Error::retry_after) says how long.
    RateLimited,
    /// No connection came about: nothing was sent.
    Connect,
    /// There was no answer in time, or no end of it. Front may have done what was asked all the same,
    /// and has where there is a [`status`](crate::Error::status). It got none of it where the call's deadline
    /// had passed before it was sent: then the error [is unsent](crate::Error::is_unsent).
    Timeout,
    /// The connection was lost. Front may have done what was asked all the same, and has where there is
    /// a [`status`](crate::Error::status).
    Connection,
    /// Front answered with a status that says no.
    Status,
    /// The response has a success status (2xx) but does not look like Front's: an HTML page, a challenge of a
    /// firewall, an empty response where a value was expected, a part of a file. A proxy, a firewall or a
    /// captive portal may have sent it, so the [outcome](crate::Error::outcome) is unknown. The call is
    /// retried like after a server error (5xx), where it may be [repeated](crate::Repeat).
    Gateway,
    /// Front pointed to another address, and it was not followed.
    Redirect,
    /// Front said yes, and the answer does not have the form that was expected.
    Decode,
    /// A list went in circles.
    Pagination,
}
