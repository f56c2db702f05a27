//! `Debug` for what holds customer text, credentials or any JSON: that it is there, not what it says.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// Writes a structure; generated `Debug` implementations are one call of this.
pub(crate) fn debug(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    fields: &[(&str, &dyn fmt::Debug)],
) -> fmt::Result {
    let mut out = f.debug_struct(name);
    for (name, value) in fields {
        out.field(name, value);
    }
    out.finish()
}

/// Stands for a value that is not shown.
pub(crate) fn hidden<T: Hide>(value: &T) -> Hidden {
    value.hide()
}

/// What is shown of a hidden value.
#[derive(Clone, Copy)]
pub(crate) enum Hidden {
    /// Something.
    Something,
    /// Nothing.
    Nothing,
    /// Something that may be absent, and is not.
    Present,
    /// So many.
    List(usize),
    /// So many with names.
    Map(usize),
}

/// Stands for something of any type that is not shown.
pub(crate) const HIDDEN: Hidden = Hidden::Something;

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Something => f.write_str(".."),
            Self::Nothing => f.write_str("None"),
            Self::Present => f.write_str("Some(..)"),
            Self::List(length) => write!(f, "[..; {length}]"),
            Self::Map(length) => write!(f, "{{..; {length}}}"),
        }
    }
}

/// What [`hidden`] takes.
pub(crate) trait Hide {
    fn hide(&self) -> Hidden;
}

impl Hide for String {
    fn hide(&self) -> Hidden {
        Hidden::Something
    }
}

impl Hide for Value {
    fn hide(&self) -> Hidden {
        Hidden::Something
    }
}

impl<T> Hide for Option<T> {
    fn hide(&self) -> Hidden {
        match self {
            None => Hidden::Nothing,
            Some(_) => Hidden::Present,
        }
    }
}

impl<T> Hide for Vec<T> {
    fn hide(&self) -> Hidden {
        Hidden::List(self.len())
    }
}

impl<T> Hide for BTreeMap<String, T> {
    fn hide(&self) -> Hidden {
        Hidden::Map(self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_that_and_not_what() {
        let shown = [
            hidden(&"secret".to_owned()),
            hidden(&Some("secret".to_owned())),
            hidden(&None::<String>),
            hidden(&vec!["secret".to_owned(); 3]),
            hidden(&BTreeMap::from([("secret".to_owned(), 1)])),
            hidden(&Value::from("secret")),
        ];
        assert_eq!(format!("{shown:?}"), "[.., Some(..), None, [..; 3], {..; 1}, ..]");
        assert_eq!(format!("{HIDDEN:?}"), "..");
    }
}
