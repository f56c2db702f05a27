//! Names in Rust, each claimed by one thing in its scope.

use super::context::{Context, placeholder};
use crate::names::{Name, Scope};
use crate::problem::{Code, Place, Problem};

/// A scope of names.
#[derive(Default)]
pub(super) struct Claims {
    scope: Scope<Owner>,
}

/// Who has a name.
#[derive(Clone)]
enum Owner {
    /// What stands there in the spec.
    Spec(Place, String),
    /// Generated code itself; why.
    Reserved(String),
}

impl Claims {
    /// Keeps words for generated code.
    pub(super) fn reserve<'w>(
        mut self,
        words: impl IntoIterator<Item = &'w str>,
        why: &str,
    ) -> Self {
        for word in words {
            // A word that is reserved for two reasons is as reserved as for one.
            let _ = self.scope.claim(word, Owner::Reserved(why.to_owned()));
        }
        self
    }

    /// Claims `rendered`, which `name` gives, for what stands at `place` and is `what`. Returns whether it got it.
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
                format!("no {what} may be called `{rendered}`"),
            )
            .at(place)
            .label(why)
            .help(help),
        });
        false
    }
}

/// Two things with one name.
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

/// What a field, a value or a case can do about its name.
pub(super) const GIVE_NAME: &str = "give it another name in Rust under `name`";
