//! What became of what a failed call asked for.

use super::{Error, ErrorKind};

/// What became of what a failed call asked for; see [`Error::outcome`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Outcome {
    /// Front did none of it: it got nothing, or said no. Sending the call again, mended where Front said no, does nothing
    /// twice.
    NotDone,
    /// Front may have processed the call: the response was lost, was a server error (5xx), or came from a
    /// [gateway](ErrorKind::Gateway), or an earlier attempt of the call ended like that. Check before you
    /// send a call again that must not be [repeated](crate::Repeat).
    /// [`is_probably_done`](Error::is_probably_done) returns `true` where the last attempt has already
    /// checked.
    Unknown,
    /// Front did it: it said yes, and what it said could not be read. Do not send the call again.
    Done,
}

impl Error {
    /// What became of what was asked: whether a person or a program may send it again.
    ///
    /// Of calls that only read it says whether Front answered.
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
    ///         Outcome::Unknown => println!("look whether it is there first: {error}"),
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
            // An earlier attempt, whose answer was lost, may have done it.
            _ if self.0.earlier_attempt_sent => Outcome::Unknown,
            ErrorKind::Status if self.is_server_error() => Outcome::Unknown,
            ErrorKind::Status => Outcome::NotDone,
            // The others send a call elsewhere; 302 and 303 may also show what became of one that was carried out.
            ErrorKind::Redirect if !matches!(self.0.status, Some(302 | 303)) => {
                Outcome::NotDone
            }
            _ => Outcome::Unknown,
        }
    }
}
