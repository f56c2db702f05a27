//! The marks that Front's document has no words for: `text` and `secret`, which are not shown, and `timestamp`. A new type comes
//! without them, and what a customer wrote would stand in logs until somebody looks.

use super::Todo;
use front_codegen::ir::Scalar;
use front_codegen::phrase::{self, Shape};
use front_codegen::spec::model::Type;

/// More fields of a type are not named.
const NAMED: usize = 6;

/// Words in the names of times, at their ends or whole.
const TIMES: &[&str] = &[
    "at",
    "date",
    "day",
    "time",
    "timestamp",
    "start",
    "end",
    "since",
    "until",
    "before",
    "after",
    "from",
    "to",
];

/// What is to be said of the fields of a new type; none where no mark could be missing.
pub(super) fn missing(name: &str, of: &Type) -> Option<Todo> {
    let groups = of.choice.iter().flat_map(|choice| choice.cases.values()).flatten();
    let (mut texts, mut times): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for (key, field) in of.fields.iter().flatten().chain(groups) {
        match scalar(&field.0.phrase).filter(|_| field.0.fixed.is_none()) {
            Some(Scalar::String) => texts.push(key.as_str()),
            Some(Scalar::Integer | Scalar::Number) if is_time(key) => times.push(key),
            _ => {}
        }
    }
    let mut what = Vec::new();
    if !texts.is_empty() {
        what.push(format!(
            "see {} `text` or `secret` (neither is shown in logs) or an id",
            which(&texts)
        ));
    }
    if !times.is_empty() {
        what.push(format!("see {} a `timestamp`", which(&times)));
    }
    (!what.is_empty()).then(|| Todo::new(name, what.join("; ")))
}

/// What a value is, or what a list or a map holds, where that is a scalar.
fn scalar(text: &str) -> Option<Scalar> {
    let mut shape = phrase::parse(text).ok()?.shape;
    loop {
        shape = match shape {
            Shape::List(item) | Shape::Map(item) => *item,
            Shape::Scalar(scalar) => return Some(scalar),
            Shape::Name(..) => return None,
        };
    }
}

fn is_time(key: &str) -> bool {
    let last = key.rsplit(['.', '_']).next().unwrap_or(key);
    TIMES.iter().any(|word| last.eq_ignore_ascii_case(word))
        || ["Date", "Time", "At"].iter().any(|word| last.ends_with(word))
}

/// `whether x is`, `which of x, y are`.
fn which(keys: &[&str]) -> String {
    let named: Vec<String> =
        keys.iter().take(NAMED).map(|key| format!("`{key}`")).collect();
    let named = named.join(", ");
    match keys.len() {
        1 => format!("whether {named} is"),
        few if few <= NAMED => format!("which of {named} are"),
        many => format!("which of {named} and {} more are", many - NAMED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_a_type_names_what_may_lack_a_mark() {
        let of = |fields: &str| {
            let of: Type =
                serde_yaml::from_str(&format!("fields: {{{fields}}}")).expect(fields);
            missing("X", &of).map(|todo| todo.what)
        };
        let hidden = "`text` or `secret` (neither is shown in logs) or an id";
        assert_eq!(
            of("a: nullable string, n: number, sent_at: integer, id: always TagId"),
            Some(format!(
                "see whether `a` is {hidden}; see whether `sent_at` is a `timestamp`"
            ))
        );
        assert_eq!(
            of(
                "a: string, b: list of string, c: string, d: string, e: string, f: string, g: map of string"
            ),
            Some(format!(
                "see which of `a`, `b`, `c`, `d`, `e`, `f` and 1 more are {hidden}"
            ))
        );
        assert_eq!(
            of("t: text, s: secret, u: timestamp, count: integer, k: Kind"),
            None
        );
    }
}
