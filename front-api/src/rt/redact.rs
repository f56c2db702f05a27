//! `Debug` for values that may contain customer text, credentials or any JSON. It shows that a value is present,
//! but not the value.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// Writes a structure. Generated `Debug` implementations call it.
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

/// Returns the placeholder of a hidden value.
pub(crate) fn hidden<T: Hide>(value: &T) -> Hidden {
    value.hide()
}

/// The placeholder that `Debug` shows for a hidden value.
#[derive(Clone, Copy)]
pub(crate) enum Hidden {
    /// A value.
    Something,
    /// A missing optional value.
    Nothing,
    /// A present optional value.
    Present,
    /// A list of this length.
    List(usize),
    /// A map of this length.
    Map(usize),
}

/// The placeholder of a hidden value of any type.
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

/// The types of hidden values.
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
    fn shows_presence_but_not_the_value() {
        let placeholders = [
            hidden(&"secret".to_owned()),
            hidden(&Some("secret".to_owned())),
            hidden(&None::<String>),
            hidden(&vec!["secret".to_owned(); 3]),
            hidden(&BTreeMap::from([("secret".to_owned(), 1)])),
            hidden(&Value::from("secret")),
        ];
        assert_eq!(
            format!("{placeholders:?}"),
            "[.., Some(..), None, [..; 3], {..; 1}, ..]"
        );
        assert_eq!(format!("{HIDDEN:?}"), "..");
    }
}
