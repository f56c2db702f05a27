//! The table of calls that the generator writes for tests, of the golden spec: that it compiles is the test.

// The table names the crate that the generator writes for.
extern crate front_golden as front_api;

#[allow(deprecated, reason = "what is deprecated is called as well")]
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

/// Filters, and lists of which Front takes no empty one.
#[test]
fn empty_lists_are_tried_where_they_are_refused() {
    let keys =
        table::EMPTY.iter().flat_map(|(_, calls)| calls.iter().map(|call| call.0));
    assert_eq!(keys.collect::<Vec<_>>(), ["watcher_ids", "colors", "q[owners][]"]);
}
