//! The generated table of calls for the golden spec compiles.

// The generated table uses the crate name `front_api`.
extern crate front_golden as front_api;

#[allow(deprecated, reason = "deprecated methods are called as well")]
#[path = "generated/calls.rs"]
mod table;

mod calls {
    use front_api::Error;

    /// A call that is never sent.
    pub(crate) struct Sent;

    impl Sent {
        pub(crate) fn call<T>(_: impl Future<Output = Result<T, Error>>) -> Self {
            Self
        }
    }
}

#[test]
fn every_operation_is_in_the_table() {
    let known = table::ALL.iter().map(|(operation, _)| operation.name);
    assert!(known.eq(front_api::operations::ALL.iter().map(|operation| operation.name)));
}

/// The table contains filters, and lists that must not be empty.
#[test]
fn the_table_contains_lists_that_must_not_be_empty() {
    let keys =
        table::EMPTY.iter().flat_map(|(_, calls)| calls.iter().map(|call| call.0));
    assert_eq!(keys.collect::<Vec<_>>(), ["watcher_ids", "colors", "q[owners][]"]);
}
