//! Which calls are sent first.

/// Which of the waiting calls is sent first.
///
/// ```
/// use front_api::Priority;
///
/// assert_eq!(Priority::default(), Priority::Interactive);
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Priority {
    /// A person waits for it. It is sent before every background call and may use the burst allowance.
    #[default]
    Interactive,
    /// Work that can wait, such as an export. It is sent when no interactive call waits, and leaves the burst
    /// allowance to interactive calls.
    Background,
}
