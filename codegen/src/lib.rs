//! Turns `spec/` into the `front-api` crate's generated half.
//!
//! One walk, a module a stage: [`spec`] reads the YAML, [`resolve`] checks it and freezes it as [`ir::Api`], [`emit`] makes
//! Rust items of that, [`render`] prints them, [`sync`] brings the folder in line. Nothing in here prints or exits; what is
//! wrong with the spec comes back as [`problem::Problems`].

pub mod emit;
pub mod ir;
pub mod names;
pub mod problem;
pub mod render;
pub mod resolve;
pub mod spec;
pub mod sync;
