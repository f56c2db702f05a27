//! The limits and defaults of values.

use super::{Field, Fixed, PathParam};

/// The limits on values of an input or a field, in addition to their type. An unknown limit is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ValueLimits {
    /// The maximum length in characters.
    pub max_length: Option<u64>,
    /// The minimum number of items of a list or a map.
    pub min_items: Option<u64>,
    /// The maximum number of items of a list or a map.
    pub max_items: Option<u64>,
    /// The smallest number.
    pub minimum: Option<i64>,
    /// The largest number.
    pub maximum: Option<i64>,
    /// The only integers that Front accepts. If empty, only the other limits apply.
    pub allowed: Vec<i64>,
}

/// Front's default for an input that is left out.
#[derive(Debug, Clone, PartialEq)]
pub struct DefaultValue {
    /// The text of the spec: a value, or words such as `the channel's own`.
    pub text: String,
    /// The value, if the text can be checked against the type: for booleans, integers, enumerations and null.
    pub value: Option<Fixed>,
}

/// Why a call is deprecated, and what to use instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deprecation {
    /// The reason, as a sentence.
    pub reason: String,
    /// The call to use instead.
    pub replaced_by: Option<super::EndpointId>,
}

impl ValueLimits {
    /// Returns whether no limits are known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The documented facts about a field, an input or a placeholder, apart from its type.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The spec's own sentences.
    pub about: &'a [String],
    /// Its limits.
    pub limits: &'a ValueLimits,
    /// Its default.
    pub default: Option<&'a DefaultValue>,
}

impl Field {
    /// Returns whether an empty list or map is an error for this input.
    #[must_use]
    pub fn is_non_empty(&self) -> bool {
        self.limits.min_items.is_some_and(|least| least > 0)
    }

    /// Returns the facts about its values, or `None` for a constant, which callers do not set.
    #[must_use]
    pub fn facts(&self) -> Option<Facts<'_>> {
        let Self { about, limits, default, fixed, .. } = self;
        fixed.is_none().then_some(Facts { about, limits, default: default.as_ref() })
    }
}

impl PathParam {
    /// Returns the facts about its values.
    #[must_use]
    pub fn facts(&self) -> Facts<'_> {
        let Self { about, limits, default, .. } = self;
        Facts { about, limits, default: default.as_ref() }
    }
}
