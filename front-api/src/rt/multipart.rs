//! Bodies with files: `multipart/form-data`, with `to[0]` and `options[archive]` for what is nested.

use reqwest::multipart::{Form, Part};

use super::body::{Field, Fields};
use super::upload::Upload;

/// The parts of a form; kept so that the same body can be sent again.
#[derive(Clone)]
pub(crate) struct Parts(Vec<(String, Content)>);

#[derive(Clone, Debug, PartialEq)]
enum Content {
    Text(String),
    File(Upload),
}

/// Whether a file lies anywhere in there.
pub(crate) fn has_file(fields: &Fields) -> bool {
    fn is_file(field: &Field) -> bool {
        match field {
            Field::File(_) => true,
            Field::List(items) => items.iter().any(is_file),
            Field::Object(fields) => has_file(fields),
            _ => false,
        }
    }
    fields.iter().any(|(_, field)| is_file(field))
}

impl Parts {
    /// Lays the fields out, or says in a sentence which of them a form cannot carry.
    pub(crate) fn new(fields: &Fields) -> Result<Self, String> {
        let mut parts = Self(Vec::new());
        for (key, field) in fields.iter() {
            parts.field(one_name(key)?.to_owned(), field)?;
        }
        Ok(parts)
    }

    fn field(&mut self, name: String, field: &Field) -> Result<(), String> {
        match field {
            Field::Null => return Err(inexpressible(&name, "null")),
            Field::Bool(value) => self.text(name, value),
            Field::Integer(value) => self.text(name, value),
            Field::Number(value) if !value.is_finite() => {
                return Err(format!("`{name}` is set to a number that is not finite"));
            }
            Field::Number(value) => self.text(name, value),
            Field::String(value) => self.text(name, value),
            Field::Exact(value) => self.text(name, value),
            Field::File(upload) => {
                check(upload)?;
                self.0.push((name, Content::File(upload.clone())));
            }
            Field::Empty(_) => return Err(inexpressible(&name, "an empty list")),
            Field::List(items) => {
                if items.is_empty() {
                    return Err(inexpressible(&name, "an empty list"));
                }
                for (index, item) in items.iter().enumerate() {
                    self.field(format!("{name}[{index}]"), item)?;
                }
            }
            Field::Object(fields) => {
                if fields.is_empty() {
                    return Err(inexpressible(&name, "an empty object"));
                }
                for (key, field) in fields.iter() {
                    self.field(format!("{name}[{}]", one_name(key)?), field)?;
                }
            }
        }
        Ok(())
    }

    fn text(&mut self, name: String, value: &impl ToString) {
        self.0.push((name, Content::Text(value.to_string())));
    }

    /// The form, to be sent once.
    pub(crate) fn form(&self) -> Result<Form, reqwest::Error> {
        // Names as they are, as browsers write them: encoded ones come out as other names at Front.
        let mut form = Form::new().percent_encode_noop();
        for (name, content) in &self.0 {
            let part = match content {
                Content::Text(text) => Part::text(text.clone()),
                Content::File(upload) => {
                    let content = upload.content().clone();
                    let length = content.len() as u64;
                    Part::stream_with_length(content, length)
                        .file_name(upload.name().to_owned())
                        .mime_str(upload.content_type())?
                }
            };
            form = form.part(quotable(name), part);
        }
        Ok(form)
    }
}

fn inexpressible(name: &str, what: &str) -> String {
    format!(
        "`{name}` is set to {what}, which cannot be said in a request with a file: send it in a request of its own"
    )
}

/// A key, unless it would be read as several.
fn one_name(key: &str) -> Result<&str, String> {
    if key.contains(['[', ']']) {
        return Err(format!(
            "the key `{key}` has a bracket in it, which cannot be said in a request with a file: send it in a request of its own"
        ));
    }
    Ok(key)
}

fn check(upload: &Upload) -> Result<(), String> {
    if upload.name().is_empty() || upload.name().contains(char::is_control) {
        return Err("a file's name is empty or has a control character in it".to_owned());
    }
    if Part::text("").mime_str(upload.content_type()).is_err() {
        return Err("the content type of a file is not a media type".to_owned());
    }
    Ok(())
}

/// A name for the inside of quotes, as browsers escape it: a caller's key may hold anything.
fn quotable(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn names(fields: &Fields) -> Result<Vec<String>, String> {
        Ok(Parts::new(fields)?.0.into_iter().map(|(name, _)| name).collect())
    }

    #[test]
    fn nested_names_are_bracketed() {
        let mut fields = Fields::new();
        fields.set_list("to", ["a@b.c", "d@e.f"]);
        fields.set("options.archive", false);
        fields.set_list("attachments", [Upload::new("a.txt", "a")]);
        fields.set("custom", json!({"Name": [1, {"x": true}]}));
        assert_eq!(
            names(&fields).expect("a form"),
            [
                "to[0]",
                "to[1]",
                "options[archive]",
                "attachments[0]",
                "custom[Name][0]",
                "custom[Name][1][x]"
            ]
        );
        assert!(has_file(&fields));
    }

    #[test]
    fn refuses_what_a_form_cannot_say() {
        for value in [json!(null), json!([]), json!({}), json!({"a": [null]})] {
            let mut fields = Fields::new();
            fields.set("thing", value);
            assert!(names(&fields).expect_err("refused").starts_with("`thing"));
        }
        let mut fields = Fields::new();
        fields.set("file", Upload::new("a\r\nb", "x"));
        assert!(names(&fields).is_err());
        fields.set("file", Upload::new("a", "x").with_content_type("no type"));
        assert!(names(&fields).is_err());
    }

    #[test]
    fn refuses_keys_that_would_be_nested() {
        for key in ["Name [old]", "a]", "["] {
            for whole in [false, true] {
                let inner = Fields::from_pairs([(key, "x")]);
                let mut fields = Fields::new();
                fields.set("custom_fields", inner.clone());
                let why = names(if whole { &inner } else { &fields }).expect_err(key);
                assert!(
                    why.starts_with(&format!("the key `{key}` has a bracket")),
                    "{why}"
                );
            }
        }
    }

    #[test]
    fn a_name_cannot_leave_its_quotes() {
        assert_eq!(quotable("a\"\r\nb[c]"), "a%22%0D%0Ab[c]");
    }
}
