//! Prints calls as a table that fits the width of the terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use front_codegen::operations::Row;

use crate::ui::count;

/// The columns, in order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Call,
    Method,
    Path,
    Access,
    Capability,
    RateLimit,
    Webhook,
    About,
}

use Column::{About, Access, Call, Capability, Method, Path, RateLimit, Webhook};

const ALL: [Column; 8] =
    [Call, Method, Path, Access, Capability, RateLimit, Webhook, About];

/// The columns that are omitted where the width is too small, in this order.
const GO: [Column; 6] = [About, Webhook, RateLimit, Access, Capability, Path];

/// The space between two columns.
const GAP: usize = 2;

impl Column {
    fn title(self) -> &'static str {
        match self {
            Call => "CALL",
            Method => "METHOD",
            Path => "PATH",
            Access => "ACCESS",
            Capability => "CAPABILITY",
            RateLimit => "RATE LIMIT",
            Webhook => "WEBHOOK",
            About => "ABOUT",
        }
    }

    /// The minimum width of a column before a column is omitted.
    fn least(self) -> usize {
        match self {
            About => 24,
            Call => 30,
            Path => 36,
            Capability => 22,
            Method | Access | RateLimit | Webhook => usize::MAX,
        }
    }

    fn cell(self, row: &Row<'_>) -> String {
        let or_none = |word: Option<&str>| word.unwrap_or("-").to_owned();
        match self {
            Call => row.full_name(),
            Method => row.method.to_owned(),
            Path => row.path.to_owned(),
            Access => row.access.to_owned(),
            Capability => match (row.capability, row.published_scope) {
                (Some(guide), Some(published)) => {
                    format!("{published} (guide: {guide})")
                }
                (word, other) => or_none(word.or(other)),
            },
            RateLimit => or_none(row.rate_limit),
            Webhook => or_none(row.webhook),
            About => {
                let about = row.about.as_deref().unwrap_or_default();
                let words: Vec<&str> = about.split_whitespace().collect();
                let mark = if row.deprecated.is_some() { "Deprecated. " } else { "" };
                format!("{mark}{}", words.join(" "))
            }
        }
    }

    fn style(self, row: &Row<'_>) -> Style {
        let style = Style::new();
        match self {
            Call if row.deprecated.is_some() => style.bold().strikethrough(),
            Call => style.bold(),
            Access | Method if row.access == "write" => AnsiColor::Yellow.on_default(),
            Access | Method => AnsiColor::Green.on_default(),
            RateLimit | Webhook | About => style.dimmed(),
            Path | Capability => style,
        }
    }
}

