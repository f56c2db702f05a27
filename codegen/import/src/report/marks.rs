//! The marks that Front's document cannot express: `text` and `secret`, which are not shown in logs, and `timestamp`. A new type has
//! none of them, and texts of customers would appear in logs until somebody adds the marks.

use super::Todo;
use front_codegen::ir::Scalar;
use front_codegen::phrase::{self, Shape};
use front_codegen::spec::model::Type;

/// The maximum number of fields that are named for a type.
const NAMED: usize = 6;

/// The last words in the names of times.
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

/// Returns the task for the fields of a new type, or `None` if no mark can be missing.
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
            "check {} `text` or `secret` (neither is shown in logs) or an id",
            which(&texts)
        ));
    }
    if !times.is_empty() {
        what.push(format!("check {} a `timestamp`", which(&times)));
    }
    (!what.is_empty()).then(|| Todo::new(name, what.join("; ")))
}

/// Returns the scalar of a value, or of the items of a list or map.
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

/// Returns `whether x is` or `which of x, y are`.
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
    fn each_type_has_one_task_with_the_fields_that_may_need_a_mark() {
        let of = |fields: &str| {
            let of: Type =
                serde_yaml::from_str(&format!("fields: {{{fields}}}")).expect(fields);
            missing("X", &of).map(|todo| todo.what)
        };
        let hidden = "`text` or `secret` (neither is shown in logs) or an id";
        assert_eq!(
            of("a: nullable string, n: number, sent_at: integer, id: always TagId"),
            Some(format!(
                "check whether `a` is {hidden}; check whether `sent_at` is a `timestamp`"
            ))
        );
        assert_eq!(
            of(
                "a: string, b: list of string, c: string, d: string, e: string, f: string, g: map of string"
            ),
            Some(format!(
                "check which of `a`, `b`, `c`, `d`, `e`, `f` and 1 more are {hidden}"
            ))
        );
        assert_eq!(
            of("t: text, s: secret, u: timestamp, count: integer, k: Kind"),
            None
        );
    }
}
