//! The API as a whole: hosts, ways to prove who calls, pages, and which published document it reflects.

use crate::compare::Cx;
use crate::compare::build::{Value, front_at, item, of_service};
use crate::compare::findings::Findings;
use crate::finding::{At, Explains, Finding, Operational, Wire};
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Auth, Service};

rules! {
    PUBLISHED_CHANGED = "published-changed", Itself, "The spec reflects another revision of Front's document.";
    BASE_URL_CHANGED = "base-url-changed", Itself, "The API answers somewhere else.",
        Wire(Break) "released versions call the old address, unless they are told another";
    LINK_HOST_ADDED = "link-host-added", Of("link-host-removed"), "Addresses in answers may name another host.",
        Wire(Risk) "released versions send no token there, and follow no address to it";
    LINK_HOST_REMOVED = "link-host-removed", Of("link-host-added"), "Addresses in answers may not name a host any more.",
        Wire(Risk) "released versions go on sending tokens there, where an answer asks for it";
    AUTH_ADDED = "auth-added", Of("auth-removed"), "There is another way to prove who calls.", Wire(Additive) "";
    AUTH_REMOVED = "auth-removed", Of("auth-added"), "A way to prove who calls is gone.",
        Wire(Break) "Front refuses released versions that use it";
    AUTH_URL_CHANGED = "auth-url-changed", Itself, "Tokens are granted, exchanged or given back somewhere else.";
    AUTH_LIFETIME_SHORTENED = "auth-lifetime-shortened", Of("auth-lifetime-lengthened"), "Tokens last for less time.",
        Operational(Tighter) "";
    AUTH_LIFETIME_LENGTHENED = "auth-lifetime-lengthened", Of("auth-lifetime-shortened"), "Tokens last for more time.",
        Operational(Looser) "";
    PAGE_PARAMETER_CHANGED = "page-parameter-changed", Itself,
        "The query parameter for the cursor or for the size of pages has another name.",
        Wire(Break) "released versions send the old parameter";
    PAGE_LIMIT_LOWERED = "page-limit-lowered", Of("page-limit-raised"), "The largest page is smaller.",
        Operational(Tighter) "", Wire(Risk) "released versions ask for more, which Front may refuse";
    PAGE_LIMIT_RAISED = "page-limit-raised", Of("page-limit-lowered"), "The largest page is larger.",
        Operational(Looser) "";
    PAGE_DEFAULT_CHANGED = "page-default-changed", Itself, "Pages have another size where none is asked for.",
        Operational(None) "code that reads one page and sets no size gets another number of items";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
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
    values: [impl Value; 2],
    message: String,
    constant: &str,
) -> Finding {
    let at = || front_at(path.iter().copied());
    Finding::new(rule, of_service("service", id), message)
        .values(values)
        .located([at(), at()])
        .accounts_for([item(keys::service(constant))])
}

fn published(old: &Service, new: &Service) -> Option<Finding> {
    (old.published != new.published).then(|| {
        let [was, is] = [&old.published, &new.published]
            .map(|of| format!("{} of {}", of.revision, of.date));
        let message = format!("Front's document is that of {is}, and not {was}");
        let (key, constant) = ("published", "PUBLISHED_REVISION");
        say(&PUBLISHED_CHANGED, key, &[key], [was, is], message, constant)
            .accounts_for([item(keys::service("PUBLISHED_DATE"))])
    })
}

