//! Decodes a response with invalid values. Removes these values and reports them.
//!
//! A response is first decoded directly into its type. For almost every response, that is all. Only when that
//! fails, [`read`] decodes it again:
//!
//! 1. [`repair`] makes the bytes valid JSON: invalid Unicode, numbers out of range.
//! 2. [`settle`] decodes the value. It removes an invalid value inside it and decodes again, at most
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
/// How many values inside one list are removed, before the list is.
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
struct Reading {
    mode: Cell<Mode>,
    rounded: Cell<bool>,
    /// The path to the invalid value inside a union that failed, and the reason.
    blamed: RefCell<Option<Misfit>>,
    /// The path to the value that is being settled.
    at: RefCell<Vec<Step>>,
    found: RefCell<Vec<UnexpectedValue>>,
}

thread_local! {
    static READING: Reading = const {
        Reading {
            mode: Cell::new(Mode::Plain),
            rounded: Cell::new(false),
            blamed: RefCell::new(None),
            at: RefCell::new(Vec::new()),
            found: RefCell::new(Vec::new()),
        }
    };
}

/// An invalid value: its path inside the decoded value, and the reason.
#[derive(Clone)]
pub(crate) struct Misfit {
    pub(crate) path: Vec<Step>,
    pub(crate) reason: String,
}

/// Sets the mode until it is dropped, also where a decoder panics.
struct Session(Mode);

impl Session {
    fn start(mode: Mode) -> Self {
        READING.with(|reading| {
            reading.rounded.set(false);
            Self(reading.mode.replace(mode))
        })
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        READING.with(|reading| {
            reading.mode.set(self.0);
            if self.0 == Mode::Plain {
                reading.blamed.take();
                reading.at.take();
                reading.found.take();
            }
        });
    }
}

/// The first decode. Also says whether an integer beyond 64 bits was rounded.
pub(crate) fn strictly<T>(decode: impl FnOnce() -> T) -> (T, bool) {
    let session = Session::start(Mode::Strict);
    let result = decode();
    let rounded = READING.with(|reading| reading.rounded.get());
    drop(session);
    (result, rounded)
}

/// Notes that an integer beyond 64 bits became a floating-point number.
pub(crate) fn rounded() {
    READING.with(|reading| reading.rounded.set(true));
}

/// The second decode.
///
/// # Errors
///
/// If the body is not JSON (`None`), or if the invalid value cannot be removed.
pub(crate) fn read<T: DeserializeOwned>(
    body: &[u8],
) -> Result<(T, Vec<UnexpectedValue>), Option<Misfit>> {
    let Repaired { text, found, removed } = repair::repair(body);
    let mut json: Value = serde_json::from_slice(&text).map_err(|_| None)?;
    for path in removed {
        // In a list, the null in its place keeps the indices of the following elements.
        if matches!(path.last(), Some(Step::Key(_))) {
            remove(&mut json, &path);
        }
    }
    let _session = Session::start(Mode::Tolerant);
    READING.with(|reading| *reading.found.borrow_mut() = found);
    let value = settle(&json).map_err(Some)?;
    Ok((value, READING.with(|reading| reading.found.take())))
}

/// Returns the path to the syntax error in a body. `None` where it is at the root.
pub(crate) fn syntax_error_path(body: &[u8]) -> Option<String> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let error = serde_path_to_error::deserialize::<_, Value>(&mut json).err()?;
    Misfit { path: steps(error.path()), reason: String::new() }.path()
}

/// Decodes a value without the invalid values inside it. Reports the removed values.
///
/// # Errors
///
/// The first misfit, where the value itself does not fit, or too much inside it.
fn settle<T: DeserializeOwned>(json: &Value) -> Result<T, Misfit> {
    let before = READING.with(|reading| reading.found.borrow().len());
    let mut rest = None;
    let mut removed: Vec<Misfit> = Vec::new();
    let mut first = None;
    for _ in 0..ATTEMPTS {
        READING.with(|reading| reading.found.borrow_mut().truncate(before));
        let mut misfit = match decode::<T>(rest.as_ref().unwrap_or(json)) {
            Ok(value) => {
                report(json, removed);
                return Ok(value);
            }
            Err(misfit) => misfit,
        };
        let first = first.get_or_insert_with(|| misfit.clone());
        let rest = rest.get_or_insert_with(|| json.clone());
        if misfit.path.is_empty() || !remove(rest, &misfit.path) {
            return Err(first.clone());
        }
        let mut path = original(&misfit.path, &removed);
        if let Some(list) = crowded(&path, &removed) {
            path.truncate(list);
            misfit.path.truncate(list);
            misfit.reason = "too many values inside the list do not fit".to_owned();
            remove(rest, &misfit.path);
        }
        // The value contains again what was removed inside it earlier.
        removed.retain(|earlier| !earlier.path.starts_with(&path));
        removed.push(Misfit { path, ..misfit });
    }
    READING.with(|reading| reading.found.borrow_mut().truncate(before));
    Err(first.unwrap_or_else(|| Misfit { path: Vec::new(), reason: String::new() }))
}

/// Decodes a value, or returns the invalid value inside it.
fn decode<'de, T: Deserialize<'de>>(json: &'de Value) -> Result<T, Misfit> {
    READING.with(|reading| reading.blamed.take());
    let mut track = Track::new();
    T::deserialize(Deserializer::new(json, &mut track)).map_err(|error| {
        let mut path = steps(&track.path());
        let reason = match READING.with(|reading| reading.blamed.take()) {
            Some(below) => {
                path.extend(below.path);
                below.reason
            }
            None => without_values(&error),
        };
        Misfit { path, reason }
    })
}

