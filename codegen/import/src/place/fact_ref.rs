//! Reads and sets one fact of a document, in the words of `corrections.yaml`.

use indexmap::{IndexMap, IndexSet};

use super::super::phrase;
use super::super::published::{Answer, Field, Kind, Operation, Shape};
use front_codegen::spec::model::Fact;

/// The word for a missing fact.
pub(crate) const NONE: &str = "none";
/// The word for a call that the document does not have and the spec keeps.
pub(crate) const KEPT: &str = "kept";

/// A reference to a fact.
pub(crate) enum FactRef<'a> {
    /// Whether the document has a call.
    Call { there: bool, id: &'a str, kept: &'a mut Vec<String> },
    /// A fact of a call.
    Fact { operation: &'a mut Operation, word: CallFact },
    /// A field or a parameter.
    Field { fields: &'a mut IndexMap<String, Field>, key: &'a str },
    /// A limit, or another property of a value.
    Limit { shape: &'a mut Shape, limit: Limit },
    /// The links of an object.
    Links(&'a mut Option<Vec<String>>),
}

/// A fact of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallFact {
    Method,
    Path,
    Scope,
    Status,
    Paged,
    MaxPage,
    Deprecated,
    Redirects,
    Body,
    Answer,
}

impl CallFact {
    pub(super) fn of(word: &str) -> Option<Self> {
        let word = match word {
            "method" => Self::Method,
            "path" => Self::Path,
            "scope" => Self::Scope,
            "status" => Self::Status,
            "paged" => Self::Paged,
            "max_page" => Self::MaxPage,
            "deprecated" => Self::Deprecated,
            "redirects" => Self::Redirects,
            "body" => Self::Body,
            "answer" => Self::Answer,
            _ => return None,
        };
        Some(word)
    }
}

/// A property of a value beside its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    Values,
    Allowed,
    Default,
    MaxLength,
    MinItems,
    MaxItems,
    Minimum,
    Maximum,
    Deprecated,
}

impl Limit {
    pub(super) fn of(word: &str) -> Option<Self> {
        let limit = match word {
            "values" => Self::Values,
            "allowed" => Self::Allowed,
            "default" => Self::Default,
            "max_length" => Self::MaxLength,
            "min_items" => Self::MinItems,
            "max_items" => Self::MaxItems,
            "minimum" => Self::Minimum,
            "maximum" => Self::Maximum,
            "deprecated" => Self::Deprecated,
            _ => return None,
        };
        Some(limit)
    }

    /// Returns whether it is a property of a list, and not of the items of the list.
    pub(super) fn of_list(self) -> bool {
        matches!(self, Self::MinItems | Self::MaxItems | Self::Deprecated)
    }
}

impl FactRef<'_> {
    /// Returns the fact, in the words of `corrections.yaml`.
    pub(crate) fn value(&self) -> Fact {
        match self {
            Self::Call { there, id, kept } => {
                let is_kept = kept.iter().any(|kept| kept == id);
                let word = if is_kept { KEPT } else { NONE };
                Fact::Text(if *there { "there" } else { word }.to_owned())
            }
            Self::Fact { operation, word } => Fact::Text(word.value(operation)),
            Self::Field { fields, key } => {
                Fact::Text(fields.get(*key).map_or_else(|| NONE.to_owned(), field))
            }
            Self::Limit { shape, limit } => limit.value(shape),
            Self::Links(links) => {
                links.as_ref().map_or_else(none, |links| Fact::List(links.clone()))
            }
        }
    }

    /// Sets the fact.
    ///
    /// # Errors
    ///
    /// Returns why the fact cannot have this value, without a final period.
    pub(crate) fn set(self, fact: &Fact) -> Result<(), String> {
        match self {
            Self::Call { there, id, kept } => match fact {
                Fact::Text(word) if word == KEPT && !there => {
                    kept.push(id.to_owned());
                    Ok(())
                }
                _ => Err(format!("the value of a call itself can only be `{KEPT}`")),
            },
            Self::Fact { operation, word } => word.set(operation, text(fact)?),
            Self::Field { fields, key } => set_field(fields, key, text(fact)?),
            Self::Limit { shape, limit } => limit.set(shape, fact),
            Self::Links(links) => {
                *links = match fact {
                    Fact::List(names) => Some(names.clone()),
                    Fact::Text(word) if word == NONE => None,
                    Fact::Text(_) => {
                        return Err(format!("a list or `{NONE}` is expected"));
                    }
                };
                Ok(())
            }
        }
    }

    /// Returns whether the fact is a phrase, whose names must exist in the document.
    pub(crate) fn is_phrase(&self) -> bool {
        match self {
            Self::Field { .. } => true,
            Self::Fact { word, .. } => matches!(word, CallFact::Body | CallFact::Answer),
            Self::Call { .. } | Self::Limit { .. } | Self::Links(_) => false,
        }
    }
}

