//! Fields: the phrase, name, limits, constant and documentation.

use super::claims::GIVE_NAME;
use super::context::{At, Context, list_of};
use super::docs;
use super::index::{Index, unknown_type};
use crate::ir::{self, DefaultValue, Fixed, Scalar, Ty, ValueLimits, WordId};
use crate::names::{Name, nearest};
use crate::phrase::Mark;
use crate::problem::{Code, Problem};
use crate::spec::model::{self, FieldDef};

/// Resolves a field of a structure, of a query or of a choice.
pub(super) fn field(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    wire: &str,
    written: &model::Field,
    at: &At,
) -> ir::Field {
    let def = &written.0;
    let read = index.phrase(cx, &def.phrase, at);
    if let Some((phrase, ty)) = &read {
        limits(cx, def, ty, at);
        if phrase.mark == Some(Mark::Required) && def.default.is_some() {
            let problem = Problem::new(
                Code::MisplacedWord,
                format!("`{wire}` is required and has a default"),
            );
            let place = cx.key(&at.then("default"));
            cx.report(
                problem.at(place).label(
                    "the default is never used, because the field is always sent",
                ),
            );
        }
    }
    let fixed = def.fixed.as_ref().and_then(|text| {
        let (phrase, ty) = read.as_ref()?;
        let constant = constant(index, text, ty, phrase.nullable);
        constant.map_err(|expected| no_constant(cx, "fixed", text, expected, at)).ok()
    });
    if let (Some(text), Some((phrase, ty))) = (&def.default, &read)
        && has_form(index, ty)
        && let Err(expected) = constant(index, text, ty, phrase.nullable)
    {
        no_constant(cx, "default", text, expected, at);
    }
    if let (Some(text), Some((_, Ty::Scalar(Scalar::Number)))) = (&def.default, &read)
        && text.parse::<f64>().is_err()
    {
        no_constant(cx, "default", text, "a number is expected".to_owned(), at);
    }
    let name = name(cx, wire, def, at);
    let (about, word) = if def.fixed.is_some() {
        (def.about.as_deref().map(docs::paragraphs).unwrap_or_default(), None)
    } else {
        about(cx, wire, def, at)
    };
    let (mark, nullable) = read
        .as_ref()
        .map_or((None, false), |(phrase, _)| (phrase.mark, phrase.nullable));
    let default = default(index, def, read.as_ref().map(|(_, ty)| ty), nullable);
    ir::Field {
        source: cx.node(at),
        wire: wire.to_owned(),
        name,
        required: mark == Some(Mark::Required),
        always: mark == Some(Mark::Always),
        nullable,
        ty: read.map_or_else(unknown_type, |(_, ty)| ty),
        about,
        word,
        note: def.note.clone(),
        limits: value_limits(def),
        default,
        deprecated: def.deprecated.as_deref().map(docs::sentence),
        fixed,
    }
}

/// Returns the limits of a field.
pub(super) fn value_limits(def: &FieldDef) -> ValueLimits {
    ValueLimits {
        max_length: def.max_length,
        min_items: def.min_items,
        max_items: def.max_items,
        minimum: def.minimum,
        maximum: def.maximum,
        allowed: def.allowed.clone(),
    }
}

/// Returns the default of a field, with its value if the type has a form for it.
pub(super) fn default(
    index: &Index<'_>,
    def: &FieldDef,
    ty: Option<&Ty>,
    nullable: bool,
) -> Option<DefaultValue> {
    let text = def.default.clone()?;
    let value = ty
        .filter(|ty| has_form(index, ty))
        .and_then(|ty| constant(index, &text, ty, nullable).ok());
    Some(DefaultValue { text, value })
}

/// Returns the Rust name of a field: the one under `name`, or its key. The key `type` becomes `kind`, because `type` is a keyword.
pub(super) fn name(cx: &mut Context<'_>, wire: &str, def: &FieldDef, at: &At) -> Name {
    match &def.name {
        Some(name) => {
            let at = at.then("name");
            let place = cx.value(&at);
            let given = cx.snake(name, place);
            if by_key(wire).is_ok_and(|by_key| by_key == given) {
                cx.redundant(&at, "the name that follows from the key");
            }
            given
        }
        None => {
            let place = cx.key(at);
            cx.name(if wire == "type" { "kind" } else { wire }, place, GIVE_NAME)
        }
    }
}

/// Returns the Rust name for a key.
fn by_key(wire: &str) -> Result<Name, &'static str> {
    Name::new(if wire == "type" { "kind" } else { wire })
}

/// Returns the description of a field: its own, or that of `words` for its key, with the entry.
pub(super) fn about(
    cx: &mut Context<'_>,
    wire: &str,
    def: &FieldDef,
    at: &At,
) -> (Vec<String>, Option<WordId>) {
    if let Some(about) = &def.about {
        cx.non_empty(&at.then("about"), about);
    }
    let last =
        wire.split(['.', '[', ']']).rfind(|part| !part.is_empty()).unwrap_or(wire);
    let (word, said) = match &def.about {
        Some(about) => (None, Some(about.as_str())),
        None => cx.words(last).unzip(),
    };
    if said.is_none() {
        let problem =
            Problem::new(Code::MissingAbout, format!("`{wire}` has no description"))
                .at(cx.key(at));
        cx.report(problem.help(format!(
            "describe it under `about`, or describe every field with this name under `words: {last}` in front.yaml"
        )));
    }
    (said.map(docs::paragraphs).unwrap_or_default(), word)
}

