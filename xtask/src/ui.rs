//! How much is said, and whether in colour.

use std::borrow::Cow;
use std::io::{ErrorKind, IsTerminal as _, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use anstream::ColorChoice;

/// How a command speaks.
pub(crate) struct Ui {
    /// Say nothing but what is wrong.
    pub(crate) quiet: bool,
    /// Say more.
    pub(crate) verbose: bool,
    /// When to colour.
    pub(crate) color: ColorChoice,
    /// Something could not be printed.
    failed: AtomicBool,
}

impl Default for Ui {
    fn default() -> Self {
        Self {
            quiet: false,
            verbose: false,
            color: ColorChoice::Auto,
            failed: AtomicBool::new(false),
        }
    }
}

impl Ui {
    /// Makes the choice of colour hold for everything that is printed.
    pub(crate) fn apply(&self) {
        self.color.write_global();
    }

    /// Whether what goes to standard error is coloured.
    pub(crate) fn colored(&self) -> bool {
        match self.color {
            ColorChoice::Never => false,
            ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
            ColorChoice::Auto => {
                std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
            }
        }
    }

    /// Whether what goes to standard output is coloured.
    pub(crate) fn shows_color(&self) -> bool {
        match self.color {
            ColorChoice::Never => false,
            ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
            ColorChoice::Auto => {
                std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
            }
        }
    }

    /// Whether somebody watches how far it is.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Says how it went.
    pub(crate) fn say(&self, text: impl std::fmt::Display) {
        if !self.quiet {
            self.show(&format!("{text}\n"));
        }
    }

    /// Prints workflow commands for GitHub. Everything that they quote must be escaped already.
    pub(crate) fn show_commands(&self, text: &str) {
        self.print(text);
    }

    /// Prints the requested output.
    pub(crate) fn show(&self, text: &str) {
        self.print(&of_log(text));
    }

    /// Prints a text. A reader may close the pipe early; any other failure is reported once.
    fn print(&self, text: &str) {
        let mut out = anstream::stdout();
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        let Err(error) = written else { return };
        if error.kind() != ErrorKind::BrokenPipe
            && !self.failed.swap(true, Ordering::Relaxed)
        {
            self.wrong(format_args!("error: not all of it was printed: {error}"));
        }
    }

    /// Whether something could not be printed, and it has been said.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }

    /// Says a detail.
    pub(crate) fn detail(&self, text: impl std::fmt::Display) {
        if self.verbose {
            self.show(&format!("{text}\n"));
        }
    }

    /// Says what is being done, beside what is shown: that may be for a program.
    pub(crate) fn step(&self, text: impl std::fmt::Display) {
        if self.verbose {
            self.wrong(text);
        }
    }

    /// Says what is wrong.
    pub(crate) fn wrong(&self, text: impl std::fmt::Display) {
        // If even this cannot be printed, the exit code still reports the failure.
        let text = text.to_string();
        let _unsaid = writeln!(anstream::stderr(), "{}", of_log(&text));
    }
}

/// Returns the text in a form that is safe in a log. In a workflow, GitHub runs lines that begin with `::`, and `##[` anywhere in a
/// line, as commands. The output quotes the spec, Front's document and file names, which a stranger may have written.
fn of_log(text: &str) -> Cow<'_, str> {
    match std::env::var_os("GITHUB_ACTIONS") {
        Some(value) if value == "true" => inert(text),
        _ => Cow::Borrowed(text),
    }
}

/// Returns the text with a space in every workflow command, so that GitHub does not run it.
fn inert(text: &str) -> Cow<'_, str> {
    if !text.contains("::") && !text.contains("##[") {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    // A carriage return ends a line, too.
    for line in text.split_inclusive(['\n', '\r']) {
        let begin = line.trim_start();
        let indent = &line[..line.len() - begin.len()];
        safe.push_str(indent);
        let begin = begin
            .strip_prefix("::")
            .map_or(Cow::Borrowed(begin), |rest| format!(": :{rest}").into());
        safe.push_str(&begin.replace("##[", "## ["));
    }
    safe.into()
}

/// The columns of the terminal that standard output is; none where it is something else.
pub(crate) fn columns() -> Option<usize> {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    asked.filter(|columns| *columns > 0).or_else(|| {
        terminal_size::terminal_size_of(std::io::stdout())
            .map(|(terminal_size::Width(columns), _)| usize::from(columns))
    })
}

/// A number with its noun: `1 file`, `2 files`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn no_line_is_a_command_to_a_workflow() {
        for (text, expected) in [
            ("::error::x\n", ": :error::x\n"),
            ("a\n  ::warning file=y::x", "a\n  : :warning file=y::x"),
            ("a\r::stop-commands::x", "a\r: :stop-commands::x"),
            ("a\u{a0}\n\u{2003}::x::", "a\u{a0}\n\u{2003}: :x::"),
            ("a ##[error]x", "a ## [error]x"),
            ("::x##[y", ": :x## [y"),
            (":::x", ": ::x"),
            ("tags::Tag ::x\n# [a]", "tags::Tag ::x\n# [a]"),
            ("", ""),
        ] {
            assert_eq!(inert(text), expected, "{text:?}");
        }
    }
}
