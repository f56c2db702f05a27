//! Rust as one line of text, the same for the same tokens: spaced as a person would, without trailing commas.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// The text of some tokens. It holds every one of them but trailing commas, so what differs in Rust differs here.
pub(super) fn one_line(of: impl ToTokens) -> String {
    let mut text = Text(String::new());
    text.tokens(of.into_token_stream());
    text.close();
    text.0
}

/// A text on its way.
struct Text(String);

impl Text {
    fn tokens(&mut self, tokens: TokenStream) {
        // What was joined to the next: `-` of `->`, `'` of a lifetime.
        let mut joined = String::new();
        for token in tokens {
            match token {
                TokenTree::Punct(punct) => {
                    joined.push(punct.as_char());
                    let joins = punct.spacing() == Spacing::Joint
                        && matches!(joined.as_str(), "-" | "=" | ":" | "." | ".." | "'");
                    if !joins {
                        self.sign(&joined);
                        joined.clear();
                    }
                }
                TokenTree::Ident(word) => {
                    joined.push_str(&word.to_string());
                    self.word(&joined);
                    joined.clear();
                }
                TokenTree::Literal(word) => {
                    self.sign(&std::mem::take(&mut joined));
                    self.word(&word.to_string());
                }
                TokenTree::Group(group) => {
                    self.sign(&std::mem::take(&mut joined));
                    self.group(group.delimiter(), group.stream());
                }
            }
        }
        self.sign(&joined);
    }

    fn group(&mut self, delimiter: Delimiter, inner: TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::None => return self.tokens(inner),
        };
        if delimiter != Delimiter::Parenthesis {
            self.apart();
        }
        self.0.push_str(open);
        self.tokens(inner);
        self.close();
        self.0.push_str(close);
    }

    fn word(&mut self, word: &str) {
        self.apart();
        self.0.push_str(word);
    }

    fn sign(&mut self, sign: &str) {
        match sign {
            "," | ":" | ";" => {
                self.0.push_str(sign);
                self.0.push(' ');
            }
            "->" | "=>" | "=" | "+" => {
                if !self.0.ends_with(' ') {
                    self.0.push(' ');
                }
                self.0.push_str(sign);
                self.0.push(' ');
            }
            ">" => {
                self.close();
                self.0.push_str(sign);
            }
            "&" | "?" | "*" => {
                self.apart();
                self.0.push_str(sign);
            }
            _ => self.0.push_str(sign),
        }
    }

    /// A space behind a word, a bracket or a generic type.
    fn apart(&mut self) {
        let after = |c: char| c.is_alphanumeric() || "_\")]}>".contains(c);
        if self.0.ends_with(after) {
            self.0.push(' ');
        }
    }

    /// What is before an end: no comma, no space.
    fn close(&mut self) {
        let kept = self.0.trim_end_matches(' ');
        let kept = kept.strip_suffix(',').unwrap_or(kept).len();
        self.0.truncate(kept);
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn rust_is_spaced_as_a_person_would() {
        for (tokens, expected) in [
            (
                quote!(pub const fn name<'a, T: Into<Vec<u8>> + 'a,>(&'a self, _: &str,) -> &'static str where T: ?Sized,),
                "pub const fn name<'a, T: Into<Vec<u8>> + 'a>(&'a self, _: &str) -> &'static str where T: ?Sized",
            ),
            (
                quote!(impl<G> From<&[Self]> for Tags<'_, G>),
                "impl<G> From<&[Self]> for Tags<'_, G>",
            ),
            (
                quote!(impl IntoIterator<Item = (impl Into<String>, i64)>),
                "impl IntoIterator<Item = (impl Into<String>, i64)>",
            ),
            (quote!(rt::list_call!(List, Vec<Tag>)), "rt::list_call!(List, Vec<Tag>)"),
            (
                quote!(#[deprecated(note = "use `b`")]),
                "#[deprecated(note = \"use `b`\")]",
            ),
            (
                quote!(Note { of: Box<dyn Fn(&A) -> B>, }),
                "Note { of: Box<dyn Fn(&A) -> B> }",
            ),
            (quote!(for<'de> Read<'de>), "for<'de> Read<'de>"),
        ] {
            assert_eq!(one_line(tokens), expected);
        }
    }
}
