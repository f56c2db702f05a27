//! The facts of `front.yaml` about the API as a whole: `service.rs`, `rate_limit_classes.rs` and `errors.rs`.

use quote::quote;
use syn::{Item, parse_quote};

use super::File;
use super::module::Module;
use super::tree::ident;
use crate::ir::{Api, Limit, Rate, Status, WireValue};

/// Creates `service.rs`: hosts, pages, authentication, names on the wire, and plans.
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
        text("BASE_URL", "The base URL of the API.".to_owned(), &front.hosts.base),
        parse_quote! {
            /// The hosts that URLs in responses may have; `*.` matches one label. The token is sent only to these hosts.
            pub const LINK_HOSTS: &[&str] = &[#(#hosts),*];
        },
        text(
            "PUBLISHED_REVISION",
            format!(
                "The revision of Front's `{}` that the spec describes.",
                front.published.document
            ),
            &front.published.revision,
        ),
        text(
            "PUBLISHED_DATE",
            "The day on which Front published this revision.".to_owned(),
            &front.published.date,
        ),
        text(
            "CURSOR",
            "The query parameter with the cursor of a page.".to_owned(),
            &front.pagination.cursor,
        ),
        text(
            "PAGE_SIZE",
            "The query parameter that sets the size of a page.".to_owned(),
            &front.pagination.size,
        ),
        number(
            "MAX_PAGE",
            "The maximum number of items on a page, unless an operation has a limit of its own."
                .to_owned(),
            front.pagination.max,
        ),
        number(
            "DEFAULT_PAGE",
            "The number of items on a page if the request sets no size.".to_owned(),
            front.pagination.default,
        ),
        number("BURST_PERCENT", front.burst.about.clone(), front.burst.percent),
        number(
            "BURST_REFILL_MINUTES",
            "Minutes until a spent burst allowance is full again.".to_owned(),
            front.burst.refill_minutes,
        ),
    ];
    for auth in &front.auth {
        let method = &auth.key;
        let prefix = heck::ToShoutySnakeCase::to_shouty_snake_case(method.as_str());
        let urls = [
            ("AUTHORIZE_URL", "The URL where a user grants access", &auth.authorize),
            (
                "TOKEN_URL",
                "The URL that exchanges a code or a refresh token for an access token",
                &auth.token,
            ),
            ("REVOKE_URL", "The URL that revokes a token", &auth.revoke),
        ];
        items.extend(urls.into_iter().filter_map(|(name, about, url)| {
            url.as_ref().map(|url| {
                text(&format!("{prefix}_{name}"), format!("{about} (`{method}`)."), url)
            })
        }));
        let times = [
            (
                "ACCESS_MINUTES",
                "The lifetime of an access token in minutes",
                auth.access_minutes,
            ),
            (
                "REFRESH_MONTHS",
                "The lifetime of a refresh token in months",
                auth.refresh_months,
            ),
        ];
        items.extend(times.into_iter().filter_map(|(name, about, value)| {
            value.map(|value| {
                number(
                    &format!("{prefix}_{name}"),
                    format!("{about} (`{method}`)."),
                    value,
                )
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
        let about = module.docs(
            4,
            [format!("{} {} requests per minute.", plan.about, plan.per_minute)],
        );
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
            /// A company's plan, which limits the requests of all its tokens together.
            #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
            #[non_exhaustive]
            pub enum Plan {
                #(#variants,)*
            }
        },
        parse_quote! {
            impl Plan {
                /// Returns the requests per minute that the plan allows the whole company.
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

/// Creates `rate_limit_classes.rs`: the limits that operations name.
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
        /// All classes.
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
    let about = "The rate limits of operations, in addition to the company's budget. Operations of one class share its limit.";
    module.file(
        "rate_limit_classes.rs".to_owned(),
        "spec/front.yaml",
        about.to_owned(),
        items,
    )
}

/// Creates `errors.rs`: the HTTP statuses that a caller handles.
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
        // Explicit, because a new status would change the implicit numbers of the statuses after it.
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
            /// An HTTP status that a caller handles, with its meaning and what to do about it.
            #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
            #[non_exhaustive]
            pub enum ErrorCode {
                #(#variants,)*
            }
        },
        parse_quote! {
            impl ErrorCode {
                /// All codes.
                pub const ALL: &[Self] = &[#(#all),*];

                /// Returns the code for an HTTP status, or `None` if no code has this status.
                #[must_use]
                pub const fn from_status(status: u16) -> Option<Self> {
                    let code = match status {
                        #(#from,)*
                        _ => return None,
                    };
                    Some(code)
                }

                /// Returns the HTTP status.
                #[must_use]
                pub const fn status(self) -> u16 {
                    self as u16
                }

                /// Returns the short name, such as `bad_request`.
                #[must_use]
                pub const fn name(self) -> &'static str {
                    match self {
                        #(#codes,)*
                    }
                }

                /// Returns the meaning of the status.
                #[must_use]
                pub const fn meaning(self) -> &'static str {
                    match self {
                        #(#meanings,)*
                    }
                }

                /// Returns what to do about the status.
                #[must_use]
                pub const fn action(self) -> &'static str {
                    match self {
                        #(#actions,)*
                    }
                }
            }
        },
    ];
    let about = "The HTTP statuses with which Front refuses a call.".to_owned();
    module.file("errors.rs".to_owned(), "spec/front.yaml", about, items)
}
