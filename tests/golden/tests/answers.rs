//! The generated table of responses for the golden spec compiles.

// The generated table uses the crate name `front_api`.
extern crate front_golden as front_api;

#[path = "generated/answers.rs"]
mod table;

mod answers {
    use front_api::Page;
    use serde::de::DeserializeOwned;

    /// Returns whether a text is a valid response. `None` if the response has no JSON.
    pub(crate) struct Reader(pub(crate) Option<fn(&str) -> bool>);

    #[allow(
        clippy::extra_unused_type_parameters,
        reason = "the types must exist and implement `Deserialize`; nothing is decoded"
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
        let accepts = |text: &str| reader.0.is_some_and(|read| read(text));
        assert!(!accepts("no JSON"), "{}", operation.name);
        assert!(operation.max_page.is_none() || accepts(&page));
    }
}