/// Returns the rows, in lines of `width` if known.
pub(crate) fn draw(rows: &[Row<'_>], width: Option<usize>) -> String {
    if rows.is_empty() {
        return "no operation matches all of that\n".to_owned();
    }
    let wide = |column: Column| {
        let cells = rows.iter().map(|row| column.cell(row).chars().count());
        cells.max().unwrap_or_default().max(column.title().len())
    };
    let widths: Vec<(Column, usize)> =
        ALL.iter().map(|column| (*column, wide(*column))).collect();
    let widths = fitting(widths, width);
    let mut text = String::new();
    let titles = widths.iter().map(|(column, _)| column.title().to_owned());
    line(
        &mut text,
        titles
            .zip(&widths)
            .map(|(cell, (_, wide))| (cell, *wide, Style::new().underline())),
    );
    for row in rows {
        line(
            &mut text,
            widths.iter().map(|(column, wide)| {
                (cut(&column.cell(row), *wide, *column), *wide, column.style(row))
            }),
        );
    }
    let _infallible = write!(text, "\n{}", count(rows.len(), "operation"));
    let gone: Vec<String> = ALL
        .iter()
        .filter(|column| !widths.iter().any(|(shown, _)| shown == *column))
        .map(|column| column.title().to_lowercase())
        .collect();
    if !gone.is_empty() {
        let _infallible = write!(
            text,
            "; no room for {}: `operations CALL` shows all of one",
            gone.join(", ")
        );
    }
    text.push('\n');
    text
}

/// Returns the columns that fit, with their widths. `does` is shortened first, then the widest column.
fn fitting(
    mut widths: Vec<(Column, usize)>,
    room: Option<usize>,
) -> Vec<(Column, usize)> {
    let Some(room) = room else {
        return widths;
    };
    let mut go = GO.into_iter();
    loop {
        let gaps = GAP * widths.len().saturating_sub(1);
        let over = |widths: &[(Column, usize)]| {
            let needed = widths.iter().map(|(_, wide)| wide).sum::<usize>() + gaps;
            needed.saturating_sub(room)
        };
        let spare =
            |(column, wide): &(Column, usize)| wide.saturating_sub(column.least());
        if over(&widths) <= widths.iter().map(spare).sum() {
            while over(&widths) > 0 {
                let widest = widths
                    .iter_mut()
                    .max_by_key(|of| (of.0 == About && spare(of) > 0, spare(of)));
                if let Some((_, wide)) = widest {
                    *wide -= 1;
                }
            }
            return widths;
        }
        match go.next() {
            Some(column) => widths.retain(|(shown, _)| *shown != column),
            None => return widths,
        }
    }
}

/// Returns a line of cells, each with the width and the style of its column.
fn line(text: &mut String, cells: impl Iterator<Item = (String, usize, Style)>) {
    let mut pending = 0;
    for (cell, wide, style) in cells {
        text.push_str(&" ".repeat(pending));
        let _infallible = write!(text, "{style}{cell}{style:#}");
        pending = wide.saturating_sub(cell.chars().count()) + GAP;
    }
    text.push('\n');
}

/// Shortens a text to at most `wide` characters. It removes the middle, because names differ at both ends.
fn cut(text: &str, wide: usize, column: Column) -> String {
    let all: Vec<char> = text.chars().collect();
    if all.len() <= wide {
        return text.to_owned();
    }
    let left = wide.saturating_sub(2);
    let end = if matches!(column, Call | Path | Capability) { left / 2 } else { 0 };
    let head: String = all[..left - end].iter().collect();
    let tail: String = all[all.len() - end..].iter().collect();
    format!("{}..{tail}", head.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row<'a>(name: &'a str, path: &'a str) -> Row<'a> {
        Row {
            operation: "make-thing",
            resource: "things",
            name,
            method: "POST",
            path,
            access: "write",
            acts_on: "thing",
            capability: Some("things:write"),
            published_scope: None,
            rate_limit: Some("standard"),
            webhook: None,
            since: "base",
            deprecated: None,
            replaced_by: None,
            search_words: &[],
            docs: "https://example.com",
            about: Some(
                "Makes a thing that everybody can see and use.\n\nAnd more.".into(),
            ),
        }
    }

    fn plain(rows: &[Row<'_>], width: Option<usize>) -> String {
        anstream::adapter::strip_str(&draw(rows, width)).to_string()
    }

    #[test]
    fn fits_every_width_that_a_call_fits() {
        let rows =
            [row("make", "/things"), row("make_below", "/things/{thing_id}/things")];
        let whole = plain(&rows, None);
        assert!(whole.contains("see and use. And more.\n"), "{whole}");
        for width in 26..200 {
            let text = plain(&rows, Some(width));
            for line in text.lines().take(3) {
                assert!(line.chars().count() <= width, "{width}\n{text}");
            }
        }
        let cut = plain(&rows, Some(125));
        assert!(cut.contains("..\n") && cut.ends_with("\n2 operations\n"), "{cut}");
        let narrow = plain(&rows, Some(80));
        assert!(
            narrow.starts_with(
                "CALL               METHOD  PATH                       ACCESS  CAPABILITY\n"
            ),
            "{narrow}"
        );
        assert!(
            narrow.ends_with(
                "\n2 operations; no room for rate limit, webhook, about: `operations CALL` shows all of one\n"
            ),
            "{narrow}"
        );
    }

    #[test]
    fn says_that_there_is_none() {
        assert_eq!(plain(&[], None), "no operation matches all of that\n");
    }
}
