//! The first pass over a file: where everything stands, and what YAML can do that the language refuses.

mod events;
mod lexis;
#[cfg(test)]
mod tests;
mod text;

pub(super) use events::{Scan, scan};
pub(super) use lexis::{MODELINE, Offsets};
pub(super) use text::refusal;
