//! The first pass over a file: records every position, and rejects YAML features that the language does not have.

mod events;
mod lexis;
mod parser_errors;
#[cfg(test)]
mod tests;
mod text;

pub(super) use events::{Scan, scan};
pub(super) use lexis::{MODELINE, Offsets};
pub(super) use text::refusal;