fn none() -> Fact {
    Fact::Text(NONE.to_owned())
}

fn text(fact: &Fact) -> Result<&str, String> {
    match fact {
        Fact::Text(text) => Ok(text),
        Fact::List(_) => Err("a text is expected, not a list".to_owned()),
    }
}

fn field(field: &Field) -> String {
    let required = if field.required { "required " } else { "" };
    format!("{required}{}", phrase::of(&field.shape))
}

fn set_field(
    fields: &mut IndexMap<String, Field>,
    key: &str,
    value: &str,
) -> Result<(), String> {
    if value == NONE {
        fields.shift_remove(key);
        return Ok(());
    }
    let (required, mut shape) =
        phrase::parse(value).ok_or_else(|| format!("`{value}` is not a phrase"))?;
    if let Some(known) = fields.get(key) {
        shape = refined(&known.shape, shape);
    }
    fields.insert(key.to_owned(), Field { required, shape });
    Ok(())
}

/// Replaces a shape with that of a phrase. Keeps everything that the phrase does not specify.
fn refined(known: &Shape, mut shape: Shape) -> Shape {
    let overlap =
        |shape: &Shape| phrase::of(&Shape { nullable: false, ..shape.clone() });
    if overlap(known) == overlap(&shape) {
        shape = Shape { nullable: shape.nullable, ..known.clone() };
    }
    shape
}

impl CallFact {
    fn value(self, operation: &Operation) -> String {
        let maybe =
            |text: &Option<String>| text.clone().unwrap_or_else(|| NONE.to_owned());
        match self {
            Self::Method => operation.method.clone(),
            Self::Path => operation.path.clone(),
            Self::Scope => maybe(&operation.scope),
            Self::Status => operation.status.to_string(),
            Self::Paged => {
                matches!(operation.answer, Answer::List { paged: true, .. }).to_string()
            }
            Self::MaxPage => match &operation.answer {
                Answer::List { max: Some(max), .. } => max.to_string(),
                _ => NONE.to_owned(),
            },
            Self::Deprecated => operation.deprecated.to_string(),
            Self::Redirects => operation.redirects.to_string(),
            Self::Body => maybe(&operation.body.as_ref().map(phrase::of)),
            Self::Answer => match &operation.answer {
                Answer::Nothing => NONE.to_owned(),
                Answer::One(shape) => phrase::of(shape),
                Answer::List { item, .. } => format!("list of {}", phrase::of(item)),
                Answer::File => "file".to_owned(),
            },
        }
    }

    fn set(self, operation: &mut Operation, value: &str) -> Result<(), String> {
        let flag = || match value {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err("`true` or `false` is expected".to_owned()),
        };
        match self {
            Self::Method => value.clone_into(&mut operation.method),
            Self::Path => {
                operation.params = super::super::lower::placeholders(value);
                value.clone_into(&mut operation.path);
            }
            Self::Scope => operation.scope = (value != NONE).then(|| value.to_owned()),
            Self::Status => {
                operation.status = value
                    .parse()
                    .ok()
                    .filter(|status| (200..300).contains(status))
                    .ok_or_else(|| "a status from 200 to 299 is expected".to_owned())?;
            }
            Self::Paged => {
                if let Answer::List { paged, .. } = &mut operation.answer {
                    *paged = flag()?;
                }
            }
            Self::MaxPage => {
                if let Answer::List { max, .. } = &mut operation.answer {
                    *max = number(&Fact::Text(value.to_owned()))?;
                }
            }
            Self::Deprecated => operation.deprecated = flag()?,
            Self::Redirects => operation.redirects = flag()?,
            Self::Body => operation.body = whole(value)?,
            Self::Answer => {
                let (paged, max) = match operation.answer {
                    Answer::List { paged, max, .. } => (paged, max),
                    _ => (false, None),
                };
                operation.answer = match whole(value)?
                    .map(|shape| (shape.kind, shape.nullable))
                {
                    None => Answer::Nothing,
                    Some((Kind::File, _)) => Answer::File,
                    Some((Kind::List(item), _)) => {
                        Answer::List { item: *item, paged, max }
                    }
                    Some((kind, nullable)) => {
                        Answer::One(Shape { nullable, kind, limits: Default::default() })
                    }
                };
            }
        }
        Ok(())
    }
}

