//! Decodes a response with invalid values. Removes these values and reports them.
//!
//! A response is first decoded directly into its type. For almost every response, that is all. Only when that
//! fails, [`read`] decodes it again:
//!
//! 1. [`repair`] makes the bytes valid JSON: invalid Unicode, numbers out of range.
//! 2. [`decode_tolerantly`] decodes the value. It removes an invalid value inside it and decodes again, at most
//!    [`ATTEMPTS`] times. A page does this for each of its items.
//!
//! A union keeps what it cannot decode, so its deserializer does not fail, and no path leads to the invalid
//! value. While a response is decoded, a union therefore fails where removing a value inside it would help
//! ([`inside_case`], [`blame`]). Decoders do not accept arguments, so this state is kept per thread while a
//! decoder runs.

use std::cell::{Cell, RefCell};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Deserializer, Path, Segment, Track};

use super::decode::without_values;
use super::repair::{self, Repaired};
use super::unexpected::{JsonPath, Step, UnexpectedValue};

/// How often a value is decoded at most. Each attempt removes one more invalid value.
const ATTEMPTS: usize = 17;
/// The error message of a union that makes the client decode the response again.
pub(crate) const UNION_FAILED: &str = "the content of a case does not decode";
/// The number of values that are removed inside a list. If more are invalid, the whole list is removed.
const CROWD: usize = 8;

#[derive(Clone, Copy, Eq, PartialEq)]
enum Mode {
    /// Invalid values are not removed: a type is decoded completely or not at all.
    Plain,
    /// An invalid value is an error, so that the response is decoded again.
    Strict,
    /// Invalid values are removed and collected.
    Tolerant,
}

/// The state that the decoders of a thread share.
#[derive(Default)]
struct Reading {
    /// The path to the invalid value inside a union that failed, and the reason.
    blamed: Option<InvalidValue>,
    /// The path to the value that is being decoded.
    at: Vec<Step>,
    found: Vec<UnexpectedValue>,
}

thread_local! {
    static MODE: Cell<Mode> = const { Cell::new(Mode::Plain) };
    static INEXACT: Cell<bool> = const { Cell::new(false) };
    static READING: RefCell<Reading> =
        const { RefCell::new(Reading { blamed: None, at: Vec::new(), found: Vec::new() }) };
}

/// Accesses the state. Do not run a decoder inside `f`: it would access the state while it is borrowed.
fn state<R>(f: impl FnOnce(&mut Reading) -> R) -> R {
    READING.with_borrow_mut(f)
}

/// An invalid value: its path inside the decoded value, and the reason.
#[derive(Clone)]
pub(crate) struct InvalidValue {
    pub(crate) path: Vec<Step>,
    pub(crate) reason: String,
}

/// Sets the mode until it is dropped, also if a decoder panics. It keeps the state of an outer decode and restores
/// it: the decoder of a user may make a call itself.
struct ModeGuard {
    mode: Mode,
    inexact: bool,
    reading: Reading,
}

impl ModeGuard {
    fn start(mode: Mode) -> Self {
        Self {
            mode: MODE.replace(mode),
            inexact: INEXACT.replace(false),
            reading: state(std::mem::take),
        }
    }
}

impl Drop for ModeGuard {
    fn drop(&mut self) {
        MODE.set(self.mode);
        INEXACT.set(self.inexact);
        let reading = std::mem::take(&mut self.reading);
        state(|state| *state = reading);
    }
}

/// Runs the first decode. Also returns whether a value was not read exactly as it was sent, see [`inexact`].
pub(crate) fn strictly<T>(decode: impl FnOnce() -> T) -> (T, bool) {
    let session = ModeGuard::start(Mode::Strict);
    let result = decode();
    let inexact = INEXACT.get();
    drop(session);
    (result, inexact)
}

/// Records that a value was not read exactly: an integer beyond 64 bits, or one value of a duplicate key.
pub(crate) fn inexact() {
    INEXACT.set(true);
}

/// Returns whether a response is being decoded. Otherwise a user decodes a type, from any format.
pub(crate) fn is_reading() -> bool {
    MODE.get() != Mode::Plain
}

/// Runs the second decode.
///
/// # Errors
///
/// If the body is not JSON (`None`), or if the invalid value cannot be removed.
pub(crate) fn read<T: DeserializeOwned>(
    body: &[u8],
) -> Result<(T, Vec<UnexpectedValue>), Option<InvalidValue>> {
    let Repaired { text, found, ambiguous } = repair::repair(body);
    let json: Value = serde_json::from_slice(&text).map_err(|_| None)?;
    if let Some(path) = ambiguous {
        return Err(Some(InvalidValue { path, reason: "duplicate key".to_owned() }));
    }
    let _session = ModeGuard::start(Mode::Tolerant);
    state(|reading| reading.found = found);
    let value = decode_tolerantly(&json).map_err(Some)?;
    Ok((value, state(|reading| std::mem::take(&mut reading.found))))
}

