//! Repairs invalid JSON so that serde_json can read it, and records the changes.
//!
//! It is not used for a valid response. The module repairs what servers, and proxies that cut bodies, are known
//! to send: half a surrogate pair, bytes that are not UTF-8, control characters, and numbers that are out of
//! range. It does not repair other syntax errors, which serde_json reports.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::unexpected::{Step, UnexpectedValue};
use crate::generated::service::{NEXT_PAGE_KEY, PAGE_ITEMS_KEY, PAGINATION_KEY};

/// A body that was repaired.
pub(crate) struct Repaired {
    pub(crate) text: Vec<u8>,
    /// The values that were changed, with their original text.
    pub(crate) found: Vec<UnexpectedValue>,
    /// The path to a duplicate key of a page's envelope. It makes the items, or the next page, ambiguous.
    pub(crate) ambiguous: Option<Vec<Step>>,
}

/// The depth limit of serde_json. It refuses deeper values, so they are not inspected here.
const DEPTH: usize = 128;
/// The maximum number of reported values, so that a hostile body cannot use many times its size in memory.
const MAX_REPORTED: usize = 1000;

/// The keys of a page that must not occur twice.
const ENVELOPE: [&[&str]; 3] =
    [&[PAGE_ITEMS_KEY], &[PAGINATION_KEY], &[PAGINATION_KEY, NEXT_PAGE_KEY]];

fn is_path(path: &[Step], keys: &[&str]) -> bool {
    let is_key =
        |(step, key): (&Step, &&str)| matches!(step, Step::Key(own) if **own == **key);
    path.len() == keys.len() && path.iter().zip(keys).all(is_key)
}

/// Repairs a body.
pub(crate) fn repair(body: &[u8]) -> Repaired {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let mut scanner = Scanner {
        body,
        at: 0,
        copied: 0,
        nesting: Vec::new(),
        repaired: Repaired {
            text: Vec::with_capacity(body.len()),
            found: Vec::new(),
            ambiguous: None,
        },
        room: 64 * 1024 + 2 * body.len(),
    };
    scanner.scan();
    scanner.repaired.text.extend_from_slice(&body[scanner.copied..]);
    scanner.repaired
}

/// Scans the tokens of a body, and copies it.
struct Scanner<'a> {
    body: &'a [u8],
    at: usize,
    /// The number of bytes of the body that were copied.
    copied: usize,
    nesting: Vec<Container>,
    repaired: Repaired,
    /// How many bytes of paths and values may still be reported.
    room: usize,
}

enum Container {
    List {
        index: usize,
    },
    Object {
        /// The key of the current value. `None` where a key comes next.
        key: Option<Box<str>>,
        /// Where the value of each key is.
        values: HashMap<Box<str>, Range<usize>>,
        /// Where the value that is being read begins.
        begin: usize,
    },
}

