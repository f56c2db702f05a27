//! The table of answers that the generator writes for tests, of the golden spec: that it compiles is the test.

// The table names the crate that the generator writes for.
extern crate front_golden as front_api;

#[path = "generated/answers.rs"]
mod table;

mod answers {
    use front_api::Page;
    use serde::de::DeserializeOwned;

    /// Whether a text is an answer, where there is one to read.
    pub(crate) struct Reader(pub(crate) Option<fn(&str) -> bool>);

    #[allow(
        clippy::extra_unused_type_parameters,
        reason = "what the table names has to be there and to decode; nothing is read"
    )]
    impl Reader {
        pub(crate) const NOTHING: Self = Self(None);
        pub(crate) const FILE: Self = Self(None);

        pub(crate) const fn one<T: DeserializeOwned>() -> Self {
            Self(Some(|text| serde_json::from_str::<T>(text).is_ok()))
        }

        pub(crate) const fn page<T: DeserializeOwned>() -> Self {
            Self(Some(|text| serde_json::from_str::<Page<T>>(text).is_ok()))
        }
    }
}

#[test]
fn every_operation_is_in_the_table() {
    let known = table::ALL.iter().map(|(operation, _)| operation.name);
    assert!(known.eq(front_api::operations::ALL.iter().map(|operation| operation.name)));
    let page = format!(r#"{{"{}": []}}"#, front_api::service::PAGE_ITEMS_KEY);
    for (operation, reader) in table::ALL {
        let takes = |text: &str| reader.0.is_some_and(|read| read(text));
        assert!(!takes("no JSON"), "{}", operation.name);
        assert!(operation.max_page.is_none() || takes(&page));
    }
}
