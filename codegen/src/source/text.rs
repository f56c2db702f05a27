//! Characters that a reviewer does not see.

/// Whether a character cannot be seen, or changes how those around it are seen. A line break is neither; a tab is, since two
/// readers do not see the same indent.
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
