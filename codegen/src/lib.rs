//! Turns `spec/` into the `front-api` crate's generated half.
//!
//! One walk, a module a stage: [`spec`] reads the YAML, [`resolve`] checks it and freezes it as [`ir::Api`], [`emit`] makes
//! Rust items of that, [`render`] prints them, [`sync`] brings the folder in line. Beside it, [`schema`] tells editors what the
//! spec holds, [`operations`] tells people, and [`diff`] says what a change of it means. Nothing in here prints or exits; what is
//! wrong with the spec comes back as [`problem::Problems`].

pub mod diff;
pub mod emit;
mod generate;
pub mod import;
pub mod ir;
mod markdown;
pub mod names;
pub mod operations;
pub mod problem;
pub mod render;
pub mod resolve;
pub mod schema;
pub mod spec;
pub mod sync;

pub use generate::{for_tests, generate};
