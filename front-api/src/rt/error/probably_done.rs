//! Whether a failed call has probably had its effect.

use super::{Error, ErrorKind, Outcome};
use crate::rt::Method;

impl Error {
    /// Returns whether the call has had its effect, or has probably had it in an earlier attempt.
    ///
    /// A DELETE whose response is lost, or is a server error (5xx), is sent again. If the first attempt has deleted the thing, the second one
    /// finds nothing and receives 404 (or 410). Such an error is `true` here: the thing is gone, which is what was
    /// asked for. Its [`outcome`](Self::outcome) stays [`Unknown`](Outcome::Unknown), because the thing may have been
    /// gone before.
    ///
    /// It is also `true` where the outcome is [`Done`](Outcome::Done). It is `false` for
    /// - a 404 to the first attempt, and to a call that you send again yourself: what happened before is not known
    ///   here;
    /// - a DELETE that takes things out of another (`/conversations/{id}/tags`): its 404 says that the other does not
    ///   exist;
    /// - a 404 after an attempt to which a proxy, a firewall or a captive portal responded with success
    ///   ([`ErrorKind::Gateway`](crate::ErrorKind::Gateway)): that attempt probably did not reach Front;
    /// - a 404 that is HTML, or that a firewall marks as its own;
    /// - a conflict (409) after a lost response: something of that name exists, which need not be what was sent.
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client, id: front_api::tags::TagId)
    /// # -> Result<(), front_api::Error> {
    /// match front.tags().delete(&id).send().await {
    ///     Err(error) if error.is_probably_done() => {} // It is gone.
    ///     other => other?,
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn is_probably_done(&self) -> bool {
        self.outcome() == Outcome::Done || self.is_gone_since()
    }

    /// Returns whether an earlier attempt may have deleted the resource that this attempt does not find.
    pub(super) fn is_gone_since(&self) -> bool {
        let inner = &*self.0;
        let deletes = inner.operation.is_some_and(|operation| {
            // The last segment of the path is the resource that is deleted.
            operation.method == Method::Delete && operation.path.ends_with('}')
        });
        deletes
            && inner.lost_before
            && !inner.from_gateway
            && inner.kind == ErrorKind::Status
            && matches!(inner.status, Some(404 | 410))
    }
}