/// As far as a path leads to a value by keys and indices.
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

/// The path to what a path leads to now, before elements of lists were removed.
fn original(path: &[Step], removed: &[Misfit]) -> Vec<Step> {
    let mut original: Vec<Step> = Vec::with_capacity(path.len());
    for step in path {
        let step = match step {
            Step::Index(index) => {
                let mut gone: Vec<usize> = removed
                    .iter()
                    .filter_map(|misfit| match misfit.path.strip_prefix(&*original) {
                        Some([Step::Index(gone)]) => Some(*gone),
                        _ => None,
                    })
                    .collect();
                gone.sort_unstable();
                let shift = |index, gone| if gone <= index { index + 1 } else { index };
                Step::Index(gone.into_iter().fold(*index, shift))
            }
            key => key.clone(),
        };
        original.push(step);
    }
    original
}

/// The list inside of which too many values do not fit, as the length of its path: a list whose elements all
/// have another form would use up every attempt. The outermost value is never one.
fn crowded(path: &[Step], removed: &[Misfit]) -> Option<usize> {
    (1..path.len()).rev().find(|&length| {
        let (list, rest) = path.split_at(length);
        let inside = |misfit: &&Misfit| misfit.path.starts_with(list);
        matches!(rest, [Step::Index(_), ..])
            && removed.iter().filter(inside).count() >= CROWD
    })
}

fn report(json: &Value, removed: Vec<Misfit>) {
    READING.with(|reading| {
        let at = reading.at.borrow();
        let mut found = reading.found.borrow_mut();
        for Misfit { path, reason } in removed {
            let json = follow(json, &path).map(Value::to_string).unwrap_or_default();
            let path = [at.as_slice(), &path].concat();
            found.push(UnexpectedValue::removed(&path, reason, json));
        }
    });
}

/// What becomes of the items of a page.
pub(crate) struct Items<T> {
    pub(crate) decoded: Vec<T>,
    /// The elements that cannot be decoded, with their positions.
    pub(crate) others: Vec<(usize, Value, Misfit)>,
}

/// Decodes the items of a page separately: an item that cannot be decoded does not affect the others.
pub(crate) fn items<T: DeserializeOwned>(key: &str, items: Vec<Value>) -> Items<T> {
    let mut all = Items { decoded: Vec::with_capacity(items.len()), others: Vec::new() };
    for (index, json) in items.into_iter().enumerate() {
        let at = vec![Step::Key(key.into()), Step::Index(index)];
        let outer = READING.with(|reading| reading.at.replace(at));
        match settle(&json) {
            Ok(item) => all.decoded.push(item),
            Err(misfit) => {
                let path = misfit.path();
                let reason = &*misfit.reason;
                tracing::warn!(index, path, reason, "an item of a page does not decode");
                all.others.push((index, json, misfit));
            }
        }
        READING.with(|reading| reading.at.replace(outer));
    }
    all
}

/// Whether items are to be read by [`items`].
pub(crate) fn is_tolerant() -> bool {
    READING.with(|reading| reading.mode.get() == Mode::Tolerant)
}

/// Reads a value that has another form to fall back on.
///
/// # Errors
///
/// Why it does not decode, which is final, unless `again` is set: then the response is to be read again.
pub(crate) fn attempt<T: DeserializeOwned>(json: &Value) -> Result<T, Attempt> {
    match READING.with(|reading| reading.mode.get()) {
        Mode::Tolerant => settle(json).map_err(Attempt::Final),
        mode => T::deserialize(json).map_err(|error| {
            if mode == Mode::Strict {
                return Attempt::Again;
            }
            let misfit = decode::<T>(json).err();
            let path = misfit.map(|misfit| misfit.path).unwrap_or_default();
            Attempt::Final(Misfit { path, reason: without_values(&error) })
        }),
    }
}

/// Why a value that has another form to fall back on does not decode.
pub(crate) enum Attempt {
    /// It never will.
    Final(Misfit),
    /// It may, when the response is decoded tolerantly. An error causes that.
    Again,
}

/// Decodes the content of a union's case. If that fails, records the invalid value for [`blame`].
pub(crate) fn inside_case<T: DeserializeOwned>(content: &Value) -> Option<T> {
    let value = T::deserialize(content);
    if value.is_err() && READING.with(|reading| reading.mode.get() != Mode::Plain) {
        let misfit = decode::<T>(content).err();
        READING.with(|reading| reading.blamed.replace(misfit));
    }
    value.ok()
}

/// Returns whether the decoding of a union must fail, because its case becomes valid when the invalid value
/// inside it is removed. `key` is the key of the case's content.
pub(crate) fn blame(key: Option<&str>) -> bool {
    READING.with(|reading| {
        let Some(mut misfit) = reading.blamed.take() else { return false };
        if misfit.path.is_empty() {
            return false;
        }
        misfit.path.splice(0..0, key.map(|key| Step::Key(key.into())));
        reading.blamed.replace(Some(misfit));
        true
    })
}

impl Misfit {
    /// The path as text; none where it is the whole value.
    pub(crate) fn path(&self) -> Option<String> {
        (!self.path.is_empty()).then(|| JsonPath(&self.path).to_string())
    }
}
