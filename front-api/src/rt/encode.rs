//! Encodes paths and query strings.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The characters that are encoded in a path segment. `:` is not, so that aliases stay readable.
const SEGMENT: &AsciiSet = &QUERY.remove(b':');
/// The characters that are encoded in a query string. A space becomes `%20`, never `+`.
const QUERY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Replaces the placeholders of a path, each with one segment. Returns the reason if a value is invalid.
pub(crate) fn path(template: &str, values: &[Box<str>]) -> Result<String, String> {
    let mut values = values.iter();
    let mut path = String::with_capacity(template.len() + 32);
    for segment in template.split('/').skip(1) {
        path.push('/');
        match placeholder(segment) {
            None => path.push_str(segment),
            Some(name) => {
                let value = values.next().map_or("", |value| value);
                match value {
                    "" => {
                        return Err(format!(
                            "invalid `{name}`: it is empty, which would change the path"
                        ));
                    }
                    // Percent-encoding does not help: servers and proxies read `%2e` as a dot.
                    "." | ".." => {
                        return Err(format!(
                            "invalid `{name}`: it is `{value}`, which would change the path"
                        ));
                    }
                    _ => path.extend(utf8_percent_encode(value, SEGMENT)),
                }
            }
        }
    }
    Ok(path)
}

/// Returns the name in `{name}`.
pub(crate) fn placeholder(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// Returns a query string: `a=b&c=d`.
pub(crate) fn query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut query = String::new();
    for (key, value) in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        query.extend(utf8_percent_encode(key, QUERY));
        query.push('=');
        query.extend(utf8_percent_encode(value, QUERY));
    }
    query
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    use super::*;

    fn decoded(text: &str) -> String {
        percent_decode_str(text).decode_utf8().expect("utf-8").into_owned()
    }

    #[test]
    fn replaces_placeholders_in_order() {
        let values = ["alt:email:a+b@c.d/e".into(), "is:open tag:x".into()];
        assert_eq!(
            path("/a/{x}/b/{y}/", &values).expect("a path"),
            "/a/alt:email:a%2Bb%40c.d%2Fe/b/is:open%20tag:x/"
        );
        assert_eq!(path("/me", &[]).expect("a path"), "/me");
    }

    #[test]
    fn rejects_values_that_change_the_path() {
        for bad in ["", ".", ".."] {
            let why = path("/a/{x}", &[bad.into()]).expect_err("refused");
            assert!(why.contains("`x`"), "{why}");
        }
        assert!(path("/a/{x}", &[]).is_err());
        assert_eq!(path("/a/{x}", &["%2e%2E".into()]).expect("a path"), "/a/%252e%252E");
    }

    #[test]
    fn encodes_queries() {
        assert_eq!(
            query([("q[types][]", "a b"), ("x", "+&=é")]),
            "q%5Btypes%5D%5B%5D=a%20b&x=%2B%26%3D%C3%A9"
        );
        assert_eq!(query([]), "");
    }

    proptest! {
        #[test]
        fn any_value_is_one_segment(value in "\\PC{1,40}|.{1,40}") {
            prop_assume!(value != "." && value != "..");
            let path = path("/a/{x}/b", &[value.as_str().into()]).expect("a path");
            let url = reqwest::Url::parse("https://host.test").expect("a url").join(&path).expect("a url");
            prop_assert_eq!(url.path(), &path);
            let segments: Vec<&str> = url.path_segments().expect("a path").collect();
            prop_assert_eq!(segments.len(), 3);
            prop_assert_eq!(decoded(segments[1]), value);
            prop_assert!(url.query().is_none() && url.fragment().is_none());
        }

        #[test]
        fn pairs_survive(pairs in prop::collection::vec(("\\PC{1,20}", ".{0,20}"), 1..5)) {
            let text = query(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())));
            let url = reqwest::Url::parse(&format!("https://host.test/?{text}")).expect("a url");
            prop_assert_eq!(url.query(), Some(text.as_str()));
            let back: Vec<(String, String)> = url.query_pairs().into_owned().collect();
            prop_assert_eq!(back, pairs);
        }
    }
}
