//! Permissions in a client's type: what the compiler lets it call, and what is checked again before
//! anything is sent.

use std::fmt;
use std::sync::Arc;

use super::operation::Permission;

/// A permission as a type; [`permissions`](crate::permissions) has one for each.
///
/// Sealed: which permissions there are is Front's to say.
pub trait Capability: sealed::Capability {
    /// The permission as a value.
    const PERMISSION: Permission;
}

pub(crate) mod sealed {
    pub trait Capability {}
}

/// A set of permissions as a type: what `G` stands for in [`Client<G>`](crate::Client).
///
/// Write one with [`grant!`](crate::grant!), not by hand: the macro keeps the list that the compiler
/// goes by and the list that is checked at run time the same.
pub trait Grant: 'static {
    /// The permissions; none stands for all of them.
    const PERMISSIONS: Option<&'static [Permission]>;
}

/// A client that may make the calls which take the permission `C`.
///
/// Every call that takes a permission has this bound, so that a client which was not granted it does
/// not compile. Write functions that take a client against it too:
///
/// ```
/// use front_api::{permissions::TagsRead, Client, Error, Grants};
///
/// async fn tag_count<G: Grants<TagsRead>>(front: &Client<G>) -> Result<usize, Error> {
///     Ok(front.tags().list().send().await?.items.len())
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "this client was not granted `{C}`",
    label = "`{Self}` does not have the permission `{C}`, which this call takes",
    note = "add `{C}` to the `grant!` that defines `{Self}`, or make the call with a client that has the permission",
    note = "a function that is generic in its grant asks for it in its bounds: `G: Grants<{C}>`"
)]
pub trait Grants<C: Capability>: Grant {}

/// A grant that permits nothing that the grant `G` does not: what [`Client::restrict`] may make of a
/// `Client<G>`.
///
/// [`Client::restrict`]: crate::Client::restrict
#[diagnostic::on_unimplemented(
    message = "`{Self}` permits more than `{G}` does",
    label = "restricting a client only takes permissions away",
    note = "make `{Self}` from the client that was built, not from the one that was restricted to `{G}`"
)]
pub trait SubsetOf<G>: Grant {}

/// The grant of a client that was not restricted: whatever the token itself may do.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Everything;

impl Grant for Everything {
    const PERMISSIONS: Option<&'static [Permission]> = None;
}

impl<C: Capability> Grants<C> for Everything {}

impl SubsetOf<Everything> for Everything {}

/// What a client may do, at run time.
#[derive(Clone)]
pub(crate) struct Granted(Option<Arc<[Permission]>>);

impl Granted {
    pub(crate) const EVERYTHING: Self = Self(None);

    pub(crate) fn allows(&self, permission: Permission) -> bool {
        self.0.as_deref().is_none_or(|set| set.contains(&permission))
    }

    /// What both this and the grant allow.
    pub(crate) fn and(&self, permissions: Option<&'static [Permission]>) -> Self {
        match permissions {
            None => self.clone(),
            Some(set) => Self(Some(
                set.iter()
                    .copied()
                    .filter(|&permission| self.allows(permission))
                    .collect(),
            )),
        }
    }
}

impl fmt::Debug for Granted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => f.write_str("everything"),
            Some(set) => f.debug_set().entries(set.iter()).finish(),
        }
    }
}

/// Makes a marker type of [`permissions`](crate::permissions) a [`Capability`].
macro_rules! capability {
    ($marker:ident, $permission:ident) => {
        impl $crate::rt::grant_sealed::Capability for $marker {}

        impl $crate::rt::Capability for $marker {
            const PERMISSION: $crate::rt::Permission = $permission;
        }
    };
}
pub(crate) use capability;

/// Defines a set of permissions, for [`Client::restrict`](crate::Client::restrict).
///
/// The names are those of [`permissions`](crate::permissions); they need no import. A client with
/// such a grant has only the calls that take one of these permissions, and those that take none.
///
/// ```
/// use front_api::{grant, Client, Error};
///
/// grant! {
///     /// What the tagger may do: look at tags and make new ones.
///     pub struct Tagger: TagsRead, TagsWrite;
/// }
///
/// fn tagger(front: &Client) -> Client<Tagger> {
///     front.restrict()
/// }
/// ```
///
/// What was not granted does not compile:
///
/// ```compile_fail,E0277
/// front_api::grant! {
///     struct Reader: TagsRead;
/// }
///
/// fn create(front: front_api::Client<Reader>) {
///     let request = front.tags().create_company("Refunds");
/// }
/// ```
#[macro_export]
macro_rules! grant {
    ($($(#[$meta:meta])* $visibility:vis struct $name:ident $(: $($capability:ident),+ $(,)?)?;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        #[allow(dead_code)]
        $visibility struct $name;

        impl $crate::Grant for $name {
            const PERMISSIONS: ::core::option::Option<&'static [$crate::Permission]> =
                ::core::option::Option::Some(&[
                    $($(<$crate::permissions::$capability as $crate::Capability>::PERMISSION,)+)?
                ]);
        }

        $($(impl $crate::Grants<$crate::permissions::$capability> for $name {})+)?

        // So that the error is about the two grants, and not about the first permission that one lacks.
        #[diagnostic::do_not_recommend]
        impl<G> $crate::SubsetOf<G> for $name
        where
            $($(G: $crate::Grants<$crate::permissions::$capability>,)+)?
        {
        }
    )+};
}

#[cfg(test)]
mod tests {
    use super::*;

    const READ: Permission = Permission::new("a:read");
    const WRITE: Permission = Permission::new("a:write");

    #[test]
    fn restricting_never_widens() {
        let narrow = Granted::EVERYTHING.and(Some(&[READ]));
        let tried = narrow.and(Some(&[READ, WRITE]));
        assert!(tried.allows(READ));
        assert!(!tried.allows(WRITE));
        assert!(!narrow.and(None).allows(WRITE));
        assert!(Granted::EVERYTHING.allows(WRITE));
        assert_eq!(format!("{tried:?}"), "{a:read}");
    }
}
