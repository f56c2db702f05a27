//! Names in Rust. Each name in a scope has one owner.

use super::context::{Context, placeholder};
use crate::names::{Name, Scope};
use crate::problem::{Code, Place, Problem};

/// A scope of names.
#[derive(Default)]
pub(super) struct Claims {
    scope: Scope<Owner>,
}

/// The owner of a name.
#[derive(Clone)]
enum Owner {
    /// An item of the spec: its place, and what it is.
    Spec(Place, String),
    /// Generated code. Holds the reason.
    Reserved(String),
}

impl Claims {
    /// Reserves names for generated code.
    pub(super) fn reserve<'w>(
        mut self,
        words: impl IntoIterator<Item = &'w str>,
        why: &str,
    ) -> Self {
        for word in words {
            // A name may be reserved for two reasons. The first one is reported.
            let _ = self.scope.claim(word, Owner::Reserved(why.to_owned()));
        }
        self
    }

    /// Claims the name `rendered`, which follows from `name`, for the item at `place`. Returns whether the name was unused.
    pub(super) fn claim(
        &mut self,
        cx: &mut Context<'_>,
        name: &Name,
        rendered: String,
        place: Place,
        what: &str,
        help: &str,
    ) -> bool {
        if *name == placeholder() {
            return true;
        }
        let mine = Owner::Spec(place.clone(), what.to_owned());
        let Err(owner) = self.scope.claim(rendered.clone(), mine) else {
            return true;
        };
        cx.report(match owner {
            Owner::Spec(first, other) => {
                taken(&rendered, (place, what), (first, &other), help)
            }
            Owner::Reserved(why) => Problem::new(
                Code::ReservedName,
                format!("the name `{rendered}` is reserved and cannot name a {what}"),
            )
            .at(place)
            .label(why)
            .help(help),
        });
        false
    }
}

/// Returns the problem of two items with the same name.
pub(super) fn taken(
    rendered: &str,
    second: (Place, &str),
    first: (Place, &str),
    help: &str,
) -> Problem {
    let title = if first.1 == second.1 {
        format!("`{rendered}` would be the name of more than one {}", first.1)
    } else {
        let (first, second) = (with_article(first.1), with_article(second.1));
        format!("`{rendered}` would be the name of {first} and of {second}")
    };
    Problem::new(Code::NameTaken, title)
        .at(second.0)
        .label(format!("{} here", with_article(second.1)))
        .also(first.0, format!("{} here", with_article(first.1)))
        .help(help)
}

fn with_article(what: &str) -> String {
    let article = if what.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {what}")
}

/// The help for the name of a field, a value or a case.
pub(super) const GIVE_NAME: &str = "write another name for Rust under `name`";
