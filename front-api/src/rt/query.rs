//! Values of query parameters.

use super::timestamp::Timestamp;

/// The value of a query parameter, as text.
#[derive(Clone, PartialEq)]
pub(crate) struct QueryValue(pub(super) String);

impl From<String> for QueryValue {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl From<&str> for QueryValue {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

macro_rules! by_display {
    ($($ty:ty),*) => {$(
        impl From<$ty> for QueryValue {
            fn from(value: $ty) -> Self {
                Self(value.to_string())
            }
        }
    )*};
}
by_display!(bool, i64, u32, f64, Timestamp);
