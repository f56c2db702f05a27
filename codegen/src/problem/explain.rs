//! The page of each rule: the reason for the rule, a wrong example and a right one. `explain/` has one Markdown file for each
//! code. A test applies each example to a small spec and checks that only the wrong one violates the rule.

use super::Code;

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A paragraph, its lines joined; `` ` `` marks code.
    Text(String),
    /// A heading: `Wrong` or `Right`.
    Heading(&'static str),
    /// Preformatted lines.
    Code {
        /// The file of the spec that contains them, and what is special about it. Empty if the lines are not an example.
        file: &'static str,
        /// The lines.
        text: &'static str,
    },
}

/// Opens and closes preformatted lines.
const FENCE: &str = "```";

impl Code {
    /// Returns the page of the rule: the reason for it, and how to follow it.
    #[must_use]
    pub fn explanation(self) -> Vec<Part> {
        parts(self.markdown())
    }

    /// Returns the code with this number. Ignores case.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.id().eq_ignore_ascii_case(text))
    }
}

/// Splits a page into its parts.
pub fn parts(mut left: &'static str) -> Vec<Part> {
    let mut parts = Vec::new();
    while !left.is_empty() {
        left = part(left, &mut parts);
    }
    parts
}

/// Reads one part, and returns the rest of the page.
fn part(text: &'static str, parts: &mut Vec<Part>) -> &'static str {
    let (line, behind) = text.split_once('\n').unwrap_or((text, ""));
    if line.trim().is_empty() {
        return behind;
    }
    if let Some(heading) = line.strip_prefix("## ") {
        parts.push(Part::Heading(heading));
        return behind;
    }
    if let Some(info) = line.strip_prefix(FENCE) {
        let file = info.split_once(' ').map_or("", |(_language, file)| file);
        // An example may be empty.
        let (text, behind) = match behind.strip_prefix(FENCE) {
            Some(behind) => ("", behind),
            None => behind.split_once("\n```").unwrap_or((behind, "")),
        };
        parts.push(Part::Code { file, text });
        return behind;
    }
    let (paragraph, behind) = text.split_once("\n\n").unwrap_or((text, ""));
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    parts.push(Part::Text(words.join(" ")));
    behind
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_has_a_reason_and_both_examples() {
        for code in Code::ALL {
            let parts = code.explanation();
            let headings: Vec<&str> = parts
                .iter()
                .filter_map(|part| match part {
                    Part::Heading(heading) => Some(*heading),
                    Part::Text(_) | Part::Code { .. } => None,
                })
                .collect();
            assert_eq!(headings, ["Wrong", "Right"], "{}", code.id());
            assert!(matches!(parts[0], Part::Text(_)), "{}", code.id());
            let shown = parts.iter().filter(
                |part| matches!(part, Part::Code { file, .. } if !file.is_empty()),
            );
            assert!(shown.count() >= 2, "{}", code.id());
        }
    }

    #[test]
    fn codes_are_found_in_any_case() {
        assert_eq!(Code::named("e0016"), Some(Code::UnknownKey));
        assert_eq!(Code::named("W0201"), Some(Code::MissingAbout));
        assert_eq!(Code::named("E0200"), None);
    }
}
