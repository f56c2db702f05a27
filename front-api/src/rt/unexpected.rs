//! Values of a response that could not be decoded as Front sent them, and where they were.

use std::borrow::Cow;
use std::fmt;

/// A step from a JSON value to one inside it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Step {
    Key(Box<str>),
    Index(usize),
}

/// The steps from the root of a response to a value, written like `_results[3].author`.
#[derive(Clone, Copy)]
pub(crate) struct JsonPath<'a>(pub(crate) &'a [Step]);

impl fmt::Display for JsonPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if !is_plain(key) => write_quoted(f, key)?,
                Step::Key(key) if position == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// The maximum length of a key in a path, in bytes.
const LONGEST: usize = 80;

/// Returns whether a key can be written without quotes.
fn is_plain(key: &str) -> bool {
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '\u{fffd}');
    (1..=LONGEST).contains(&key.len()) && key.chars().all(is_plain)
}

/// Writes a key like `["a.b"]`, on one line and not too long.
fn write_quoted(f: &mut fmt::Formatter<'_>, key: &str) -> fmt::Result {
    let end = key.char_indices().map(|(at, _)| at).find(|at| *at > LONGEST);
    let more = if end.is_some() { ".." } else { "" };
    write!(f, "[\"{}{more}\"]", key[..end.unwrap_or(key.len())].escape_debug())
}

/// A value of a response that this version could not decode as Front sent it. The rest of the response
/// was decoded.
///
/// [`Meta::unexpected_values`](crate::Meta::unexpected_values) lists them. There are two kinds: a value
/// that was [removed](Self::is_removed), because its type does not accept it, and a value that was
/// replaced by the nearest one that can be represented:
///
/// - invalid Unicode in a string by U+FFFD
/// - an integer beyond 64 bits by the nearest floating-point number
/// - a number that no 64-bit type holds, such as `1e400`, by a string with its digits
/// - the earlier values of a duplicate key by the last one
///
/// Not listed are an id that is a number, which is read as its digits, a case of a union whose content does
/// not have the expected form, which is kept whole as `Unknown`, and an item of a list that cannot be decoded
/// at all, which is in [`Page::undecodable`](crate::Page::undecodable).
///
/// At most 16 values are removed from an item, or from a response that is not a list. If a list contains more
/// than eight invalid values, the whole list is removed.
///
/// `Debug` omits the value, which may be customer text.
///
/// ```no_run
/// # async fn example(front: front_api::Client, id: front_api::messages::MessageId)
/// # -> Result<(), front_api::Error> {
/// let (message, meta) = front.messages().get(&id).send().with_meta().await?;
/// for value in meta.unexpected_values() {
///     eprintln!("{}: {} ({} bytes)", value.path(), value.reason(), value.json().len());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq)]
pub struct UnexpectedValue {
    path: Box<str>,
    reason: Cow<'static, str>,
    json: Box<str>,
    removed: bool,
}

impl UnexpectedValue {
    pub(crate) fn removed(
        path: &[Step],
        reason: impl Into<Cow<'static, str>>,
        json: impl Into<Box<str>>,
    ) -> Self {
        let path = JsonPath(path).to_string().into();
        Self { path, reason: reason.into(), json: json.into(), removed: true }
    }

    pub(crate) fn replaced(
        path: &[Step],
        reason: &'static str,
        json: impl Into<Box<str>>,
    ) -> Self {
        Self { removed: false, ..Self::removed(path, reason, json) }
    }

    /// Returns the path to the value in the response: `_results[3].attachments[0]`. An index counts the elements
    /// that Front sent.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns why the value could not be decoded, without the value: `expected a string`.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns the value as JSON. A number or a string that was replaced is as Front sent it, except for bytes
    /// that are not UTF-8.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }

    /// Returns whether the decoded response lacks the value. Otherwise it contains the nearest value that can be
    /// represented.
    #[must_use]
    pub fn is_removed(&self) -> bool {
        self.removed
    }
}

impl fmt::Debug for UnexpectedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnexpectedValue")
            .field("path", &self.path())
            .field("reason", &self.reason())
            .field("removed", &self.removed)
            .finish_non_exhaustive()
    }
}