/// Returns the path to the syntax error in a body. `None` where it is at the root.
pub(crate) fn syntax_error_path(body: &[u8]) -> Option<String> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let error = serde_path_to_error::deserialize::<_, Value>(&mut json).err()?;
    InvalidValue { path: steps(error.path()), reason: String::new() }.path()
}

/// Decodes a value without the invalid values inside it. Reports the removed values.
///
/// # Errors
///
/// Returns the first invalid value, if it is the value itself, or if too many values inside it are invalid.
fn decode_tolerantly<T: DeserializeOwned>(json: &Value) -> Result<T, InvalidValue> {
    let before = state(|reading| reading.found.len());
    let mut rest = None;
    let mut removed: Vec<InvalidValue> = Vec::new();
    let mut first = None;
    for _ in 0..ATTEMPTS {
        state(|reading| reading.found.truncate(before));
        let mut invalid_value = match decode::<T>(rest.as_ref().unwrap_or(json)) {
            Ok(value) => {
                report(json, removed);
                return Ok(value);
            }
            Err(invalid_value) => invalid_value,
        };
        first.get_or_insert_with(|| invalid_value.clone());
        let rest = rest.get_or_insert_with(|| json.clone());
        if invalid_value.path.is_empty() || !remove(rest, &invalid_value.path) {
            break;
        }
        let mut path = original(&invalid_value.path, &removed);
        if let Some(list) = crowded(&path, &removed) {
            path.truncate(list);
            invalid_value.path.truncate(list);
            invalid_value.reason = "too many invalid values in the list".to_owned();
            remove(rest, &invalid_value.path);
        }
        // The removed value contains the values that were removed inside it earlier.
        removed.retain(|earlier| !earlier.path.starts_with(&path));
        removed.push(InvalidValue { path, ..invalid_value });
    }
    state(|reading| reading.found.truncate(before));
    // A union may have failed inside a type that hides its path. In the plain mode, a union keeps the content that
    // it cannot decode, so that the value may be complete.
    let mode = MODE.replace(Mode::Plain);
    let complete = T::deserialize(json);
    MODE.set(mode);
    complete.map_err(|_| {
        first.unwrap_or_else(|| InvalidValue { path: Vec::new(), reason: String::new() })
    })
}

/// Decodes a value, or returns the invalid value inside it.
fn decode<'de, T: Deserialize<'de>>(json: &'de Value) -> Result<T, InvalidValue> {
    state(|reading| reading.blamed = None);
    let mut track = Track::new();
    T::deserialize(Deserializer::new(json, &mut track)).map_err(|error| {
        let mut path = steps(&track.path());
        // A decoder may have caught the error of a union, and have failed with another one.
        let blamed = state(|reading| reading.blamed.take());
        let reason = match blamed.filter(|_| error.to_string() == UNION_FAILED) {
            Some(below) => {
                path.extend(below.path);
                below.reason
            }
            None => without_values(&error),
        };
        InvalidValue { path, reason }
    })
}

/// Returns the keys and indices at the beginning of a path.
fn steps(path: &Path) -> Vec<Step> {
    let step = |segment: &Segment| match segment {
        Segment::Seq { index } => Some(Step::Index(*index)),
        Segment::Map { key } => Some(Step::Key(key.as_str().into())),
        Segment::Enum { .. } | Segment::Unknown => None,
    };
    path.iter().map_while(step).collect()
}

fn follow<'a>(json: &'a Value, path: &[Step]) -> Option<&'a Value> {
    path.iter().try_fold(json, |json, step| match step {
        Step::Key(key) => json.get(&**key),
        Step::Index(index) => json.get(index),
    })
}

fn remove(json: &mut Value, path: &[Step]) -> bool {
    let Some((last, parents)) = path.split_last() else { return false };
    let parent = parents.iter().try_fold(json, |json, step| match step {
        Step::Key(key) => json.get_mut(&**key),
        Step::Index(index) => json.get_mut(index),
    });
    match (parent, last) {
        (Some(Value::Object(entries)), Step::Key(key)) => {
            entries.remove(&**key).is_some()
        }
        (Some(Value::Array(items)), Step::Index(index)) if *index < items.len() => {
            items.remove(*index);
            true
        }
        _ => false,
    }
}

/// Returns the path that a value had before elements of lists were removed.
fn original(path: &[Step], removed: &[InvalidValue]) -> Vec<Step> {
    let mut original: Vec<Step> = Vec::with_capacity(path.len());
    for step in path {
        let step = match step {
            Step::Index(index) => {
                let mut removed: Vec<usize> = removed
                    .iter()
                    .filter_map(|invalid_value| {
                        match invalid_value.path.strip_prefix(&*original) {
                            Some([Step::Index(index)]) => Some(*index),
                            _ => None,
                        }
                    })
                    .collect();
                removed.sort_unstable();
                let shift =
                    |index, removed| if removed <= index { index + 1 } else { index };
                Step::Index(removed.into_iter().fold(*index, shift))
            }
            key => key.clone(),
        };
        original.push(step);
    }
    original
}

