//! What `front.yaml` says of the API as a whole: `service.rs`, `rate_limit_classes.rs`, `errors.rs`.

use quote::quote;
use syn::{Item, parse_quote};

use super::File;
use super::module::Module;
use super::tree::ident;
use crate::ir::{Api, Limit, Rate, Status, WireValue};

/// `service.rs`: hosts, plans, pages, ways to prove who calls.
pub(crate) fn service(api: &Api) -> File {
    let front = &api.service;
    let module = Module::new(api, None);
    let text = |name: &str, about: String, value: &str| -> Item {
        let (name, about) = (ident(name), module.docs(0, [about]));
        parse_quote!(#about pub const #name: &str = #value;)
    };
    let number = |name: &str, about: String, value: u32| -> Item {
        let (name, about) = (ident(name), module.docs(0, [about]));
        let value = proc_macro2::Literal::u32_unsuffixed(value);
        parse_quote!(#about pub const #name: u32 = #value;)
    };
    let hosts = &front.hosts.links;
    let mut items: Vec<Item> = vec![
        text("BASE_URL", "Where the API answers.".to_owned(), &front.hosts.base),
        parse_quote! {
            /// The hosts that addresses in answers may name; `*.` stands for one label. Only these are sent a token.
            pub const LINK_HOSTS: &[&str] = &[#(#hosts),*];
        },
        text(
            "PUBLISHED_REVISION",
            format!(
                "The revision of Front's `{}` that the spec reflects.",
                front.published.document
            ),
            &front.published.revision,
        ),
        text(
            "PUBLISHED_DATE",
            "The day on which Front published it.".to_owned(),
            &front.published.date,
        ),
        text(
            "CURSOR",
            "The query parameter that carries a page's cursor.".to_owned(),
            &front.pagination.cursor,
        ),
        text(
            "PAGE_SIZE",
            "The query parameter that sets a page's size.".to_owned(),
            &front.pagination.size,
        ),
        number(
            "MAX_PAGE",
            "Items on the largest page, unless an operation has a limit of its own."
                .to_owned(),
            front.pagination.max,
        ),
        number(
            "DEFAULT_PAGE",
            "Items on a page where no size is asked for.".to_owned(),
            front.pagination.default,
        ),
        number("BURST_PERCENT", front.burst.about.clone(), front.burst.percent),
        number(
            "BURST_REFILL_MINUTES",
            "Minutes until the burst allowance is full again.".to_owned(),
            front.burst.refill_minutes,
        ),
    ];
    for auth in &front.auth {
        let way = &auth.key;
        let prefix = heck::ToShoutySnakeCase::to_shouty_snake_case(way.as_str());
        let urls = [
            ("AUTHORIZE_URL", "Where a user grants access", &auth.authorize),
            ("TOKEN_URL", "Where a code or a refresh token is exchanged", &auth.token),
            ("REVOKE_URL", "Where a token is given back", &auth.revoke),
        ];
        items.extend(urls.into_iter().filter_map(|(name, about, url)| {
            url.as_ref().map(|url| {
                text(&format!("{prefix}_{name}"), format!("{about} (`{way}`)."), url)
            })
        }));
        let times = [
            (
                "ACCESS_MINUTES",
                "Minutes that an access token lasts",
                auth.access_minutes,
            ),
            ("REFRESH_MONTHS", "Months that a refresh token lasts", auth.refresh_months),
        ];
        items.extend(times.into_iter().filter_map(|(name, about, value)| {
            value.map(|value| {
                number(&format!("{prefix}_{name}"), format!("{about} (`{way}`)."), value)
            })
        }));
    }
    items.extend(api.wire.names().into_iter().map(|of| -> Item {
        match of.value {
            WireValue::One(name) => text(of.constant, of.about.to_owned(), name),
            WireValue::Many(names) => {
                let (constant, about) = (ident(of.constant), module.docs(0, [of.about]));
                parse_quote!(#about pub const #constant: &[&str] = &[#(#names),*];)
            }
        }
    }));
    items.extend(plans(&module));
    let about = super::docs::lines(4, front.about.split("\n\n")).join("\n");
    module.file("service.rs".to_owned(), "spec/front.yaml", about, items)
}

fn plans(module: &Module<'_>) -> [Item; 2] {
    let plans = &module.api.service.plans;
    let variants = plans.iter().map(|plan| {
        let about = module
            .docs(4, [format!("{} {} requests a minute.", plan.about, plan.per_minute)]);
        let name = ident(&plan.name.camel());
        quote!(#about #name)
    });
    let arms = plans.iter().map(|plan| {
        let name = ident(&plan.name.camel());
        let per_minute = proc_macro2::Literal::u32_unsuffixed(plan.per_minute);
        quote!(Self::#name => #per_minute)
    });
    [
        parse_quote! {
            /// A company's plan, which sets how many requests all its tokens together may make.
            #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
            #[non_exhaustive]
            pub enum Plan {
                #(#variants,)*
            }
        },
        parse_quote! {
            impl Plan {
                /// Requests a minute, for the whole company.
                #[must_use]
                pub const fn requests_per_minute(self) -> u32 {
                    match self {
                        #(#arms,)*
                    }
                }
            }
        },
    ]
}

/// `rate_limit_classes.rs`: the limits that operations name.
pub(crate) fn rate_limit_classes(api: &Api) -> File {
    let module = Module::new(api, None);
    let (class, limit) = (module.rt("RateLimitClass"), module.rt("Limit"));
    let rate = |rate: Rate| {
        let name = module.rt("Rate");
        let (calls, seconds) = (
            proc_macro2::Literal::u32_unsuffixed(rate.calls),
            proc_macro2::Literal::u32_unsuffixed(rate.seconds),
        );
        quote!(#name { calls: #calls, seconds: #seconds })
    };
    let names = api.rate_limits.iter().map(|of| ident(&of.name.shouty()));
    let mut items: Vec<Item> = vec![parse_quote! {
        /// Every class.
        pub static ALL: &[&#class] = &[#(&#names),*];
    }];
    items.extend(api.rate_limits.iter().map(|of| -> Item {
        let (constant, name, about, certainty) =
            (ident(&of.name.shouty()), of.name.plain(), &of.about, of.certainty);
        let doc = module.docs(0, [about]);
        let allowed = match of.limit {
            Limit::Company => quote!(#limit::Company),
            Limit::Rate(allowed) => {
                let allowed = rate(allowed);
                quote!(#limit::Rate(#allowed))
            }
            Limit::Share(percent) => {
                let percent = proc_macro2::Literal::u32_unsuffixed(percent);
                quote!(#limit::Share { percent: #percent })
            }
        };
        let pace_at = match of.pace_at {
            Some(pace) => {
                let pace = rate(pace);
                quote!(Some(#pace))
            }
            None => quote!(None),
        };
        let each = match &of.each {
            Some(each) => quote!(Some(#each)),
            None => quote!(None),
        };
        parse_quote! {
            #doc
            pub static #constant: #class = #class {
                name: #name,
                about: #about,
                limit: #allowed,
                pace_at: #pace_at,
                each: #each,
                certainty: #certainty,
            };
        }
    }));
    let about = "RateLimiter that operations fall under beside the company's budget. Operations that name one class share it.";
    module.file(
        "rate_limit_classes.rs".to_owned(),
        "spec/front.yaml",
        about.to_owned(),
        items,
    )
}

/// `errors.rs`: the statuses that a caller handles.
pub(crate) fn errors(api: &Api) -> File {
    let module = Module::new(api, None);
    let statuses = &api.service.statuses;
    let variants = statuses.iter().map(|status| {
        let about = module.docs(
            4,
            [format!("{}: {}", status.number, status.meaning), status.action.clone()],
        );
        let name = ident(&status.name.camel());
        let number = proc_macro2::Literal::u16_unsuffixed(status.number);
        // Written out, or a status more would change the numbers of those that follow it.
        quote!(#about #name = #number)
    });
    let known: Vec<_> = statuses
        .iter()
        .map(|status| {
            let number = proc_macro2::Literal::u16_unsuffixed(status.number);
            (ident(&status.name.camel()), number, status)
        })
        .collect();
    let all = known.iter().map(|(name, ..)| quote!(Self::#name));
    let from = known.iter().map(|(name, number, _)| quote!(#number => Self::#name));
    let text = |part: fn(&Status) -> &String| {
        known
            .iter()
            .map(|(name, _, status)| {
                let text = part(status);
                quote!(Self::#name => #text)
            })
            .collect::<Vec<_>>()
    };
    let (codes, meanings, actions) =
        (text(|of| &of.code), text(|of| &of.meaning), text(|of| &of.action));
    let items = vec![
        parse_quote! {
            /// A status that a caller handles, with what it means and what to do about it.
            #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
            #[non_exhaustive]
            pub enum ErrorCode {
                #(#variants,)*
            }
        },
        parse_quote! {
            impl ErrorCode {
                /// Every code.
                pub const ALL: &[Self] = &[#(#all),*];

                /// The code for an HTTP status, where it is one of these.
                #[must_use]
                pub const fn from_status(status: u16) -> Option<Self> {
                    let code = match status {
                        #(#from,)*
                        _ => return None,
                    };
                    Some(code)
                }

                /// The HTTP status.
                #[must_use]
                pub const fn status(self) -> u16 {
                    self as u16
                }

                /// The short name, such as `bad_request`.
                #[must_use]
                pub const fn name(self) -> &'static str {
                    match self {
                        #(#codes,)*
                    }
                }

                /// What it means.
                #[must_use]
                pub const fn meaning(self) -> &'static str {
                    match self {
                        #(#meanings,)*
                    }
                }

                /// What to do about it.
                #[must_use]
                pub const fn action(self) -> &'static str {
                    match self {
                        #(#actions,)*
                    }
                }
            }
        },
    ];
    let about = "The statuses that Front refuses a call with.".to_owned();
    module.file("errors.rs".to_owned(), "spec/front.yaml", about, items)
}
