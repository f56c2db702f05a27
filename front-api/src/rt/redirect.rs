//! Answers that point elsewhere.
//!
//! Front answers 301 for a conversation that was merged into another. HTTP clients turn such a POST
//! into a GET and drop its body, so the request is sent again here, as it was, to the survivor, on
//! the own base. Files may lie in an object storage, which must not see the token.

use percent_encoding::percent_decode_str;
use reqwest::Url;

use super::encode::placeholder;
use crate::generated::service::LINK_HOSTS;

/// How many merges are followed for one request.
pub(crate) const MERGE_HOPS: u32 = 3;
/// How many redirects are followed to a file.
pub(crate) const FILE_HOPS: u32 = 5;

/// Whether an address lies on this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host =
        host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host == "localhost"
        || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Whether an address is one of Front's, so that the token may be sent there.
pub(crate) fn is_ours(base: &Url, url: &Url) -> bool {
    is_base(base, url)
        || (url.scheme() == "https"
            && url.port().is_none()
            && url
                .host_str()
                .is_some_and(|host| LINK_HOSTS.iter().any(|known| matches(known, host))))
}

/// Returns the host of a URL, with its port unless it is the default. `None` where it is one of Front's.
pub(crate) fn other_host(base: &Url, url: &Url) -> Option<Box<str>> {
    if is_ours(base, url) {
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

/// Whether a host is of a form like `*.api.test`, where `*.` stands for one label.
fn matches(pattern: &str, host: &str) -> bool {
    match pattern.strip_prefix("*.") {
        None => pattern == host,
        Some(rest) => host
            .split_once('.')
            .is_some_and(|(label, parent)| !label.is_empty() && parent == rest),
    }
}

/// The values for the placeholders of a request's path after a merge, or why there are none.
///
/// `Location` names the survivor: in the full path of the request, or by its own address alone. What
/// it names is put in place of what was asked for; the rest of the request stays as it was.
pub(crate) fn survivor(
    base: &Url,
    current: &Url,
    location: Option<&str>,
    template: &str,
    values: &[Box<str>],
) -> Result<Vec<Box<str>>, &'static str> {
    let location =
        location.ok_or("Front pointed to another address, without saying which")?;
    let target = current
        .join(location)
        .map_err(|_| "Front pointed to another address, which is none")?;
    if !is_ours(base, &target) {
        return Err("Front pointed to another address, on a host that is not its own");
    }
    let path = if is_base(base, &target) {
        target
            .path()
            .strip_prefix(base.path().trim_end_matches('/'))
            .unwrap_or(target.path())
    } else {
        target.path()
    };
    const OTHER: &str =
        "Front pointed to another address, which is not of the call's form";
    let mut wanted = template.split('/').filter(|segment| !segment.is_empty());
    let mut found: Vec<Box<str>> = Vec::new();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        match wanted.next() {
            Some(pattern) if placeholder(pattern).is_some() => {
                let value =
                    percent_decode_str(segment).decode_utf8().map_err(|_| OTHER)?;
                found.push(value.into());
            }
            Some(literal) if literal == segment => {}
            _ => return Err(OTHER),
        }
    }
    // Where the address ends before the path does, the rest is the request's own.
    found.extend(values.iter().skip(found.len()).cloned());
    if found == values {
        return Err("Front pointed to the same address again");
    }
    Ok(found)
}

/// The next address on the way to a file, or why it is not gone to.
pub(crate) fn file(
    base: &Url,
    current: &Url,
    location: Option<&str>,
) -> Result<Url, &'static str> {
    let location =
        location.ok_or("the file lies elsewhere, and it is not said where")?;
    let target = current
        .join(location)
        .map_err(|_| "the file lies elsewhere, at no valid address")?;
    let safe = match target.scheme() {
        "https" => is_loopback(base) || !is_loopback(&target),
        "http" => is_loopback(base) && is_loopback(&target),
        _ => false,
    };
    if !safe {
        return Err("the file lies elsewhere, at an address that is not safe to go to");
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
    fn refuses_every_other_address() {
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
    fn goes_to_files_over_safe_ways_only() {
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
