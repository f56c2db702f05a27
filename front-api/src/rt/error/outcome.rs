//! Whether Front processed a failed call.

use super::{Error, ErrorKind};

/// Whether Front processed a failed call; see [`Error::outcome`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Outcome {
    /// Front did not process the call: it received nothing, or rejected the request. The call can be sent
    /// again. A rejected request must be corrected first.
    NotDone,
    /// Front may have processed the call: the response was lost, was a server error (5xx), or came from a
    /// [gateway](ErrorKind::Gateway), or an earlier attempt of the call ended like that. Check before you
    /// send a call again that must not be [repeated](crate::Repeat).
    /// [`is_probably_done`](Error::is_probably_done) returns `true` where the last attempt has already
    /// checked.
    Unknown,
    /// Front processed the call, but its response could not be read. Do not send the call again.
    Done,
}

impl Error {
    /// Returns whether Front processed the call, and so whether the call may be sent again.
    ///
    /// For a call that only reads, it is whether Front responded.
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client, id: front_api::conversations::ConversationId)
    /// # -> Result<(), front_api::Error> {
    /// use front_api::{Outcome, messages::AfterReply};
    ///
    /// let reply = front.messages().reply(&id, "We are on it.", AfterReply::KeepOpen);
    /// if let Err(error) = reply.send().await {
    ///     match error.outcome() {
    ///         Outcome::NotDone => println!("not sent, and may be sent again: {error}"),
    ///         Outcome::Unknown => println!("check first whether it was sent: {error}"),
    ///         Outcome::Done => println!("sent: {error}"),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        if self.is_unsent() {
            return Outcome::NotDone;
        }
        match self.0.kind {
            ErrorKind::Decode | ErrorKind::Pagination => Outcome::Done,
            ErrorKind::Timeout | ErrorKind::Connection
                if self.0.status.is_some() && !self.0.from_gateway =>
            {
                Outcome::Done
            }
            // An earlier attempt, whose response was lost, may have been processed.
            _ if self.0.earlier_attempt_sent => Outcome::Unknown,
            ErrorKind::Status if self.is_server_error() => Outcome::Unknown,
            ErrorKind::Status => Outcome::NotDone,
            // Other redirects mean that the call was not processed. 302 and 303 may point to the result of a
            // call that was.
            ErrorKind::Redirect if !matches!(self.0.status, Some(302 | 303)) => {
                Outcome::NotDone
            }
            _ => Outcome::Unknown,
        }
    }
}
