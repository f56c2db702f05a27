//! How much is said, and whether in colour.

use std::io::{IsTerminal as _, Write as _};

use anstream::ColorChoice;

/// How a command speaks.
pub(crate) struct Ui {
    /// Say nothing but what is wrong.
    pub(crate) quiet: bool,
    /// Say more.
    pub(crate) verbose: bool,
    /// When to colour.
    pub(crate) color: ColorChoice,
}

impl Default for Ui {
    fn default() -> Self {
        Self { quiet: false, verbose: false, color: ColorChoice::Auto }
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
            anstream::println!("{text}");
        }
    }

    /// Shows what was asked for. Who reads it may have seen enough before its end.
    pub(crate) fn show(&self, text: &str) {
        let _closed = anstream::stdout().write_all(text.as_bytes());
    }

    /// Says a detail.
    pub(crate) fn detail(&self, text: impl std::fmt::Display) {
        if self.verbose {
            anstream::println!("{text}");
        }
    }

    /// Says what is being done, beside what is shown: that may be for a program.
    pub(crate) fn step(&self, text: impl std::fmt::Display) {
        if self.verbose {
            anstream::eprintln!("{text}");
        }
    }

    /// Says what is wrong.
    pub(crate) fn wrong(&self, text: impl std::fmt::Display) {
        anstream::eprintln!("{text}");
    }
}

/// The columns of the terminal that standard output is; none where it is something else.
pub(crate) fn columns() -> Option<usize> {
    terminal_size::terminal_size_of(std::io::stdout())
        .map(|(terminal_size::Width(columns), _)| usize::from(columns))
}

/// A number with its noun: `1 file`, `2 files`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
