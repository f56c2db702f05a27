//! What the generator makes of `tests/golden/spec`, on the real runtime: that this compiles is the test.
//!
//! `generated/` is compared and rewritten by `codegen/tests/golden.rs`.

#![allow(unexpected_cfgs, reason = "the runtime's features are front-api's")]

#[allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    rustdoc::broken_intra_doc_links,
    reason = "the runtime belongs to front-api and is checked there"
)]
#[path = "../../../front-api/src/rt/mod.rs"]
mod rt;

#[deny(warnings)]
#[allow(deprecated)]
mod generated;

pub use generated::*;
pub use rt::*;