/// Checks that the limits apply to the type.
fn limits(cx: &mut Context<'_>, def: &FieldDef, ty: &Ty, at: &At) {
    let is = |scalars: &[Scalar]| matches!(ty, Ty::Scalar(scalar) if scalars.contains(scalar));
    let is_text = is(&[Scalar::String, Scalar::Text, Scalar::Secret]);
    let is_number = is(&[Scalar::Integer, Scalar::Number]);
    let is_many = matches!(ty, Ty::List(_) | Ty::Map(_));
    for (key, written, fits, of) in [
        ("allowed", !def.allowed.is_empty(), is(&[Scalar::Integer]), "`integer`"),
        (
            "max_length",
            def.max_length.is_some(),
            is_text,
            "`string`, `text` and `secret`",
        ),
        ("min_items", def.min_items.is_some(), is_many, "lists and maps"),
        ("max_items", def.max_items.is_some(), is_many, "lists and maps"),
        ("minimum", def.minimum.is_some(), is_number, "`integer` and `number`"),
        ("maximum", def.maximum.is_some(), is_number, "`integer` and `number`"),
    ] {
        if written && !fits {
            let problem = Problem::new(
                Code::WrongLimit,
                format!("`{key}` is not a limit of `{}`", def.phrase),
            );
            let problem =
                problem.at(cx.key(&at.then(key))).label(format!("only for {of}"));
            let phrase = cx.phrase(at);
            cx.report(problem.also(phrase, "the type"));
        }
    }
    for (key, limit) in [("max_length", def.max_length), ("max_items", def.max_items)] {
        if limit == Some(0) {
            cx.invalid_value(&at.then(key), "at least 1 is expected");
        }
    }
    if def.min_items > def.max_items && def.max_items.is_some() {
        crossed(cx, at, "min_items", "max_items");
    }
    if def.minimum > def.maximum && def.maximum.is_some() {
        crossed(cx, at, "minimum", "maximum");
    }
    for (item, number) in def.allowed.iter().enumerate() {
        if let Some(first) = def.allowed[..item].iter().position(|known| known == number)
        {
            let list = at.then("allowed");
            let problem =
                Problem::new(Code::ListedTwice, format!("{number} is listed twice"));
            let problem = problem.at(cx.value(&list.then(item))).label("again here");
            let first = cx.value(&list.then(first));
            cx.report(problem.also(first, "first here"));
        }
    }
}

fn crossed(cx: &mut Context<'_>, at: &At, least: &str, most: &str) {
    let problem =
        Problem::new(Code::WrongLimit, format!("`{least}` is greater than `{most}`"));
    let (least, most) = (cx.value(&at.then(least)), cx.value(&at.then(most)));
    cx.report(
        problem.at(least).label("greater than the maximum").also(most, "the maximum"),
    );
}

/// Returns whether a default of this type must be a value. Other defaults may be described: `the channel's own`.
fn has_form(index: &Index<'_>, ty: &Ty) -> bool {
    match ty {
        Ty::Scalar(scalar) => matches!(scalar, Scalar::Boolean | Scalar::Integer),
        Ty::Named(id) => {
            let of = index.written[id.0];
            of.values.is_some() || of.flag.is_some()
        }
        Ty::List(_) | Ty::Map(_) | Ty::Id(_) => false,
    }
}

/// Returns the constant for a text of this type, or what is expected.
fn constant(
    index: &Index<'_>,
    text: &str,
    ty: &Ty,
    nullable: bool,
) -> Result<Fixed, String> {
    if nullable && text == "null" {
        return Ok(Fixed::Null);
    }
    let is_flag = matches!(ty, Ty::Named(id) if index.written[id.0].flag.is_some());
    Err(match ty {
        _ if is_flag || *ty == Ty::Scalar(Scalar::Boolean) => match text {
            "true" => return Ok(Fixed::Boolean(true)),
            "false" => return Ok(Fixed::Boolean(false)),
            _ => "`true` or `false` is expected".to_owned(),
        },
        Ty::Scalar(Scalar::Integer) => match text.parse() {
            Ok(number) => return Ok(Fixed::Integer(number)),
            Err(_) => "a whole number is expected".to_owned(),
        },
        Ty::Scalar(Scalar::String | Scalar::Text) | Ty::Id(_) => {
            return Ok(Fixed::String(text.to_owned()));
        }
        Ty::Named(id) => match &index.written[id.0].values {
            Some(values) if values.iter().any(|value| value.wire == text) => {
                return Ok(Fixed::String(text.to_owned()));
            }
            Some(values) => {
                let known: Vec<&str> = values.iter().map(|value| value.wire.as_str()).collect();
                match nearest(text, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("one of {} is expected", list_of(&known)),
                }
            }
            None => "a structure or a union cannot be a constant".to_owned(),
        },
        Ty::Scalar(_) | Ty::List(_) | Ty::Map(_) => {
            "a constant is a text, a whole number, a boolean, a value of an enumeration or `null`"
                .to_owned()
        }
    })
}

/// Reports a text that cannot be a constant of its type.
fn no_constant(cx: &mut Context<'_>, key: &str, text: &str, expected: String, at: &At) {
    let what = if key == "fixed" { "constant" } else { key };
    let title = format!("`{text}` cannot be a {what} of this type");
    let place = cx.value(&at.then(key));
    let phrase = cx.phrase(at);
    let problem = Problem::new(Code::WrongFixed, title).at(place);
    cx.report(problem.label(expected).also(phrase, "the type"));
}
