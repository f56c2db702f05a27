//! The folder of the spec: its files, and the problems of a file before YAML is parsed.

use std::fs;
use std::io;
use std::path::Path;

use super::scan::MODELINE;
use crate::names;
use crate::problem::{Code, FileId, Place, Problem, Problems};

/// The maximum size of a file, in bytes. The largest resource needs a tenth of that.
pub(crate) const MAX_SIZE: usize = 1 << 20;

/// A file and its contents.
pub(crate) struct Input {
    pub(crate) path: String,
    pub(crate) content: Content,
}

/// The contents of a file.
pub(crate) enum Content {
    /// Text, with `\n` as line ends.
    Text {
        /// The text, with LF as line ends.
        text: String,
        /// Whether the lines of the file end with CRLF.
        crlf: bool,
    },
    /// Invalid contents: as much of the text as can be shown, and the problem.
    Wrong(String, Box<dyn FnOnce(FileId) -> Problem + Send>),
}

/// The role of a file, by its path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Front,
    Webhooks,
    /// A resource, with its name.
    Resource(String),
    Corrections,
    Acks,
    /// An unexpected file.
    Unknown,
    /// A file that the reader ignores.
    Ignored,
}

const FRONT: &str = "spec/front.yaml";
const WEBHOOKS: &str = "spec/webhooks.yaml";
const CORRECTIONS: &str = "spec/corrections.yaml";
const ACKS: &str = "spec/acks.yaml";

/// The folder of the schemas that editors read.
pub const SCHEMAS: &str = "spec/schema";

impl Role {
    pub(crate) fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let ours =
            path.strip_prefix("spec/resources/").filter(|name| !name.contains('/'));
        match path {
            FRONT => Self::Front,
            WEBHOOKS => Self::Webhooks,
            CORRECTIONS => Self::Corrections,
            ACKS => Self::Acks,
            _ if name == "README.md"
                || name.ends_with(".json")
                || name.starts_with('.')
                || path == SCHEMAS =>
            {
                Self::Ignored
            }
            _ => match ours.and_then(|name| name.strip_suffix(".yaml")) {
                Some(resource) => Self::Resource(resource.to_owned()),
                None => Self::Unknown,
            },
        }
    }
}

/// Returns the first line of the file at `path`, which tells editors where its schema is. `None` if the file has no schema.
pub(crate) fn modeline(path: &str) -> Option<String> {
    let schema = match Role::of(path) {
        Role::Front => "front",
        Role::Webhooks => "webhooks",
        Role::Resource(_) => "resource",
        Role::Corrections => "corrections",
        Role::Acks => "acks",
        Role::Unknown | Role::Ignored => return None,
    };
    let (root, folder) = SCHEMAS.split_once('/')?;
    let below = path.strip_prefix(root)?.matches('/').count();
    let up = "../".repeat(below.saturating_sub(1));
    Some(format!("{MODELINE} $schema={up}{folder}/{schema}.json\n"))
}

impl Content {
    pub(crate) fn of_text(text: String) -> Self {
        if text.len() > MAX_SIZE {
            return Self::huge(text.len() as u64);
        }
        let crlf = text.contains("\r\n");
        let text = if crlf { text.replace("\r\n", "\n") } else { text };
        if text.starts_with('\u{feff}') {
            return wrong(
                text,
                Code::NotUtf8,
                "the file begins with a byte order mark",
                0..3,
                "save it as UTF-8 without a byte order mark",
            );
        }
        Self::Text { text, crlf }
    }

