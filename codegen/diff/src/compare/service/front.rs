//! The API as a whole: hosts, ways to prove who calls, pages, and which published document it reflects.

use heck::ToShoutySnakeCase as _;

use crate::compare::Cx;
use crate::compare::build::{front_at, item, of_service};
use crate::finding::{Finding, Operational, Wire};
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Auth, Service};

rules! {
    PUBLISHED_CHANGED = "published-changed", Itself, "The spec reflects another revision of Front's document.";
    BASE_URL_CHANGED = "base-url-changed", Itself, "The API answers somewhere else.";
    LINK_HOST_ADDED = "link-host-added", Of("link-host-removed"), "Addresses in answers may name another host.";
    LINK_HOST_REMOVED = "link-host-removed", Of("link-host-added"), "Addresses in answers may not name a host any more.";
    AUTH_ADDED = "auth-added", Of("auth-removed"), "There is another way to prove who calls.";
    AUTH_REMOVED = "auth-removed", Of("auth-added"), "A way to prove who calls is gone.";
    AUTH_URL_CHANGED = "auth-url-changed", Itself, "Tokens are granted, exchanged or given back somewhere else.";
    AUTH_LIFETIME_SHORTENED = "auth-lifetime-shortened", Of("auth-lifetime-lengthened"), "Tokens last for less time.";
    AUTH_LIFETIME_LENGTHENED = "auth-lifetime-lengthened", Of("auth-lifetime-shortened"), "Tokens last for more time.";
    PAGE_PARAMETER_CHANGED = "page-parameter-changed", Itself,
        "The query parameter for the cursor or for the size of pages has another name.";
    PAGE_LIMIT_LOWERED = "page-limit-lowered", Of("page-limit-raised"), "The largest page is smaller.";
    PAGE_LIMIT_RAISED = "page-limit-raised", Of("page-limit-lowered"), "The largest page is larger.";
    PAGE_DEFAULT_CHANGED = "page-default-changed", Itself, "Pages have another size where none is asked for.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    let (old, new) = (&cx.base.service, &cx.head.service);
    findings.extend(published(old, new));
    hosts(old, new, findings);
    auth(old, new, findings);
    pages(old, new, findings);
}

/// A finding on something of `front.yaml` that both sides have, and the constant that it makes.
fn say(
    rule: &'static Rule,
    id: &str,
    path: &[&str],
    message: String,
    constant: &str,
) -> Finding {
    Finding::new(rule, of_service("service", id), message)
        .at_base(front_at(path.iter().copied()))
        .at_head(front_at(path.iter().copied()))
        .accounts_for([item(keys::service(constant))])
}

fn published(old: &Service, new: &Service) -> Option<Finding> {
    let (was, is) = (&old.published, &new.published);
    (was != is).then(|| {
        let shown = |revision: &str, date: &str| format!("{revision} of {date}");
        let (was, is) = (shown(&was.revision, &was.date), shown(&is.revision, &is.date));
        let message = format!("Front's document is that of {is}, and not {was}");
        say(
            &PUBLISHED_CHANGED,
            "published",
            &["published"],
            message,
            "PUBLISHED_REVISION",
        )
        .before(was)
        .after(is)
        .accounts_for([item(keys::service("PUBLISHED_DATE"))])
    })
}

fn hosts(old: &Service, new: &Service, findings: &mut Vec<Finding>) {
    let (was, is) = (&old.hosts.base, &new.hosts.base);
    if was != is {
        let message = format!("the API answers at `{is}`, and not at `{was}`");
        findings.push(
            say(
                &BASE_URL_CHANGED,
                "base",
                &["hosts", "base"],
                message,
                "BASE_URL",
            )
            .before(was)
            .after(is)
            .on_wire(
                Wire::Break,
                "released versions call the old address, unless they are told another",
            ),
        );
    }
    let (was, is) = (&old.hosts.links, &new.hosts.links);
    for host in is.iter().filter(|host| !was.contains(host)) {
        let message = format!("addresses in answers may name `{host}`");
        let why = "released versions send no token there, and follow no address to it";
        let mut finding =
            say(&LINK_HOST_ADDED, host, &["hosts", "links"], message, "LINK_HOSTS")
                .after(host)
                .on_wire(Wire::Risk, why);
        finding.was = None;
        findings.push(finding);
    }
    for host in was.iter().filter(|host| !is.contains(host)) {
        let message = format!("addresses in answers may not name `{host}` any more");
        let why =
            "released versions go on sending tokens there, where an answer asks for it";
        let mut finding =
            say(&LINK_HOST_REMOVED, host, &["hosts", "links"], message, "LINK_HOSTS")
                .before(host)
                .on_wire(Wire::Risk, why);
        finding.at = None;
        findings.push(finding);
    }
}

/// The constants of a way, with their keys in the spec.
fn urls(of: &Auth) -> [(&'static str, &'static str, &Option<String>); 3] {
    [
        ("AUTHORIZE_URL", "authorize", &of.authorize),
        ("TOKEN_URL", "token", &of.token),
        ("REVOKE_URL", "revoke", &of.revoke),
    ]
}

fn times(of: &Auth) -> [(&'static str, &'static str, Option<u32>); 2] {
    [
        ("ACCESS_MINUTES", "access_minutes", of.access_minutes),
        ("REFRESH_MONTHS", "refresh_months", of.refresh_months),
    ]
}

fn constant(way: &str, name: &str) -> String {
    format!("{}_{name}", way.to_shouty_snake_case())
}

