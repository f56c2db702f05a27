//! Tests of the table: every row is accepted, and everything else is rejected.

use super::media::media;
use super::*;

const HTML: &str = "text/html; charset=utf-8";
const API: &str = "application/json; charset=utf-8";

fn validator(body: ResponseBody, declared: Option<u16>) -> ResponseValidator {
    let of = Operation {
        response_body: body,
        response_status: declared,
        ..Operation::DEFAULT
    };
    ResponseValidator::new(&of, false)
}

fn headers(content_type: &str) -> HeaderMap {
    let value =
        (!content_type.is_empty()).then(|| content_type.parse().expect("a header"));
    value.into_iter().map(|value| (CONTENT_TYPE, value)).collect()
}

fn verdict(
    validator: &ResponseValidator,
    status: u16,
    content_type: &str,
    body: Body,
) -> Result<(), Rejection> {
    let media = validator.head(status, &headers(content_type))?;
    validator.body(status, media, body)
}

/// Every combination in every row of the table is accepted as Front's.
#[test]
fn every_row_is_accepted() {
    let declared = |expected| match expected {
        Nothing => (ResponseBody::Empty, Some(204)),
        Object => (ResponseBody::Page, Some(200)),
        Json => (ResponseBody::Json, Some(200)),
        File | TypedFile => (ResponseBody::File, Some(200)),
        Anything => (ResponseBody::Unspecified, None),
    };
    let content_type = |media: Media| match media {
        Media::Json => API,
        Media::Unclear => "",
        Media::Html => HTML,
        Media::Other => "application/pdf",
    };
    for row in ACCEPTED {
        let (body, status) = declared(row.expected);
        let accept = (row.expected == TypedFile).then_some("message/rfc822");
        let of = Operation {
            response_body: body,
            response_status: status,
            accept,
            ..Operation::DEFAULT
        };
        let validator = ResponseValidator::new(&of, false);
        assert_eq!(validator.expected, row.expected);
        for status in row.statuses.iter().cloned().flatten() {
            // Without a body, the media type is ignored.
            if matches!(status, 204 | 205) && row.media == JSON {
                continue;
            }
            for media in row.media {
                for body in row.body {
                    let verdict =
                        verdict(&validator, status, content_type(*media), *body);
                    assert_eq!(
                        verdict,
                        Ok(()),
                        "{:?} {status} {media:?} {body:?}",
                        row.expected
                    );
                }
            }
        }
    }
}

/// Responses that match no row, as gateways send them, with the reason of the rejection.
#[test]
fn a_response_in_no_row_is_rejected() {
    use Rejection::{Media as M, Partial, Status};
    use ResponseBody as R;
    let body = |body| Rejection::Body(body);
    for (expects, declared, status, content_type, holds, why) in [
        // A unit call.
        (R::Empty, 204, 200, HTML, Body::Text, M),
        (R::Empty, 204, 200, HTML, Body::Empty, M),
        (R::Empty, 204, 200, "image/png", Body::Text, M),
        (R::Empty, 204, 200, "application/problem+json", Body::Object, M),
        (R::Empty, 204, 202, "", Body::Empty, body(Body::Empty)),
        (R::Empty, 204, 200, "text/plain", Body::Text, body(Body::Text)),
        (R::Empty, 204, 200, "", Body::Text, body(Body::Text)),
        (R::Empty, 204, 200, "", Body::Value, body(Body::Value)),
        (R::Empty, 204, 200, "", Body::Unread, body(Body::Unread)),
        (R::Empty, 204, 200, API, Body::Error, body(Body::Error)),
        (R::Empty, 204, 200, API, Body::Text, body(Body::Text)),
        (R::Empty, 204, 205, "", Body::Empty, Status),
        (R::Empty, 204, 206, API, Body::Object, Partial),
        (R::Empty, 204, 299, "", Body::Empty, Status),
        // A value, and a page.
        (R::Object, 202, 202, "", Body::Empty, body(Body::Empty)),
        (R::Object, 202, 202, HTML, Body::Empty, M),
        (R::Object, 201, 204, "", Body::Empty, body(Body::Empty)),
        (R::Object, 200, 200, HTML, Body::Object, M),
        (R::Object, 200, 200, API, Body::Text, body(Body::Text)),
        (R::Object, 200, 200, API, Body::Value, body(Body::Value)),
        (R::Object, 200, 200, API, Body::Error, body(Body::Error)),
        (R::Object, 200, 205, "", Body::Empty, Status),
        (R::Object, 200, 206, API, Body::Object, Partial),
        (R::Object, 200, 207, API, Body::Object, Status),
        (R::Page, 200, 200, "text/xml", Body::Text, M),
        (R::Page, 200, 200, "", Body::Text, body(Body::Text)),
        (R::Page, 200, 226, API, Body::Object, Status),
        (R::Json, 200, 200, API, Body::Text, body(Body::Text)),
        (R::Json, 200, 204, "", Body::Empty, body(Body::Empty)),
        // A file.
        (R::File, 200, 202, "", Body::Unread, Status),
        (R::File, 200, 204, "", Body::Unread, Status),
        (R::File, 200, 206, "image/png", Body::Unread, Partial),
        // Any call.
        (R::Unspecified, 0, 200, HTML, Body::Text, M),
        (R::Unspecified, 0, 200, "", Body::Value, body(Body::Value)),
        (R::Unspecified, 0, 200, "text/plain", Body::Text, body(Body::Text)),
        (R::Unspecified, 0, 206, API, Body::Object, Partial),
    ] {
        let validator = validator(expects, (declared > 0).then_some(declared));
        let found = verdict(&validator, status, content_type, holds);
        assert_eq!(found, Err(why), "{expects:?} {status} {content_type} {holds:?}");
    }
}

