//! Error responses in all their forms.

use super::*;

fn read(body: impl AsRef<[u8]>) -> ErrorBody {
    ErrorBody::read(body.as_ref(), &Secret::api_token("eyJ.secret").expect("a token"))
}

/// Title, message, details, excerpt.
type Parts = (&'static str, &'static str, &'static [&'static str], &'static str);

/// Bodies, and the parts that are kept of them.
const BODIES: &[(&str, Parts)] = &[
    // Front's own envelope.
    (
        r#"{"_error":{"status":400,"title":"Bad request","message":"No","details":["a","b"]}}"#,
        ("Bad request", "No", &["a", "b"], ""),
    ),
    (r#"{"_error":{"message":"Odd"}}"#, ("", "Odd", &[], "")),
    (r#"{"_error":{"status":429,"title":"Busy"}}"#, ("Busy", "", &[], "")),
    (r#"{"_error":{"title":1,"message":null,"details":"one"}}"#, ("", "", &["one"], "")),
    (
        r#"{"_error":{"details":[{"field":"to","why":["a"]},"c",["d"],3,null]}}"#,
        ("", "", &[r#"{"field":"to","why":["a"]}"#, "c", r#"["d"]"#, "3"], ""),
    ),
    (r#"{"_error":{"details":{"field":"to"}}}"#, ("", "", &[r#"{"field":"to"}"#], "")),
    (r#"{"_error":"text"}"#, ("text", "", &[], "")),
    // Lists.
    (r#"{"errors":["Contact not found"]}"#, ("", "Contact not found", &[], "")),
    (r#"{"errors":["a","b","c"]}"#, ("", "a", &["b", "c"], "")),
    (r#"{"message":"m","errors":["a"]}"#, ("", "m", &["a"], "")),
    (r#"{"errors":[{"title":"T","detail":"D","status":"400"}]}"#, ("T", "D", &[], "")),
    (
        r#"{"errors":[{"message":"a"},{"message":"b"}]}"#,
        ("", "a", &[r#"{"message":"b"}"#], ""),
    ),
    (r#"{"errors":[{"title":"T"}]}"#, ("T", "", &[], "")),
    (r#"{"errors":[{"field":"x"}]}"#, ("", "", &[r#"{"field":"x"}"#], "")),
    (
        r#"{"errors":{"email":["is invalid","is taken"]}}"#,
        ("", "", &["email: is invalid; is taken"], ""),
    ),
    (r#"{"errors":"none of it"}"#, ("", "none of it", &[], "")),
    (r#"["a",{"message":"b"}]"#, ("", "a", &[r#"{"message":"b"}"#], "")),
    // Others.
    (r#"{"error":{"message":"x"}}"#, ("", "x", &[], "")),
    (r#"{"error":{"code":"E7","errors":[{"message":"x"}]}}"#, ("E7", "x", &[], "")),
    (
        r#"{"error":"invalid_token","error_description":"Old"}"#,
        ("invalid_token", "Old", &[], ""),
    ),
    (r#"{"error":"x"}"#, ("x", "", &[], "")),
    (r#"{"Message":"x"}"#, ("", "x", &[], "")),
    (r#"{"Code":"Denied","Message":"x"}"#, ("Denied", "x", &[], "")),
    (r#"{"message":["a","b"]}"#, ("", "a; b", &[], "")),
    (r#"{"message":{"message":"x"}}"#, ("", "x", &[], "")),
    (
        r#"{"detail":[{"loc":["body"],"msg":"field required"}]}"#,
        ("", "field required", &[], ""),
    ),
    (
        r#"{"type":"about:blank","title":"Forbidden","status":403,"detail":"Not yours"}"#,
        ("Forbidden", "Not yours", &[], ""),
    ),
    (r#""text""#, ("", "text", &[], "")),
    ("\u{feff}{\"message\":\"x\"}", ("", "x", &[], "")),
    // Unknown forms: an excerpt.
    (r#"{"fault": {"why": "x"}}"#, ("", "", &[], r#"{"fault":{"why":"x"}}"#)),
    (r#"{"title":"T","why":"x"}"#, ("T", "", &[], r#"{"title":"T","why":"x"}"#)),
    (r#"{"message":{"a":1}}"#, ("", "", &[], r#"{"message":{"a":1}}"#)),
    ("3", ("", "", &[], "3")),
    (r#"{"_error":{"title":"cut"#, ("", "", &[], r#"{"_error":{"title":"cut"#)),
    ("Sorry,\r\n\tcome \u{7}back", ("", "", &[], "Sorry, come back")),
    ("<html>\n<title>502 Bad Gateway</title>", ("", "", &[], "502 Bad Gateway")),
    // Nothing to keep.
    ("", ("", "", &[], "")),
    (" \r\n", ("", "", &[], "")),
    ("null", ("", "", &[], "")),
    ("[]", ("", "", &[], "")),
    ("\"\"", ("", "", &[], "")),
    ("{}", ("", "", &[], "")),
    (r#"{"_error":null}"#, ("", "", &[], "")),
    (r#"{"_error":{"status":500}}"#, ("", "", &[], "")),
];

#[test]
fn keeps_the_text_whatever_the_form() {
    for (body, expected) in BODIES {
        let error_body = read(body);
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        let (title, message) = (text(&error_body.title), text(&error_body.message));
        let details: Vec<&str> = error_body.details.iter().map(String::as_str).collect();
        let excerpt = text(&error_body.excerpt);
        assert_eq!((&*title, &*message, &*details, &*excerpt), *expected, "{body}");
        assert_eq!(error_body.markup, body.starts_with('<'), "{body}");
    }
}

#[test]
fn reads_text_with_invalid_unicode() {
    for (body, message) in [
        (&br#"{"message":"bad \ud83d"}"#[..], "bad \u{fffd}"),
        (
            br#"{"message":"\udc00 \ud83d\ude00 \\ud83d \n\ud83d\ud83dx"}"#,
            "\u{fffd} \u{1f600} \\ud83d \u{fffd}\u{fffd}x",
        ),
        (br#"{"\ud83d":1,"message":"m"}"#, "m"),
        (b"{\"message\":\"caf\xe9\"}", "caf\u{fffd}"),
        (
            b"{\"message\":\"\xed\xa0\xbd \\ud83d\\\"\"}",
            "\u{fffd}\u{fffd}\u{fffd} \u{fffd}\"",
        ),
    ] {
        assert_eq!(read(body).message.as_deref(), Some(message));
    }
    // What cannot be repaired is quoted.
    for body in [
        &b"{\"message\":\"\\u"[..],
        b"{\"message\":\"\\ud8",
        b"\\",
        b"\\\xc3\xa9",
        &[0xff; 300],
    ] {
        assert!(read(body).excerpt.is_some(), "{body:?}");
    }
}

#[test]
fn an_echoed_token_is_not_kept() {
    let json = r#"{"_error":{"title":"eyJ.secret","message":"Bearer eyJ\u002esecret, no",
        "details":["eyJ.secret",{"authorization":"Bearer eyJ.secret"},{"eyJ.secret":1}]}}"#;
    let filled = |text: &str| text.replace('.', &" ".repeat(1590));
    for body in [
        json,
        r#"{"errors":{"eyJ.secret":["eyJ.secret"]}}"#,
        r#"{"fault":["eyJ.secret"]}"#,
        "<pre>Bearer eyJ.secret</pre>",
        &(filled(".") + "eyJ.secret"),
    ] {
        let debug = format!("{:?}", read(body));
        assert!(debug.contains("<token>") && !debug.contains("eyJ"), "{debug}");
    }
    // Not even its beginning, where the text is cut.
    let long = format!(r#"{{"message":"{}eyJ.secret"}}"#, "a".repeat(495));
    let message = read(&long).message.expect("a message");
    assert!(!message.contains("eyJ"), "{message}");
    // Nor where the token contains characters that JSON escapes.
    let token = Secret::api_token(r#"eyJ"\secret"#).expect("a token");
    let error_body = ErrorBody::read(br#"{"fault":["eyJ\"\\secret"]}"#, &token);
    assert!(!format!("{error_body:?}").contains("secret"), "{error_body:?}");
}

#[test]
fn no_part_is_too_long() {
    let many = vec![r#""é""#.repeat(400); 90].join(",");
    for body in [
        format!(r#"{{"message":[{many}],"title":{{}},"errors":[{many}]}}"#),
        format!(r#"{{"fault":[{many}]}}"#),
        "é".repeat(9000),
    ] {
        let error_body = read(body.replace("\"\"", ""));
        let parts = [&error_body.title, &error_body.message].into_iter().flatten();
        assert!(
            parts.chain(&error_body.details).all(|part| part.chars().count() <= LONGEST)
        );
        assert!(error_body.details.len() <= MAX_DETAILS);
        assert!(error_body.excerpt.is_none_or(|text| text.chars().count() <= EXCERPT));
    }
}