    fn of_bytes(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::of_text(text),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                // The lossy text is the same up to this byte, where it has a three-byte replacement character.
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                wrong(
                    text,
                    Code::NotUtf8,
                    "the file is not UTF-8",
                    at..at + 3,
                    "save it as UTF-8",
                )
            }
        }
    }

    fn huge(size: u64) -> Self {
        let title = format!("the file has {size} bytes, more than {MAX_SIZE}");
        wrong(
            String::new(),
            Code::HugeFile,
            title,
            0..0,
            "no resource is that large: check whether this is the right file",
        )
    }

    fn of_file(path: &Path) -> Self {
        let read = || -> io::Result<Self> {
            let found = fs::symlink_metadata(path)?;
            if found.is_symlink() {
                let help = "replace the link with the file: reviews do not show the target of a link";
                return Ok(wrong(
                    String::new(),
                    Code::UnreadableFile,
                    "this is a symbolic link",
                    0..0,
                    help,
                ));
            }
            if !found.is_file() {
                let help = "a file with this name is expected";
                return Ok(wrong(
                    String::new(),
                    Code::UnreadableFile,
                    "this is not a file",
                    0..0,
                    help,
                ));
            }
            let size = found.len();
            if size > MAX_SIZE as u64 {
                return Ok(Self::huge(size));
            }
            Ok(Self::of_bytes(fs::read(path)?))
        };
        read().unwrap_or_else(|error| {
            let title = format!("the file cannot be read: {error}");
            wrong(
                String::new(),
                Code::UnreadableFile,
                title,
                0..0,
                "check that it is a file and that you have permission to read it",
            )
        })
    }

    fn missing(path: &str, help: &'static str) -> Self {
        wrong(
            String::new(),
            Code::MissingFile,
            format!("there is no file `{path}`"),
            0..0,
            help,
        )
    }

    fn unknown(path: &str) -> Self {
        let title = "this file does not belong in the spec";
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let top = stem.strip_prefix("spec/").filter(|name| !name.contains('/'));
        let meant = top.and_then(|name| {
            names::nearest(name, ["front", "webhooks", "corrections", "acks"])
        });
        let help = match meant {
            Some(name) => format!("rename it to `spec/{name}.yaml`"),
            None if stem.starts_with("spec/resources/") && path.ends_with(".yml") => {
                format!("rename it to `{stem}.yaml`")
            }
            None => "the file of a resource is `spec/resources/<name>.yaml`; move other files out of `spec`".to_owned(),
        };
        wrong(String::new(), Code::UnknownFile, title, 0..0, help)
    }
}

fn wrong(
    text: String,
    code: Code,
    title: impl Into<String>,
    span: std::ops::Range<usize>,
    help: impl Into<String>,
) -> Content {
    let problem = Problem::new(code, title).help(help);
    Content::Wrong(text, Box::new(move |file| problem.at(Place::new(file, span))))
}

/// Returns the files of the spec at `root`, complete and in order, and the problems of the folder.
pub(crate) fn list(root: &Path) -> (Vec<Input>, Problems) {
    let mut problems = Problems::new();
    let mut inputs = Vec::new();
    match folder(root, "spec", &mut inputs) {
        Ok(()) => {}
        Err(error) => {
            problems.push(
                missing_folder("spec", &error)
                    .help("run this command in the folder of the project"),
            );
            return (inputs, problems);
        }
    }
    if let Err(error) = folder(root, "spec/resources", &mut inputs) {
        problems.push(
            missing_folder("spec/resources", &error)
                .help("it contains one file for each resource"),
        );
    }
    (complete(inputs), problems)
}

fn missing_folder(path: &str, error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::NotFound => {
            Problem::new(Code::MissingFolder, format!("there is no folder `{path}`"))
        }
        _ => Problem::new(
            Code::MissingFolder,
            format!("the folder `{path}` cannot be read: {error}"),
        ),
    }
}

/// Reads the files in a folder.
fn folder(root: &Path, folder: &str, inputs: &mut Vec<Input>) -> io::Result<()> {
    if fs::symlink_metadata(root.join(folder))?.is_symlink() {
        return Err(io::Error::other("it is a symbolic link, which may point anywhere"));
    }
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let name = entry.file_name();
        let path = format!("{folder}/{}", name.to_string_lossy());
        let role = if name.to_str().is_some() { Role::of(&path) } else { Role::Unknown };
        let content = match role {
            Role::Ignored => continue,
            Role::Unknown if path == "spec/resources" => continue,
            Role::Unknown => Content::unknown(&path),
            Role::Front
            | Role::Webhooks
            | Role::Resource(_)
            | Role::Corrections
            | Role::Acks => Content::of_file(&entry.path()),
        };
        inputs.push(Input { path, content });
    }
    Ok(())
}

/// Returns the files in their order, including the missing ones.
pub(crate) fn complete(mut inputs: Vec<Input>) -> Vec<Input> {
    for (path, help) in [
        (FRONT, "it contains the facts about the API as a whole"),
        (WEBHOOKS, "it lists the webhook events that Front sends"),
    ] {
        if !inputs.iter().any(|input| input.path == path) {
            inputs.push(Input {
                path: path.to_owned(),
                content: Content::missing(path, help),
            });
        }
    }
    for input in &mut inputs {
        if let (Role::Unknown, Content::Text { .. }) =
            (Role::of(&input.path), &input.content)
        {
            input.content = Content::unknown(&input.path);
        }
    }
    inputs.retain(|input| Role::of(&input.path) != Role::Ignored);
    inputs.sort_by_cached_key(|input| (Role::of(&input.path), input.path.clone()));
    inputs
}
