//! Wraps text into lines.

/// The maximum columns of a line of text. Longer lines are hard to read.
pub(crate) const WIDTH: usize = 100;

/// Wraps text into lines of `width` columns. All lines except the first are indented; the first starts at that column.
pub(crate) fn wrapped(sentences: &str, width: usize, indent: usize) -> String {
    let mut text = String::new();
    let mut column = indent;
    for word in sentences.split_whitespace() {
        let long = word.chars().count();
        if column > indent && column + 1 + long > width {
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            column = indent;
        } else if column > indent {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += long;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn breaks_between_words() {
        assert_eq!(wrapped("one two  three", 7, 0), "one two\nthree");
        assert_eq!(wrapped("one two three", 9, 2), "one two\n  three");
        assert_eq!(wrapped("unbreakable", 5, 0), "unbreakable");
        assert_eq!(wrapped("", 5, 3), "");
    }
}
