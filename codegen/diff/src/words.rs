//! Enumerations of which each value has a word, by which reports call it.

/// Makes an enumeration of a table: each value with its word, which `as_str` gives and `named` takes.
macro_rules! words {
    (
        $(#[$doc:meta])*
        pub enum $name:ident { $($(#[$of:meta])* $value:ident = $word:literal,)+ }
    ) => {
        $(#[$doc])*
        pub enum $name {
            $($(#[$of])* $value,)+
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$value),+];

            /// Its word in reports.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $word,)+
                }
            }

            /// The one of this word.
            #[must_use]
            pub fn named(word: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|of| of.as_str() == word)
            }
        }
    };
}
pub(crate) use words;