impl Scanner<'_> {
    fn scan(&mut self) {
        while let Some(&byte) = self.body.get(self.at) {
            if self.nesting.len() > DEPTH {
                return;
            }
            match byte {
                b'"' => self.string(),
                b'-' | b'0'..=b'9' => self.number(),
                b'{' => {
                    self.nesting.push(Container::Object {
                        key: None,
                        values: HashMap::new(),
                        begin: self.at,
                    });
                    self.at += 1;
                }
                b'[' => {
                    self.nesting.push(Container::List { index: 0 });
                    self.at += 1;
                }
                b'}' | b']' => {
                    self.end_value();
                    self.nesting.pop();
                    self.at += 1;
                }
                b',' => {
                    self.end_value();
                    if let Some(Container::List { index }) = self.nesting.last_mut() {
                        *index += 1;
                    }
                    self.at += 1;
                }
                b':' => {
                    self.at += 1;
                    if let Some(Container::Object { begin, .. }) =
                        self.nesting.last_mut()
                    {
                        *begin = self.at;
                    }
                }
                _ => self.at += 1,
            }
        }
    }

    /// Ends a value inside an object, and checks whether its key is a duplicate.
    fn end_value(&mut self) {
        let at = self.at;
        let Some(Container::Object { key, values, begin }) = self.nesting.last_mut()
        else {
            return;
        };
        let Some(key) = key.take() else { return };
        let Some(earlier) = values.insert(key.clone(), *begin..at) else { return };
        if self.is_full() {
            return;
        }
        let mut path = self.path();
        path.push(Step::Key(key));
        self.report(&path, "duplicate key; the last value is used", &self.body[earlier]);
        if ENVELOPE.iter().any(|envelope| is_path(&path, envelope)) {
            self.repaired.ambiguous = Some(path);
        }
    }

    fn is_full(&self) -> bool {
        self.repaired.found.len() >= MAX_REPORTED
    }

    /// Reports a value that was replaced, with its text before.
    fn report(&mut self, path: &[Step], reason: &'static str, json: &[u8]) {
        let keys = path.iter().map(|step| match step {
            Step::Key(key) => key.len(),
            Step::Index(_) => 8,
        });
        let size = keys.sum::<usize>() + json.len();
        if self.repaired.found.len() >= MAX_REPORTED || size > self.room {
            return;
        }
        self.room -= size;
        let json = String::from_utf8_lossy(json).trim().to_owned();
        self.repaired.found.push(UnexpectedValue::replaced(path, reason, json));
    }

    /// The path to the value that is being read.
    fn path(&self) -> Vec<Step> {
        let step = |container: &Container| match container {
            Container::List { index } => Some(Step::Index(*index)),
            Container::Object { key, .. } => key.clone().map(Step::Key),
        };
        self.nesting.iter().filter_map(step).collect()
    }

    fn string(&mut self) {
        let begin = self.at;
        self.at += 1;
        loop {
            match self.body.get(self.at) {
                None => return,
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        let token = &self.body[begin..self.at.min(self.body.len())];
        let fixed = fixed_string(token);
        let is_key =
            matches!(self.nesting.last(), Some(Container::Object { key: None, .. }));
        if is_key {
            let text = fixed.as_ref().map_or(token, |fixed| fixed.text.as_bytes());
            let text = serde_json::from_slice::<String>(text);
            if let (Ok(text), Some(Container::Object { key, .. })) =
                (text, self.nesting.last_mut())
            {
                *key = Some(text.into());
            }
        }
        let Some(fixed) = fixed else { return };
        if fixed.lossy {
            let reason = if is_key {
                "invalid Unicode in the key, replaced by U+FFFD"
            } else {
                "invalid Unicode, replaced by U+FFFD"
            };
            if !self.is_full() {
                self.report(&self.path(), reason, token);
            }
        }
        self.replace(begin, fixed.text.as_bytes());
    }

    fn number(&mut self) {
        let begin = self.at;
        let is_digit =
            |byte: &&u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
        self.at += self.body[begin..].iter().take_while(is_digit).count();
        let Ok(digits) = str::from_utf8(&self.body[begin..self.at]) else { return };
        let Ok(float) = digits.parse::<f64>() else { return };
        let reason = if float.is_infinite() {
            // Not null, which would mean a missing value.
            let text = format!("\"{digits}\"");
            self.replace(begin, text.as_bytes());
            "number out of range, replaced by a string"
        } else if is_integer(digits)
            && digits.parse::<i64>().is_err()
            && digits.parse::<u64>().is_err()
        {
            "an integer beyond 64 bits, rounded to a floating-point number"
        } else {
            return;
        };
        if !self.is_full() {
            self.report(&self.path(), reason, digits.as_bytes());
        }
    }

    /// Replaces the token that ends at the current position.
    fn replace(&mut self, begin: usize, by: &[u8]) {
        self.repaired.text.extend_from_slice(&self.body[self.copied..begin]);
        self.repaired.text.extend_from_slice(by);
        self.copied = self.at.min(self.body.len());
    }
}

fn is_integer(digits: &str) -> bool {
    digits.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit())
}

/// The token of a string that serde_json reads.
struct Fixed {
    text: String,
    /// Whether its text differs from what was sent.
    lossy: bool,
}

/// Fixes the token of a string. Returns `None` where it is valid.
fn fixed_string(token: &[u8]) -> Option<Fixed> {
    let text = String::from_utf8_lossy(token);
    let mut lossy = matches!(text, Cow::Owned(_));
    let mut changed = lossy;
    let mut fixed = String::with_capacity(token.len());
    let mut rest = &*text;
    while let Some(at) = rest.find(|c: char| c == '\\' || c < ' ') {
        fixed.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = if let Some(unit) = escaped_unit(rest) {
            let pair = matches!(unit, 0xd800..0xdc00)
                && rest
                    .get(6..)
                    .and_then(escaped_unit)
                    .is_some_and(|unit| matches!(unit, 0xdc00..0xe000));
            if matches!(unit, 0xd800..0xe000) && !pair {
                fixed.push_str("\\ufffd");
                (changed, lossy) = (true, true);
            } else {
                fixed.push_str(&rest[..if pair { 12 } else { 6 }]);
            }
            if pair { 12 } else { 6 }
        } else if let Some(escaped) = rest.strip_prefix('\\') {
            // The backslash and the character that it escapes, which may be another backslash.
            let taken = 1 + escaped.chars().next().map_or(0, char::len_utf8);
            fixed.push_str(&rest[..taken]);
            taken
        } else {
            fixed.push_str(&format!("\\u{:04x}", rest.as_bytes()[0]));
            changed = true;
            1
        };
        rest = &rest[taken..];
    }
    fixed.push_str(rest);
    changed.then_some(Fixed { text: fixed, lossy })
}

/// Returns the escaped UTF-16 unit at the beginning of a text: `\ud83d`.
fn escaped_unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    // `from_str_radix` would accept a sign.
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then_some(())?;
    u16::from_str_radix(digits, 16).ok()
}
