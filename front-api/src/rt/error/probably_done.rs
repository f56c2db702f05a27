//! Whether a failed call has probably had its effect.

use super::{Error, ErrorKind, Outcome};
use crate::rt::Method;

impl Error {
    /// Returns whether the call has had its effect, or has probably had it in an earlier attempt.
    ///
    /// A DELETE whose response is lost, or is a server error (5xx), is sent again. If the first attempt has
    /// deleted the resource, the second one receives 404 (or 410). For such an error this method returns `true`:
    /// the resource does not exist any more, as requested. Its [`outcome`](Self::outcome) stays
    /// [`Unknown`](Outcome::Unknown), because the resource may have been deleted earlier.
    ///
    /// It is also `true` where the outcome is [`Done`](Outcome::Done). It is `false` for
    /// - a 404 to the first attempt, or to a call that you send again yourself, because earlier calls are not
    ///   known;
    /// - a DELETE that removes something from a resource (`/conversations/{id}/tags`), because its 404 means that
    ///   the resource itself does not exist;
    /// - a 404 after an attempt to which a proxy, a firewall or a captive portal responded with success
    ///   ([`ErrorKind::Gateway`](crate::ErrorKind::Gateway)): that attempt probably did not reach Front;
    /// - a 404 that is HTML, or that a firewall marks as its own;
    /// - a conflict (409) after a lost response: a resource of that name exists, but it may be an older one.
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
        self.outcome() == Outcome::Done || self.is_already_deleted()
    }

    /// Returns whether an earlier attempt may have deleted the resource that this attempt does not find.
    pub(super) fn is_already_deleted(&self) -> bool {
        let inner = &*self.0;
        let deletes = inner.operation.is_some_and(|operation| {
            // The last segment of the path is the resource that is deleted.
            operation.method == Method::Delete && operation.path.ends_with('}')
        });
        deletes
            && inner.earlier_response_lost
            && !inner.from_gateway
            && inner.kind == ErrorKind::Status
            && matches!(inner.status, Some(404 | 410))
    }
}