fn auth(old: &Service, new: &Service, findings: &mut Vec<Finding>) {
    let whole = |way: &str, of: &Auth| {
        let urls = urls(of).map(|(name, ..)| item(keys::service(&constant(way, name))));
        let times =
            times(of).map(|(name, ..)| item(keys::service(&constant(way, name))));
        urls.into_iter().chain(times).collect::<Vec<_>>()
    };
    for is in &new.auth {
        let way = is.key.as_str();
        let Some(was) = old.auth.iter().find(|was| was.key == way) else {
            let message = format!("`{way}` is another way to prove who calls");
            findings.push(
                Finding::new(&AUTH_ADDED, of_service("auth", way), message)
                    .after(way)
                    .at_head(front_at(["auth", way]))
                    .on_wire(Wire::Additive, "")
                    .accounts_for(whole(way, is)),
            );
            continue;
        };
        for ((name, key, was), (_, _, is)) in urls(was).into_iter().zip(urls(is)) {
            findings.extend(auth_url(way, &constant(way, name), key, was, is));
        }
        for ((name, key, was), (_, _, is)) in times(was).into_iter().zip(times(is)) {
            findings.extend(auth_lifetime(way, &constant(way, name), key, was, is));
        }
    }
    for was in old.auth.iter().filter(|was| new.auth.iter().all(|is| is.key != was.key))
    {
        let way = was.key.as_str();
        let message = format!("`{way}` is no way to prove who calls any more");
        findings.push(
            Finding::new(&AUTH_REMOVED, of_service("auth", way), message)
                .before(way)
                .at_base(front_at(["auth", way]))
                .on_wire(Wire::Break, "Front refuses released versions that use it")
                .accounts_for(whole(way, was)),
        );
    }
}

fn auth_url(
    way: &str,
    constant: &str,
    key: &str,
    was: &Option<String>,
    is: &Option<String>,
) -> Option<Finding> {
    let id = format!("{way}.{key}");
    let (message, wire, why) = match (was, is) {
        (Some(was), Some(is)) if was != is => (
            format!("`{id}` is `{is}`, and not `{was}`"),
            Wire::Break,
            "released versions name the old address",
        ),
        (None, Some(is)) => (format!("`{id}` is `{is}`"), Wire::Additive, ""),
        (Some(was), None) => (
            format!("`{id}` is gone: `{was}`"),
            Wire::Break,
            "released versions name an address that is gone",
        ),
        _ => return None,
    };
    let mut finding =
        say(&AUTH_URL_CHANGED, &id, &["auth", way, key], message, constant)
            .on_wire(wire, why);
    (finding.old, finding.new) = (was.clone(), is.clone());
    Some(finding)
}

fn auth_lifetime(
    way: &str,
    constant: &str,
    key: &str,
    was: Option<u32>,
    is: Option<u32>,
) -> Option<Finding> {
    if was == is {
        return None;
    }
    let id = format!("{way}.{key}");
    let shown = |time: Option<u32>| {
        time.map_or_else(|| "not known".to_owned(), |time| time.to_string())
    };
    let message = format!("`{id}` is {}; it was {}", shown(is), shown(was));
    // One that is not known any more may be shorter.
    let is_longer = is.is_some() && (was.is_none() || is > was);
    let (rule, operational) = if is_longer {
        (&AUTH_LIFETIME_LENGTHENED, Operational::Looser)
    } else {
        (&AUTH_LIFETIME_SHORTENED, Operational::Tighter)
    };
    let mut finding =
        say(rule, &id, &["auth", way, key], message, constant).limits(operational);
    finding.old = was.map(|time| time.to_string());
    finding.new = is.map(|time| time.to_string());
    Some(finding)
}

fn pages(old: &Service, new: &Service, findings: &mut Vec<Finding>) {
    let (was, is) = (&old.pagination, &new.pagination);
    for (key, constant, what, was, is) in [
        ("cursor", "CURSOR", "a page's cursor", &was.cursor, &is.cursor),
        ("size", "PAGE_SIZE", "a page's size", &was.size, &is.size),
    ] {
        if was != is {
            let message = format!("`{is}` carries {what}, and not `{was}`");
            let path = ["pagination", key];
            findings.push(
                say(&PAGE_PARAMETER_CHANGED, key, &path, message, constant)
                    .before(was)
                    .after(is)
                    .on_wire(Wire::Break, "released versions send the old parameter"),
            );
        }
    }
    if was.max != is.max {
        let message =
            format!("the largest page has {} items, and not {}", is.max, was.max);
        let path = ["pagination", "max"];
        let finding = if is.max < was.max {
            say(&PAGE_LIMIT_LOWERED, "max", &path, message, "MAX_PAGE")
                .limits(Operational::Tighter)
                .on_wire(
                    Wire::Risk,
                    "released versions ask for more, which Front may refuse",
                )
        } else {
            say(&PAGE_LIMIT_RAISED, "max", &path, message, "MAX_PAGE")
                .limits(Operational::Looser)
        };
        findings.push(finding.before(was.max.to_string()).after(is.max.to_string()));
    }
    if was.default != is.default {
        let message = format!(
            "a page has {} items by default, and not {}",
            is.default, was.default
        );
        let operational = if is.default < was.default {
            Operational::Tighter
        } else {
            Operational::Looser
        };
        findings.push(
            say(
                &PAGE_DEFAULT_CHANGED,
                "default",
                &["pagination", "default"],
                message,
                "DEFAULT_PAGE",
            )
            .before(was.default.to_string())
            .after(is.default.to_string())
            .limits(operational)
            .tells(
                "operational",
                "code that reads one page and sets no size gets another number of items",
            ),
        );
    }
}
