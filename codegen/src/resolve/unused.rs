//! Warnings: what nothing uses, and types that nothing describes.

use super::context::Context;
use super::index::Index;
use crate::ir::Api;
use crate::problem::{Code, Problem};

/// Warns of types that nothing describes or reaches, and of words that no field takes.
pub(super) fn warn(cx: &mut Context<'_>, index: &Index<'_>, api: &Api) {
    // What could not be understood may be what uses the rest.
    let is_whole = !cx.problems.has_errors();
    for ((of, at), written) in api.types.iter().zip(&index.types_at).zip(&index.written)
    {
        let (direction, name) = (of.direction, of.name.camel());
        let is_used = direction.input || direction.body || direction.answer;
        // A type that is only a whole body is not seen: its fields are the request's.
        let is_seen = direction.input || direction.answer;
        if is_seen && written.about.is_none() {
            let title = format!("nothing says what `{name}` is");
            let problem = Problem::new(Code::MissingAbout, title).at(cx.key(at));
            cx.report(problem.help("say it under `about`, first in the type"));
        } else if !is_used && is_whole {
            let problem =
                Problem::new(Code::UnusedType, format!("nothing uses `{name}`"));
            let place = cx.key(at);
            cx.report(problem.at(place).label("no endpoint and no webhook reaches it"));
        }
    }
    let words = cx.front().then("words");
    for word in cx.spec.front.1.words.keys() {
        if is_whole && !cx.words_taken.contains(word.as_str()) {
            let title = format!("no field takes the words for `{word}`");
            let place = cx.key(&words.then(word));
            let label =
                "every field of that name says something itself, or there is none";
            cx.report(Problem::new(Code::UnusedWords, title).at(place).label(label));
        }
    }
}