/// Returns the length of the path to a list with too many invalid values. A list whose elements all have another
/// form would use all attempts. The outermost value is never such a list.
fn crowded(path: &[Step], removed: &[InvalidValue]) -> Option<usize> {
    (1..path.len()).rev().find(|&length| {
        let (list, rest) = path.split_at(length);
        let inside =
            |invalid_value: &&InvalidValue| invalid_value.path.starts_with(list);
        matches!(rest, [Step::Index(_), ..])
            && removed.iter().filter(inside).count() >= CROWD
    })
}

fn report(json: &Value, removed: Vec<InvalidValue>) {
    state(|reading| {
        for InvalidValue { path, reason } in removed {
            let json = follow(json, &path).map(Value::to_string).unwrap_or_default();
            let path = [reading.at.as_slice(), &path].concat();
            reading.found.push(UnexpectedValue::removed(&path, reason, json));
        }
    });
}

/// The decoded items of a page.
pub(crate) struct Items<T> {
    pub(crate) decoded: Vec<T>,
    /// The elements that cannot be decoded, with their positions.
    pub(crate) others: Vec<(usize, Value, InvalidValue)>,
}

/// Decodes the items of a page separately: an item that cannot be decoded does not affect the others.
pub(crate) fn items<T: DeserializeOwned>(key: &str, items: Vec<Value>) -> Items<T> {
    let mut all = Items { decoded: Vec::with_capacity(items.len()), others: Vec::new() };
    for (index, json) in items.into_iter().enumerate() {
        let at = vec![Step::Key(key.into()), Step::Index(index)];
        let outer = state(|reading| std::mem::replace(&mut reading.at, at));
        match decode_tolerantly(&json) {
            Ok(item) => all.decoded.push(item),
            Err(invalid_value) => {
                let path = invalid_value.path();
                let reason = &*invalid_value.reason;
                tracing::warn!(
                    index,
                    path,
                    reason,
                    "failed to decode an item of a page"
                );
                all.others.push((index, json, invalid_value));
            }
        }
        state(|reading| reading.at = outer);
    }
    all
}

/// Returns whether items are decoded with [`items`].
pub(crate) fn is_tolerant() -> bool {
    MODE.get() == Mode::Tolerant
}

/// Decodes a value for which there is a fallback.
///
/// # Errors
///
/// Returns why the value cannot be decoded, or [`FallbackError::Again`] if the response must be decoded again.
pub(crate) fn attempt<T: DeserializeOwned>(json: &Value) -> Result<T, FallbackError> {
    match MODE.get() {
        Mode::Tolerant => decode_tolerantly(json).map_err(FallbackError::Final),
        mode => T::deserialize(json).map_err(|error| {
            if mode == Mode::Strict {
                return FallbackError::Again;
            }
            let invalid_value = decode::<T>(json).err();
            let path = invalid_value
                .map(|invalid_value| invalid_value.path)
                .unwrap_or_default();
            FallbackError::Final(InvalidValue { path, reason: without_values(&error) })
        }),
    }
}

/// Why a value for which there is a fallback cannot be decoded.
pub(crate) enum FallbackError {
    /// The value is invalid: the fallback applies.
    Final(InvalidValue),
    /// The second decode, which is tolerant, may succeed. Returning an error causes it.
    Again,
}

/// Decodes the content of a union's case. If that fails, records the invalid value for [`blame`].
pub(crate) fn inside_case<T: DeserializeOwned>(content: &Value) -> Option<T> {
    let value = T::deserialize(content);
    if value.is_err() && is_reading() {
        let invalid_value = decode::<T>(content).err();
        state(|reading| reading.blamed = invalid_value);
    }
    value.ok()
}

/// Returns whether the decoding of a union must fail, because its case becomes valid when the invalid value
/// inside it is removed. `key` is the key of the case's content.
pub(crate) fn blame(key: Option<&str>) -> bool {
    // Outside a response nothing is recorded, and a thread that is ending has no state.
    if !is_reading() {
        return false;
    }
    state(|reading| match &mut reading.blamed {
        Some(invalid_value) if !invalid_value.path.is_empty() => {
            invalid_value.path.splice(0..0, key.map(|key| Step::Key(key.into())));
            true
        }
        blamed => {
            *blamed = None;
            false
        }
    })
}

impl InvalidValue {
    /// Returns the path as text. `None` where the whole value is invalid.
    pub(crate) fn path(&self) -> Option<String> {
        (!self.path.is_empty()).then(|| JsonPath(&self.path).to_string())
    }
}
