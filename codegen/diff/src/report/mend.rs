//! What becomes of code where a finding has no sentence of its own: what does not compile any more, and what mends it.

/// A sentence for a kind of change that breaks code.
pub(super) fn mend(rule: &str) -> &'static str {
    let ends = |ends: &[&str]| ends.iter().any(|end| rule.ends_with(end));
    match rule {
        "capability-added" | "capability-changed" => {
            "where a client's permissions are a type, `grant!` has to name this one for the call to compile"
        }
        "plan-reordered" | "error-status-changed" => {
            "code compiles, and the numbers that `as` gives mean something else"
        }
        "field-boxed" => {
            "code that takes its value out, or puts one in, does not compile any more: mind the `Box`"
        }
        "input-added-required"
        | "input-became-argument"
        | "input-became-required"
        | "path-parameter-added" => {
            "calls of it do not compile any more: they take one argument more"
        }
        "input-became-setter" | "path-parameter-removed" => {
            "calls of it do not compile any more: they take one argument less"
        }
        "body-removed"
        | "input-became-fixed"
        | "input-nullable-removed"
        | "input-removed"
        | "page-size-removed" => {
            "code that gives it does not compile any more: leave it out"
        }
        "type-direction-changed" => {
            "code that builds one, or reads its fields, may not compile any more: use it the way its values go now"
        }
        "answer-removed" => {
            "code that uses what it answered does not compile any more: do without it"
        }
        _ if ends(&["-renamed", "-name-changed", "-moved"]) => {
            "code that names it does not compile any more: write the new name"
        }
        "answer-added"
        | "choice-case-changed"
        | "list-item-changed"
        | "pagination-added"
        | "pagination-removed" => OTHER_TYPE,
        _ if ends(&["-type-changed", "-format-changed", "-kind-changed"]) => OTHER_TYPE,
        _ if ends(&["-removed"]) => {
            "code that names it does not compile any more: do without it"
        }
        _ => "code that uses it does not compile any more, or means something else",
    }
}

const OTHER_TYPE: &str =
    "code that uses its value does not compile any more: it is of another type";
