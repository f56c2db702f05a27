//! Documentation comments: paragraphs, with wrapped lines.

pub mod facts;

use std::cell::RefCell;

use quote::quote;
use syn::Attribute;

use super::tree::{attribute_is, attribute_with};

/// The character that marks documentation in an item. Its index in [`File::docs`](super::File::docs) follows. No text of the
/// spec contains this character.
pub const DOCS: char = '\u{1}';

/// The maximum width of a line of documentation, including its indent and `/// `.
const WIDTH: usize = 89;

/// The documentation of one file. An item contains only an index, which [`crate::render`] replaces with the text: half of the
/// generated output is documentation, which would otherwise be escaped, parsed and formatted as code.
#[derive(Default)]
pub(crate) struct Docs(RefCell<Vec<String>>);

impl Docs {
    /// Adds paragraphs with an empty line between them, wrapped for an item at column `indent`. A paragraph that begins with a
    /// fence or contains line breaks is left unchanged.
    pub(crate) fn add<S: AsRef<str>>(
        &self,
        indent: usize,
        paragraphs: impl IntoIterator<Item = S>,
    ) -> Option<Attribute> {
        let lines = lines(indent + 4, paragraphs);
        let mut texts = self.0.borrow_mut();
        (!lines.is_empty()).then(|| {
            texts.push(lines.join("\n"));
            attribute_is("doc", &format!("{DOCS}{}", texts.len() - 1))
        })
    }

    /// Returns all documentation, by index.
    pub(crate) fn into_texts(self) -> Vec<String> {
        self.0.into_inner()
    }
}

/// Returns the `#[deprecated]` attribute with this reason.
pub(crate) fn deprecated(why: Option<&str>) -> Option<Attribute> {
    why.map(|why| attribute_with("deprecated", quote!(note = #why)))
}

/// Returns the lines of paragraphs, wrapped for text that begins at column `indent`.
pub(crate) fn lines<S: AsRef<str>>(
    indent: usize,
    paragraphs: impl IntoIterator<Item = S>,
) -> Vec<String> {
    let mut all = Vec::new();
    let mut in_list = false;
    for paragraph in paragraphs {
        let paragraph = paragraph.as_ref().trim();
        if paragraph.is_empty() {
            continue;
        }
        // The items of a list have no empty line between them, and the further lines of an item are indented.
        let item = paragraph.starts_with("- ");
        let together = item && in_list;
        if !together && !all.is_empty() {
            all.push(String::new());
        }
        in_list = item;
        if paragraph.contains('\n') || paragraph.starts_with("```") {
            all.extend(paragraph.lines().map(|line| line.trim_end().to_owned()));
        } else {
            let hang = if item { "  " } else { "" };
            wrap(paragraph, hang, WIDTH.saturating_sub(indent), &mut all);
        }
    }
    all
}

/// Breaks a text at spaces outside of code spans, and never so that a line begins like a list, a heading or a quotation.
/// Lines after the first begin with `hang`.
fn wrap(text: &str, hang: &str, width: usize, all: &mut Vec<String>) {
    let mut line = String::new();
    let mut columns = 0;
    for word in words(text) {
        let begins_markup = matches!(word, "-" | "*" | "+")
            || word.starts_with(['#', '>', '|'])
            || word.strip_suffix(['.', ')']).is_some_and(|number| {
                !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
            });
        let more = word.chars().count();
        if !line.is_empty() && !begins_markup && columns + 1 + more > width {
            all.push(std::mem::replace(&mut line, hang.to_owned()));
            columns = hang.len();
        } else if !line.is_empty() {
            line.push(' ');
            columns += 1;
        }
        line.push_str(word);
        columns += more;
    }
    all.push(line);
}

/// Returns the words of a text. A code span or a link is part of one word.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let (mut in_code, mut in_link) = (false, false);
    text.split(move |c: char| {
        match c {
            '`' => in_code = !in_code,
            '[' if !in_code => in_link = true,
            ']' if !in_code => in_link = false,
            _ => {}
        }
        c == ' ' && !in_code && !in_link
    })
    .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_outside_of_code() {
        let text = format!("{}`a b` - x [c d](e)", "word ".repeat(4));
        let mut all = Vec::new();
        wrap(&text, "  ", 22, &mut all);
        assert_eq!(all, ["word word word word", "  `a b` - x [c d](e)"]);
    }

    #[test]
    fn separates_paragraphs_and_keeps_fences() {
        assert_eq!(
            lines(0, ["one", "", "- two", "- three", "```\nlet x = 1;\n```"]),
            ["one", "", "- two", "- three", "", "```", "let x = 1;", "```"]
        );
    }
}