fn hosts(old: &Service, new: &Service, findings: &mut Findings) {
    let (was, is) = (&old.hosts.base, &new.hosts.base);
    if was != is {
        let message = format!("the API answers at `{is}`, and not at `{was}`");
        let path = ["hosts", "base"];
        findings.push(say(
            &BASE_URL_CHANGED,
            "base",
            &path,
            [was, is],
            message,
            "BASE_URL",
        ));
    }
    let (was, is) = (&old.hosts.links, &new.hosts.links);
    for (is_new, of, other) in [(true, is, was), (false, was, is)] {
        for host in of.iter().filter(|host| !other.contains(host)) {
            let (rule, message): (&'static Rule, _) = match is_new {
                true => {
                    (&LINK_HOST_ADDED, format!("addresses in answers may name `{host}`"))
                }
                false => (
                    &LINK_HOST_REMOVED,
                    format!("addresses in answers may not name `{host}` any more"),
                ),
            };
            findings.push(
                Finding::new(rule, of_service("service", host), message)
                    .alone(is_new, host, front_at(["hosts", "links"]))
                    .accounts_for([item(keys::service("LINK_HOSTS"))]),
            );
        }
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

fn auth(old: &Service, new: &Service, findings: &mut Findings) {
    for is in &new.auth {
        let way = is.key.as_str();
        let Some(was) = old.auth.iter().find(|was| was.key == way) else {
            let message = format!("`{way}` is another way to prove who calls");
            findings.push(auth_alone(&AUTH_ADDED, is, true, message));
            continue;
        };
        for ((name, key, was), (_, _, is)) in urls(was).into_iter().zip(urls(is)) {
            findings.extend(auth_url(Fact { way, name, key }, [was, is]));
        }
        for ((name, key, was), (_, _, is)) in times(was).into_iter().zip(times(is)) {
            findings.extend(auth_lifetime(Fact { way, name, key }, [was, is]));
        }
    }
    for was in old.auth.iter().filter(|was| new.auth.iter().all(|is| is.key != was.key))
    {
        let message = format!("`{}` is no way to prove who calls any more", was.key);
        findings.push(auth_alone(&AUTH_REMOVED, was, false, message));
    }
}

fn auth_alone(rule: &'static Rule, of: &Auth, is_new: bool, message: String) -> Finding {
    let (way, at): (_, At) = (&*of.key, front_at(["auth", &of.key]));
    let names = urls(of).map(|(name, ..)| name).into_iter();
    let names = names.chain(times(of).map(|(name, ..)| name));
    let lines: Vec<Explains> = names.map(|name| item(keys::auth(way, name))).collect();
    Finding::new(rule, of_service("auth", way), message)
        .alone(is_new, way, at)
        .accounts_for(lines)
}

/// A fact of a way to prove who calls: its key, and the end of its constant's name.
struct Fact<'a> {
    way: &'a str,
    key: &'a str,
    name: &'a str,
}

impl Fact<'_> {
    /// `oauth.token`
    fn id(&self) -> String {
        format!("{}.{}", self.way, self.key)
    }

    fn say(
        &self,
        rule: &'static Rule,
        values: [impl Value; 2],
        message: String,
    ) -> Finding {
        let Self { way, key, name } = *self;
        Finding::new(rule, of_service("service", self.id()), message)
            .values(values)
            .located([(); 2].map(|()| front_at(["auth", way, key])))
            .accounts_for([item(keys::auth(way, name))])
    }
}

fn auth_url(fact: Fact<'_>, [was, is]: [&Option<String>; 2]) -> Option<Finding> {
    let id = fact.id();
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
    let values = [was.as_ref(), is.as_ref()];
    Some(fact.say(&AUTH_URL_CHANGED, values, message).on_wire(wire, why))
}

fn auth_lifetime(fact: Fact<'_>, [was, is]: [Option<u32>; 2]) -> Option<Finding> {
    (was != is).then(|| {
        let shown = |time: Option<u32>| {
            time.map_or_else(|| "not known".to_owned(), |time| time.to_string())
        };
        let message = format!("`{}` is {}; it was {}", fact.id(), shown(is), shown(was));
        // One that is not known any more may be shorter.
        let is_longer = is.is_some() && (was.is_none() || is > was);
        let rule =
            if is_longer { &AUTH_LIFETIME_LENGTHENED } else { &AUTH_LIFETIME_SHORTENED };
        fact.say(rule, [was, is], message)
    })
}

fn pages(old: &Service, new: &Service, findings: &mut Findings) {
    let (was, is) = (&old.pagination, &new.pagination);
    let page = |rule, key, values: [String; 2], message, constant| {
        say(rule, key, &["pagination", key], values, message, constant)
    };
    for (key, constant, what, was, is) in [
        ("cursor", "CURSOR", "a page's cursor", &was.cursor, &is.cursor),
        ("size", "PAGE_SIZE", "a page's size", &was.size, &is.size),
    ] {
        if was != is {
            let message = format!("`{is}` carries {what}, and not `{was}`");
            let values = [was.clone(), is.clone()];
            findings.push(page(&PAGE_PARAMETER_CHANGED, key, values, message, constant));
        }
    }
    let numbers = |was: u32, is: u32| [was.to_string(), is.to_string()];
    if was.max != is.max {
        let message =
            format!("the largest page has {} items, and not {}", is.max, was.max);
        let rule =
            if is.max < was.max { &PAGE_LIMIT_LOWERED } else { &PAGE_LIMIT_RAISED };
        findings.push(page(rule, "max", numbers(was.max, is.max), message, "MAX_PAGE"));
    }
    if was.default != is.default {
        let message = format!(
            "a page has {} items by default, and not {}",
            is.default, was.default
        );
        let values = numbers(was.default, is.default);
        let operational = match is.default < was.default {
            true => Operational::Tighter,
            false => Operational::Looser,
        };
        findings.push(
            page(&PAGE_DEFAULT_CHANGED, "default", values, message, "DEFAULT_PAGE")
                .limits(operational),
        );
    }
}
