//! The commands. A new one is a module with its `ENTRY`, and its name in the list below.

use crate::cli::Entry;

/// Declares the module of each command and lists the entries, in the order in which `--help` shows them.
macro_rules! commands {
    ($($name:ident)*) => {
        $(pub(crate) mod $name;)*

        /// All commands.
        pub(crate) const ALL: &[Entry] = &[$($name::ENTRY),*];
    };
}

commands! {
    codegen
    check
    format
    diff
    changelog
    import
    history
    operations
    explain
    schema
    test
    verify
}
