//! Rejects arguments that are empty or contain invisible characters.

use std::ffi::OsStr;

use front_codegen::problem::draw::printable;
use front_codegen::source::is_invisible;

/// Rejects the first argument with a character that is not shown, such as a line end. Every command quotes its arguments, and in
/// a workflow's log a line of an argument could be taken for a command.
pub(super) fn invisible(mut parser: lexopt::Parser) -> Result<(), lexopt::Error> {
    for argument in parser.raw_args()? {
        let text = argument.to_string_lossy();
        if text.chars().any(|c| c == '\n' || is_invisible(c)) {
            let shown = printable(&text).replace('\n', "\\n");
            return Err(format!("argument with an invisible character: `{shown}`\nhelp: name commits and files without line ends and control characters; is a shell variable set to more than one line?").into());
        }
    }
    Ok(())
}

/// Rejects the first argument or option value that is empty. An unset shell variable causes one, and no command needs it:
/// `diff ''` would compare the current folder with itself.
pub(super) fn empty(mut parser: lexopt::Parser) -> Result<(), lexopt::Error> {
    let is_blank =
        |value: &OsStr| value.to_str().is_some_and(|text| text.trim().is_empty());
    let mut before: Option<String> = None;
    for argument in parser.raw_args()? {
        let text = argument.to_string_lossy();
        let option = match text.split_once('=') {
            Some((option, value))
                if option.starts_with('-') && value.trim().is_empty() =>
            {
                Some(option.to_owned())
            }
            _ if is_blank(&argument) => {
                before.clone().filter(|word| word.starts_with('-') && word != "--")
            }
            _ => {
                before = Some(text.into_owned());
                continue;
            }
        };
        let what = match (option, before) {
            (Some(option), _) => format!("`{option}` has no value"),
            (None, Some(before)) => format!("the argument after `{before}`"),
            (None, None) => "the first argument".to_owned(),
        };
        return Err(format!("empty argument: {what}\nhelp: is a shell variable unset? Pass a value, or leave the argument out").into());
    }
    Ok(())
}
