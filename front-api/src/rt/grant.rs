//! Permissions in the type of a client. The compiler checks them, and the client checks them again before it sends
//! a request.

use std::fmt;
use std::sync::Arc;

use super::operation::Permission;

/// A permission as a type; [`permissions`](crate::permissions) has one for each.
///
/// The trait is sealed, because Front defines the permissions.
pub trait Capability: sealed::Capability {
    /// The permission as a value.
    const PERMISSION: Permission;
}

pub(crate) mod sealed {
    pub trait Capability {}
}

/// A set of permissions as a type: the parameter `G` of [`Client<G>`](crate::Client).
///
/// Define one with [`grant!`](crate::grant!), not by hand: with the macro, the compiler and the check at run time
/// use the same list.
pub trait Grant: 'static {
    /// The permissions. `None` means all permissions.
    const PERMISSIONS: Option<&'static [Permission]>;
}

/// A grant that includes the permission `C`.
///
/// Every call that requires a permission has this bound, so that it does not compile with a client that was not
/// granted it. Use it in your own generic functions as well:
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
    label = "`{Self}` does not have the permission `{C}`, which this call requires",
    note = "add `{C}` to the `grant!` that defines `{Self}`, or use a client that has the permission",
    note = "a function that is generic over its grant needs the bound `G: Grants<{C}>`"
)]
pub trait Grants<C: Capability>: Grant {}

/// A grant whose permissions are a subset of those of the grant `G`, so that [`Client::restrict`] accepts it for a
/// `Client<G>`.
///
/// [`Client::restrict`]: crate::Client::restrict
#[diagnostic::on_unimplemented(
    message = "`{Self}` permits more than `{G}` does",
    label = "`restrict` can only remove permissions",
    note = "restrict the unrestricted client to `{Self}`, not the client that was restricted to `{G}`"
)]
pub trait SubsetOf<G>: Grant {}

/// The grant of an unrestricted client: everything that its token permits.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Everything;

impl Grant for Everything {
    const PERMISSIONS: Option<&'static [Permission]> = None;
}

impl<C: Capability> Grants<C> for Everything {}

impl SubsetOf<Everything> for Everything {}

/// The permissions of a client at run time.
#[derive(Clone)]
pub(crate) struct Granted(Option<Arc<[Permission]>>);

impl Granted {
    pub(crate) const EVERYTHING: Self = Self(None);

    pub(crate) fn allows(&self, permission: Permission) -> bool {
        self.0.as_deref().is_none_or(|set| set.contains(&permission))
    }

    /// Returns the permissions that are in both sets.
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

/// Implements [`Capability`] for a marker type of [`permissions`](crate::permissions).
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
/// The names are those of [`permissions`](crate::permissions); they need no import. A client with such a grant has
/// only the calls that require one of these permissions, and those that require none.
///
/// ```
/// use front_api::{grant, Client, Error};
///
/// grant! {
///     /// What the tagger may do: read tags and create new ones.
///     pub struct Tagger: TagsRead, TagsWrite;
/// }
///
/// fn tagger(front: &Client) -> Client<Tagger> {
///     front.restrict()
/// }
/// ```
///
/// A call whose permission was not granted does not compile:
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

        // The compiler error is then about the two grants, and not about the first missing permission.
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
        let widened = narrow.and(Some(&[READ, WRITE]));
        assert!(widened.allows(READ));
        assert!(!widened.allows(WRITE));
        assert!(!narrow.and(None).allows(WRITE));
        assert!(Granted::EVERYTHING.allows(WRITE));
        assert_eq!(format!("{widened:?}"), "{a:read}");
    }
}
