//! What Front takes of a value, and what it takes where there is none.

use super::{Field, Fixed, PathParam};

/// What values of an input or a field may be, beside their type. A bound that is not known is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ValueLimits {
    /// Characters at most.
    pub max_length: Option<u64>,
    /// Items at least, of a list or a map.
    pub min_items: Option<u64>,
    /// Items at most, of a list or a map.
    pub max_items: Option<u64>,
    /// The smallest number.
    pub minimum: Option<i64>,
    /// The largest number.
    pub maximum: Option<i64>,
    /// The integers that Front takes; empty: those that the other limits let through.
    pub allowed: Vec<i64>,
}

/// What Front takes for an input that is left out.
#[derive(Debug, Clone, PartialEq)]
pub struct DefaultValue {
    /// As the spec says it: a value, or words such as `the channel's own`.
    pub text: String,
    /// The value, where values of the type have a form that a text can be held against: booleans, integers, enumerations and
    /// null.
    pub value: Option<Fixed>,
}

/// Why a call should not be used any more, and what to use instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deprecation {
    /// Why, as a sentence.
    pub reason: String,
    /// What to call instead.
    pub replaced_by: Option<super::EndpointId>,
}

impl ValueLimits {
    /// Whether nothing is known to limit values.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What can be said of a value beside its type: of a field, an input or a placeholder.
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
    /// Whether an empty list or map is refused where it is an input.
    #[must_use]
    pub fn is_non_empty(&self) -> bool {
        self.limits.min_items.is_some_and(|least| least > 0)
    }

    /// What is known of its values. Nothing is said of a constant, which nobody sets.
    #[must_use]
    pub fn facts(&self) -> Option<Facts<'_>> {
        let Self { about, limits, default, fixed, .. } = self;
        fixed.is_none().then_some(Facts { about, limits, default: default.as_ref() })
    }
}

impl PathParam {
    /// What is known of its values.
    #[must_use]
    pub fn facts(&self) -> Facts<'_> {
        let Self { about, limits, default, .. } = self;
        Facts { about, limits, default: default.as_ref() }
    }
}