/// Reads the phrase of a whole body or response.
fn whole(value: &str) -> Result<Option<Shape>, String> {
    if value == NONE {
        return Ok(None);
    }
    match phrase::parse(value) {
        Some((false, shape)) => match shape.kind {
            Kind::Object(_) | Kind::OneOf(_) => {
                Err(format!("`{value}` cannot be a whole body or response"))
            }
            _ => Ok(Some(shape)),
        },
        Some((true, _)) => Err("`required` has no meaning here".to_owned()),
        None => Err(format!("`{value}` is not a phrase")),
    }
}

impl Limit {
    fn value(self, shape: &Shape) -> Fact {
        let limits = &shape.limits;
        let count = |number: Option<u64>| number.map(|number| number.to_string());
        let number = |number: Option<i64>| number.map(|number| number.to_string());
        let text = match self {
            Self::Values => match &shape.kind {
                Kind::Enum(values) => return Fact::List(values.clone()),
                _ => None,
            },
            Self::Allowed if limits.allowed.is_empty() => None,
            Self::Allowed => {
                return Fact::List(limits.allowed.iter().map(i64::to_string).collect());
            }
            Self::Default => limits.default.clone(),
            Self::MaxLength => count(limits.max_length),
            Self::MinItems => count(limits.min_items),
            Self::MaxItems => count(limits.max_items),
            Self::Minimum => number(limits.minimum),
            Self::Maximum => number(limits.maximum),
            Self::Deprecated => Some(limits.deprecated.to_string()),
        };
        text.map_or_else(none, Fact::Text)
    }

    fn set(self, shape: &mut Shape, fact: &Fact) -> Result<(), String> {
        let values: IndexSet<String> = match fact {
            Fact::List(values) => values.iter().cloned().collect(),
            Fact::Text(_) => IndexSet::new(),
        };
        if let (Self::Values | Self::Allowed, Fact::Text(word)) = (self, fact)
            && word != NONE
        {
            return Err(format!("a list or `{NONE}` is expected"));
        }
        let fits = match self {
            Self::Values => matches!(shape.kind, Kind::String | Kind::Enum(_)),
            Self::MaxLength => matches!(shape.kind, Kind::String | Kind::Enum(_)),
            Self::Allowed => shape.kind == Kind::Integer,
            Self::MinItems | Self::MaxItems => matches!(shape.kind, Kind::List(_)),
            Self::Minimum | Self::Maximum => {
                matches!(shape.kind, Kind::Integer | Kind::Number)
            }
            Self::Default | Self::Deprecated => true,
        };
        if !fits {
            let found = phrase::of(shape);
            return Err(format!("the type is `{found}`, which cannot have this limit"));
        }
        let limits = &mut shape.limits;
        match self {
            Self::Values if values.is_empty() => shape.kind = Kind::String,
            Self::Values => shape.kind = Kind::Enum(values.into_iter().collect()),
            Self::Allowed => {
                limits.allowed = values
                    .iter()
                    .map(|value| value.parse().ok())
                    .collect::<Option<_>>()
                    .ok_or_else(no_number)?;
            }
            Self::Default => limits.default = number::<String>(fact)?,
            Self::MaxLength => limits.max_length = number(fact)?,
            Self::MinItems => limits.min_items = number(fact)?,
            Self::MaxItems => limits.max_items = number(fact)?,
            Self::Minimum => limits.minimum = number(fact)?,
            Self::Maximum => limits.maximum = number(fact)?,
            Self::Deprecated => {
                limits.deprecated = text(fact)?
                    .parse()
                    .map_err(|_| "`true` or `false` is expected".to_owned())?;
            }
        }
        Ok(())
    }
}

/// Reads a number. Returns `None` for `none`.
fn number<T: std::str::FromStr>(fact: &Fact) -> Result<Option<T>, String> {
    match text(fact)? {
        NONE => Ok(None),
        value => value.parse().map(Some).map_err(|_| no_number()),
    }
}

fn no_number() -> String {
    "a whole number is expected".to_owned()
}
