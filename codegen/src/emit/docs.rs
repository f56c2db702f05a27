//! Documentation comments: paragraphs, wrapped as a person would.

use proc_macro2::TokenStream;
use quote::quote;

use crate::render::LINE_BREAK;

/// Columns that a line of documentation may fill, its indent and `/// ` included.
const WIDTH: usize = 89;

/// Paragraphs with an empty line between them, wrapped for an item `indent` columns in. A paragraph that begins with a fence or
/// holds line breaks is left as it is.
///
/// It is one `#[doc]` attribute, of which [`crate::render`] makes a comment a line: half of what is generated is documentation,
/// and an attribute a line would be made, parsed and printed for each. Tokens, not a `syn::Attribute`: an item's tokens are
/// parsed once, as a whole.
pub(crate) fn docs<S: AsRef<str>>(
    indent: usize,
    paragraphs: impl IntoIterator<Item = S>,
) -> Option<TokenStream> {
    let mut text = String::new();
    for line in lines(indent + 4, paragraphs) {
        if !text.is_empty() {
            text.push(LINE_BREAK);
        }
        // An empty line is no space, either: it would stand at the end of its line.
        if !line.is_empty() || text.is_empty() {
            text.push(' ');
        }
        text.push_str(&line);
    }
    (!text.is_empty()).then(|| quote!(#[doc = #text]))
}

/// The lines of some paragraphs, wrapped for text that begins at column `indent`.
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
        // The items of a list stand together, and what follows in an item is indented.
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

/// Breaks at spaces outside of code spans, and never so that a line begins like a list, a heading or a quotation.
/// Lines behind the first begin with `hang`.
fn wrap(text: &str, hang: &str, width: usize, all: &mut Vec<String>) {
    let mut line = String::new();
    for word in words(text) {
        let begins_markup = matches!(word, "-" | "*" | "+")
            || word.starts_with(['#', '>', '|'])
            || word.strip_suffix(['.', ')']).is_some_and(|number| {
                !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
            });
        if !line.is_empty()
            && !begins_markup
            && line.chars().count() + 1 + word.chars().count() > width
        {
            all.push(std::mem::replace(&mut line, hang.to_owned()));
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    all.push(line);
}

/// The words of a text; a code span and a link are part of one word.
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
