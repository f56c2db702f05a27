//! Which calls go first.

/// Which of the calls that wait goes first.
///
/// ```
/// use front_api::Priority;
///
/// assert_eq!(Priority::default(), Priority::Interactive);
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Priority {
    /// Somebody waits for it: before every background call, and on the burst allowance too.
    #[default]
    Interactive,
    /// Work that can wait, such as an export: it goes when no interactive call waits, and leaves the
    /// burst allowance to those.
    Background,
}
