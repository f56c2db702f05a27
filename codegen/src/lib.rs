//! Turns `spec/` into the `front-api` crate's generated half.
//!
//! One walk, a module a stage: [`spec`] reads the YAML, [`resolve`] checks it and freezes it as [`ir::Api`], [`emit`] makes
//! Rust items of that, [`render`] prints them, [`sync`] brings the folder in line. Beside it, [`schema`] tells editors what the
//! spec holds, [`operations`] tells people. Two packages are built on this one: `front-import` and `front-diff`. Nothing in here prints or exits; what is
//! wrong with the spec comes back as [`problem::Problems`].

pub mod emit;
pub mod format;
pub mod generate;
pub mod ir;
pub mod markdown;
pub mod names;
pub mod operations;
pub mod phrase;
pub mod problem;
pub mod render;
pub mod reserved;
pub mod resolve;
pub mod schema;
pub mod source;
pub mod spec;
pub mod sync;
mod targets;
pub mod vocabulary;

pub use generate::{for_tests, generate};
pub use targets::{SCHEMA, Target, targets};
