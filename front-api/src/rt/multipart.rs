//! Bodies with files: `multipart/form-data`. Nested fields have names like `to[0]` and `options[archive]`.

use reqwest::multipart::{Form, Part};

use super::body::{Field, Fields};
use super::upload::Upload;

/// The parts of a form. They are kept, so that the same body can be sent again.
#[derive(Clone)]
pub(crate) struct Parts(Vec<(String, Content)>);

#[derive(Clone, Debug, PartialEq)]
enum Content {
    Text(String),
    File(Upload),
}

/// Returns whether the fields contain a file at any depth.
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
    /// Creates the parts of the fields. Returns the reason if a form cannot contain one of them.
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
                return Err(format!(
                    "invalid value of `{name}`: a number that is not finite"
                ));
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

    /// Creates the form, which can be sent once.
    pub(crate) fn form(&self) -> Result<Form, reqwest::Error> {
        // Names are not encoded, like in browsers: Front does not decode them.
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
        "unsupported value of `{name}`: a request with a file cannot contain {what}; send it in a separate request"
    )
}

/// Returns a key, or an error if Front would read it as several keys.
fn one_name(key: &str) -> Result<&str, String> {
    if key.contains(['[', ']']) {
        return Err(format!(
            "unsupported key `{key}`: in a request with a file, a key cannot contain a bracket; send it in a separate request"
        ));
    }
    Ok(key)
}

fn check(upload: &Upload) -> Result<(), String> {
    if upload.name().is_empty() || upload.name().contains(char::is_control) {
        return Err(
            "invalid file name: it is empty or contains a control character".to_owned()
        );
    }
    if Part::text("").mime_str(upload.content_type()).is_err() {
        return Err("invalid content type of a file: it is not a media type".to_owned());
    }
    Ok(())
}

/// Escapes a name for use inside quotes, like browsers do. The key of a caller may contain any character.
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
    fn rejects_values_that_a_form_cannot_contain() {
        for value in [json!(null), json!([]), json!({}), json!({"a": [null]})] {
            let mut fields = Fields::new();
            fields.set("thing", value);
            assert!(names(&fields).expect_err("unsupported").contains("`thing"));
        }
        let mut fields = Fields::new();
        fields.set("file", Upload::new("a\r\nb", "x"));
        assert!(names(&fields).is_err());
        fields.set("file", Upload::new("a", "x").with_content_type("no type"));
        assert!(names(&fields).is_err());
    }

    #[test]
    fn rejects_keys_with_brackets() {
        for key in ["Name [old]", "a]", "["] {
            for whole in [false, true] {
                let inner = Fields::from_pairs([(key, "x")]);
                let mut fields = Fields::new();
                fields.set("custom_fields", inner.clone());
                let why = names(if whole { &inner } else { &fields }).expect_err(key);
                assert!(why.starts_with(&format!("unsupported key `{key}`: ")), "{why}");
            }
        }
    }

    #[test]
    fn a_name_cannot_leave_its_quotes() {
        assert_eq!(quotable("a\"\r\nb[c]"), "a%22%0D%0Ab[c]");
    }
}