#[test]
fn the_declared_status_is_always_accepted() {
    for status in [202, 207, 299] {
        assert_eq!(
            verdict(
                &validator(ResponseBody::Object, Some(status)),
                status,
                API,
                Body::Object
            ),
            Ok(())
        );
        assert_eq!(
            verdict(
                &validator(ResponseBody::Empty, Some(status)),
                status,
                "",
                Body::Empty
            ),
            Ok(())
        );
    }
    let typed = Operation {
        accept: Some("message/rfc822"),
        response_body: ResponseBody::File,
        ..Operation::DEFAULT
    };
    let typed = ResponseValidator::new(&typed, false);
    assert_eq!(verdict(&typed, 200, "message/rfc822", Body::Unread), Ok(()));
    assert_eq!(verdict(&typed, 200, HTML, Body::Unread), Err(Rejection::Media));
}

#[test]
fn a_partial_response_is_accepted_only_if_requested() {
    let file = Operation { response_body: ResponseBody::File, ..Operation::DEFAULT };
    for (requested, expected) in [(true, Ok(())), (false, Err(Rejection::Partial))] {
        let validator = ResponseValidator::new(&file, requested);
        assert_eq!(verdict(&validator, 206, "image/png", Body::Unread), expected);
    }
}

#[test]
fn a_challenge_of_a_firewall_is_rejected() {
    for (name, value) in
        [("x-amzn-waf-action", "challenge"), ("cf-mitigated", "challenge")]
    {
        let mut headers = headers(API);
        headers.insert(name, value.parse().expect("a value"));
        for body in [
            ResponseBody::Empty,
            ResponseBody::Object,
            ResponseBody::File,
            ResponseBody::Unspecified,
        ] {
            for status in [200, 202, 204] {
                let found = validator(body, Some(status)).head(status, &headers);
                assert_eq!(found, Err(Rejection::Challenge(name)));
            }
        }
    }
}

#[test]
fn reads_media_types() {
    for (text, expected) in [
        ("application/json", Media::Json),
        ("Application/JSON ; Charset=latin1", Media::Json),
        ("application/hal+json", Media::Json),
        ("application/vnd.front.v2+JSON;x=y", Media::Json),
        ("application/problem+json", Media::Other),
        ("text/plain", Media::Unclear),
        ("", Media::Unclear),
        (";", Media::Unclear),
        ("json", Media::Unclear),
        ("no kind at all/json", Media::Unclear),
        ("TEXT/HTML", Media::Html),
        ("application/pdf", Media::Other),
        ("application/jsonp", Media::Other),
    ] {
        assert_eq!(media(Some(text)), expected, "{text}");
    }
    assert_eq!(media(None), Media::Unclear);
}

#[test]
fn reads_bodies() {
    for (body, expected) in [
        ("", Body::Empty),
        (" \r\n\t", Body::Empty),
        ("\u{feff}\n{\"id\":1}", Body::Object),
        ("{}", Body::Object),
        ("{ \"_links\" :", Body::Object),
        ("{", Body::Object),
        ("{\"status\":\"accepted\"}", Body::Object),
        ("{\"status\":\"accepted\",\"message_uid\":\"u\"}", Body::Object),
        ("{\"message\":\"m\",\"id\":\"com_1\"}", Body::Object),
        ("{\"message\":\"cut", Body::Error),
        ("{\"message\":\"m\",\"incident_id\":\"a\"}", Body::Error),
        ("{\"error\":\"e\",\"client_ip\":\"::1\"}", Body::Error),
        ("{\"data\":null,\"error\":\"e\"}", Body::Error),
        ("{\"_links\":{},\"_error\":{\"status\":400}}", Body::Error),
        (
            "{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403}",
            Body::Error,
        ),
        ("{\"mess\\u0061ge\":\"Forbidden\"}", Body::Error),
        ("{\"_links\":{},\"message\":\"m\"}", Body::Object),
        ("{\"message\":\"Forbidden\"}", Body::Error),
        ("{\"Message\":\"Forbidden\",\"requestId\":\"1\"}", Body::Error),
        ("{\"_error\":{\"status\":403}}", Body::Error),
        ("{\"status\":403,\"error\":null}", Body::Error),
        ("{{ template }}", Body::Text),
        ("[]", Body::Value),
        ("\"ok\"", Body::Value),
        ("-1", Body::Value),
        ("null\n", Body::Value),
        ("nothing", Body::Text),
        ("<html>", Body::Text),
        ("OK", Body::Text),
        ("\u{1f}\u{8b}", Body::Text),
    ] {
        assert_eq!(Body::of(body.as_bytes()), expected, "{body}");
    }
}
