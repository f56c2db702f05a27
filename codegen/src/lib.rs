//! Generates the generated half of the `front-api` crate from `spec/`.
//!
//! Each stage is one module: [`spec`] reads the YAML, [`resolve`] checks it and creates the [`ir::Api`], [`emit`] creates Rust
//! items from it, [`render`] prints them, and [`sync`] updates the folder. In addition, [`schema`] describes the spec to
//! editors, and [`operations`] to people. Two packages use this one: `front-import` and `front-diff`. Nothing in here prints or
//! exits; errors in the spec are returned as [`problem::Problems`].

pub mod emit;
pub mod format;
pub mod generate;
pub mod ir;
pub mod markdown;
pub mod names;
pub mod operations;
mod parallel;
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
