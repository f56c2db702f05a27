//! Redirects.
//!
//! Front responds 301 for a conversation that was merged into another one, the survivor. HTTP clients change
//! such a POST to a GET and drop its body. Here the unchanged request is sent to the survivor, on the base URL of
//! the client. A file may be in an object storage, which must not receive the token.

use percent_encoding::percent_decode_str;
use reqwest::Url;

use super::encode::placeholder;
use crate::generated::service::LINK_HOSTS;

/// The maximum number of merges that are followed for one request.
pub(crate) const MERGE_HOPS: u32 = 3;
/// The maximum number of redirects that are followed to a file.
pub(crate) const FILE_HOPS: u32 = 5;

/// Returns whether a URL is on a loopback address.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host =
        host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host == "localhost"
        || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Returns whether a URL is one of Front's or on the base URL, so that the token may be sent there.
pub(crate) fn is_front(base: &Url, url: &Url) -> bool {
    is_base(base, url)
        || (url.scheme() == "https"
            && url.port().is_none()
            && url
                .host_str()
                .is_some_and(|host| LINK_HOSTS.iter().any(|known| matches(known, host))))
}

/// Returns the host of a URL, with its port unless it is the default one. `None` for a host of Front's.
pub(crate) fn other_host(base: &Url, url: &Url) -> Option<Box<str>> {
    if is_front(base, url) {
        return None;
    }
    let host = url.host_str()?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}").into(),
        None => host.into(),
    })
}

fn is_base(base: &Url, url: &Url) -> bool {
    base.scheme() == url.scheme()
        && base.host_str() == url.host_str()
        && base.port_or_known_default() == url.port_or_known_default()
}

/// Returns whether a host matches a pattern like `*.api.test`, where `*` is one label.
fn matches(pattern: &str, host: &str) -> bool {
    match pattern.strip_prefix("*.") {
        None => pattern == host,
        Some(rest) => host
            .split_once('.')
            .is_some_and(|(label, parent)| !label.is_empty() && parent == rest),
    }
}

/// Returns the values for the placeholders of a request's path after a merge.
///
/// The `location` header contains the survivor, in the full path of the request or in its own URL. The survivor
/// replaces the requested resource; the rest of the request stays the same.
///
/// # Errors
///
/// Returns the reason why the redirect is not followed.
pub(crate) fn survivor(
    base: &Url,
    current: &Url,
    location: Option<&str>,
    template: &str,
    values: &[Box<str>],
) -> Result<Vec<Box<str>>, &'static str> {
    let location =
        location.ok_or("invalid redirect: the `location` header is missing")?;
    let target = current.join(location).map_err(|_| "invalid redirect URL")?;
    if !is_front(base, &target) {
        return Err("invalid redirect: its host is not one of Front's");
    }
    let path = if is_base(base, &target) {
        target
            .path()
            .strip_prefix(base.path().trim_end_matches('/'))
            .unwrap_or(target.path())
    } else {
        target.path()
    };
    const OTHER: &str = "invalid redirect: its path does not match that of the call";
    let mut expected = template.split('/').filter(|segment| !segment.is_empty());
    let mut found: Vec<Box<str>> = Vec::new();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        match expected.next() {
            Some(pattern) if placeholder(pattern).is_some() => {
                let value =
                    percent_decode_str(segment).decode_utf8().map_err(|_| OTHER)?;
                found.push(value.into());
            }
            Some(literal) if literal == segment => {}
            _ => return Err(OTHER),
        }
    }
    // If the URL contains only the beginning of the path, the other values are those of the request.
    found.extend(values.iter().skip(found.len()).cloned());
    if found == values {
        return Err("invalid redirect: it leads to the same URL again");
    }
    Ok(found)
}

/// Returns the URL of a redirect to a file.
///
/// # Errors
///
/// Returns the reason why the redirect is not followed.
pub(crate) fn file(
    base: &Url,
    current: &Url,
    location: Option<&str>,
) -> Result<Url, &'static str> {
    let location = location
        .ok_or("invalid redirect to the file: the `location` header is missing")?;
    let target =
        current.join(location).map_err(|_| "invalid redirect URL of the file")?;
    let safe = match target.scheme() {
        "https" => is_loopback(base) || !is_loopback(&target),
        "http" => is_loopback(base) && is_loopback(&target),
        _ => false,
    };
    if !safe {
        return Err(
            "insecure redirect to the file: its URL must be `https`, and not on this machine",
        );
    }
    Ok(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "/conversations/{id}/tags/{tag}";

    fn url(text: &str) -> Url {
        Url::parse(text).expect(text)
    }

    fn to(location: &str) -> Result<String, &'static str> {
        let base = url("https://api2.frontapp.com");
        let current = url("https://api2.frontapp.com/conversations/cnv_1/tags/tag_1");
        let values = ["cnv_1".into(), "tag_1".into()];
        survivor(&base, &current, Some(location), TEMPLATE, &values)
            .map(|values| values.join(" "))
    }

    #[test]
    fn finds_the_survivor() {
        for location in [
            "https://api2.frontapp.com/conversations/cnv_2/tags/tag_1",
            "https://acme.api.frontapp.com/conversations/cnv_2/tags/tag_1?limit=5",
            "https://acme.api.frontapp.com/conversations/cnv_2",
            "/conversations/cnv_2/",
        ] {
            assert_eq!(to(location).as_deref(), Ok("cnv_2 tag_1"), "{location}");
        }
    }

    #[test]
    fn rejects_every_other_url() {
        for location in [
            "https://evil.test/conversations/cnv_2",
            "http://api2.frontapp.com/conversations/cnv_2",
            "https://api2.frontapp.com:8443/conversations/cnv_2",
            "https://api.frontapp.com/conversations/cnv_2",
            "https://a.b.api.frontapp.com/conversations/cnv_2",
            "https://api2.frontapp.com.evil.test/conversations/cnv_2",
            "https://api2.frontapp.com@evil.test/conversations/cnv_2",
            "/messages/msg_1",
            "/conversations/cnv_2/tags/tag_1/more",
            "/conversations/cnv_1",
            "/",
            "//evil.test/conversations/cnv_2",
            "https://",
        ] {
            assert!(to(location).is_err(), "{location}");
        }
        let base = url("https://x.test");
        assert!(survivor(&base, &base, None, TEMPLATE, &[]).is_err());
    }

    #[test]
    fn a_base_may_have_a_path() {
        let base = url("http://127.0.0.1:8080/front");
        let current = url("http://127.0.0.1:8080/front/conversations/cnv_1");
        let found = survivor(
            &base,
            &current,
            Some("/front/conversations/cnv_2"),
            "/conversations/{id}",
            &["cnv_1".into()],
        );
        assert_eq!(found, Ok(vec!["cnv_2".into()]));
    }

    #[test]
    fn follows_only_secure_redirects_to_files() {
        let front = url("https://api2.frontapp.com/x");
        for (base, location, safe) in [
            (&front, "https://storage.test/f?sig=1", true),
            (&front, "http://storage.test/f", false),
            (&front, "https://127.0.0.1/f", false),
            (&front, "http://localhost/f", false),
            (&front, "file:///etc/passwd", false),
            (&url("http://127.0.0.1:1"), "http://localhost:2/f", true),
            (&url("http://127.0.0.1:1"), "http://storage.test/f", false),
        ] {
            assert_eq!(file(base, &front, Some(location)).is_ok(), safe, "{location}");
        }
    }
}
