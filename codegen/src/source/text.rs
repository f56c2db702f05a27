//! Invisible characters.

/// Returns whether a character is invisible, or changes how the characters around it are displayed. A line break
/// is not one of them, but a tab is, because its width differs between editors.
pub fn is_invisible(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(
            c,
            '\u{ad}'                    // soft hyphen
            | '\u{61c}'                 // Arabic letter mark
            | '\u{180e}'                // Mongolian vowel separator
            | '\u{200b}'                // zero width space
            | '\u{200e}'..='\u{200f}'   // marks of direction
            | '\u{2028}'..='\u{202e}'   // separators of lines and paragraphs, embeddings and overrides
            | '\u{2060}'..='\u{206f}'   // word joiner, invisible operators, isolates
            | '\u{feff}'                // byte order mark
            | '\u{fff9}'..='\u{fffb}'   // interlinear annotation
            | '\u{fffe}'..='\u{ffff}'   // no characters
            | '\u{e0000}'..='\u{e007f}' // tags
        )
}
