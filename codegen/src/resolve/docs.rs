//! Converts texts of the spec to the form of the resolved API.

/// Splits a text into paragraphs at empty lines.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Returns a text with a final period.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_paragraphs_and_ends_sentences() {
        assert_eq!(paragraphs("First.\n\n Second.\n\n"), ["First.", "Second."]);
        assert_eq!(sentence(" Gone soon "), "Gone soon.");
        assert_eq!(sentence("Gone soon!"), "Gone soon!");
    }
}
