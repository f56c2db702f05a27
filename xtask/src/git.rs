//! What git knows, asked of the `git` program: names of commits, and files as they were. Nothing is checked out.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// The repository that a folder lies in.
#[derive(Clone, Copy)]
pub(crate) struct Git<'r> {
    /// The project's folder, which may lie below the repository's.
    pub(crate) root: &'r Path,
}

/// What cannot be had, and the commands that help.
#[derive(Debug)]
pub(crate) struct Unresolved {
    /// A sentence without a full stop.
    pub(crate) what: String,
    /// What to do, a line each.
    pub(crate) help: Vec<String>,
}

impl Unresolved {
    fn new(what: impl Into<String>, help: &[&str]) -> Self {
        let help = help.iter().map(|&line| line.to_owned()).collect();
        Self { what: what.into(), help }
    }
}

/// Names that a default branch has, the likeliest first.
const DEFAULTS: [&str; 4] = ["origin/HEAD", "origin/main", "main", "master"];

/// What actions/checkout has to be told.
const DEPTH: &str = "in a GitHub workflow: `fetch-depth: 0` at actions/checkout";

impl Git<'_> {
    /// What git answers; nothing where it says no.
    fn ask(self, arguments: &[&str]) -> Result<Option<Vec<u8>>, Unresolved> {
        let output = Command::new("git").current_dir(self.root).args(arguments).output();
        match output {
            Ok(output) => Ok(output.status.success().then_some(output.stdout)),
            Err(error) => Err(not_started(error)),
        }
    }

    fn line(self, arguments: &[&str]) -> Result<Option<String>, Unresolved> {
        let answer = self.ask(arguments)?;
        let line = answer.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned());
        Ok(line.filter(|line| !line.is_empty()))
    }

    /// The commit of that name.
    pub(crate) fn commit(self, name: &str) -> Result<String, Unresolved> {
        match self.known(name)? {
            Some(commit) => Ok(commit),
            None => Err(self.unknown(name)?),
        }
    }

    fn known(self, name: &str) -> Result<Option<String>, Unresolved> {
        if name.is_empty() || name.starts_with('-') {
            return Ok(None);
        }
        self.line(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])
    }

    /// Why there is no commit of that name, and how to get it.
    fn unknown(self, name: &str) -> Result<Unresolved, Unresolved> {
        if let Some(said) = self.refuses()? {
            let what = format!("git does not read {}: {said}", self.root.display());
            let help = "mend that, or name two folders: `cargo xtask diff OLD NEW`";
            return Ok(Unresolved::new(what, &[help]));
        }
        if self.line(&["rev-parse", "--git-dir"])?.is_none() {
            let what = format!(
                "`{name}` is no folder that holds `spec/`, and {} lies in no git repository",
                self.root.display()
            );
            let help = "name two folders: `cargo xtask diff OLD NEW`";
            return Ok(Unresolved::new(what, &[help]));
        }
        let what = format!("there is no commit `{name}` here");
        let hex = name.chars().all(|c| c.is_ascii_hexdigit());
        let fetch = match name.strip_prefix("origin/") {
            // Counted from a commit, and no name that could be fetched.
            _ if name.contains(['~', '^', ':']) || name.contains("@{") => {
                if self.is_shallow()? {
                    "git fetch --no-tags --unshallow origin".to_owned()
                } else {
                    let lists = "`git log --oneline -- spec` lists those that there are";
                    return Ok(Unresolved::new(what, &[lists]));
                }
            }
            Some(branch) => {
                format!("git fetch --no-tags origin {branch}:refs/remotes/{name}")
            }
            None if hex && name.len() == 40 => {
                format!("git fetch --no-tags --depth=1 origin {name}")
            }
            None if hex && self.is_shallow()? => {
                "git fetch --no-tags --unshallow origin".to_owned()
            }
            None if is_version(name) => {
                format!("git fetch --no-tags origin tag {name}")
            }
            None => {
                format!("git fetch --no-tags origin {name}:refs/remotes/origin/{name}")
            }
        };
        Ok(Unresolved::new(what, &[&fetch, DEPTH]))
    }

    /// Why git does not read a repository that is there, in its own words: it may belong to somebody else.
    fn refuses(self) -> Result<Option<String>, Unresolved> {
        let output = Command::new("git")
            .current_dir(self.root)
            .args(["rev-parse", "--git-dir"])
            .env("LC_ALL", "C")
            .output()
            .map_err(not_started)?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let said: Vec<&str> = said.split_whitespace().collect();
        let said = said.join(" ");
        let is_none = output.status.success() || said.contains("not a git repository");
        Ok((!is_none).then_some(said))
    }

    fn is_shallow(self) -> Result<bool, Unresolved> {
        let shallow = self.line(&["rev-parse", "--is-shallow-repository"])?;
        Ok(shallow.as_deref() == Some("true"))
    }

    /// Which of some files git could not give back as they are: they were never committed, or have changed since.
    pub(crate) fn uncommitted<'p>(
        self,
        paths: impl Iterator<Item = &'p str>,
    ) -> Result<Vec<&'p str>, Unresolved> {
        let mut found = Vec::new();
        for path in paths {
            // Whoever only asks need not wait for who writes.
            let status = self.ask(&[
                "--no-optional-locks",
                "status",
                "--porcelain",
                "--ignored",
                "--untracked-files=all",
                "--",
                path,
            ])?;
            match status {
                Some(status) if status.is_empty() => {}
                Some(_) => found.push(path),
                None => {
                    let what =
                        format!("{} lies in no git repository", self.root.display());
                    return Err(Unresolved::new(what, &[]));
                }
            }
        }
        Ok(found)
    }

    /// The name of the branch that changes go to: what GitHub says for a pull request, else the default branch.
    pub(crate) fn target(self) -> Result<String, Unresolved> {
        if let Some(branch) =
            std::env::var("GITHUB_BASE_REF").ok().filter(|branch| !branch.is_empty())
        {
            return Ok(format!("origin/{branch}"));
        }
        for name in DEFAULTS {
            if self.known(name)?.is_some() {
                return Ok(name.to_owned());
            }
        }
        let mut wrong = self.unknown("origin/main")?;
        wrong
            .help
            .push("or name what to compare with: `cargo xtask diff BASE`".to_owned());
        Err(wrong)
    }

    /// Where `head` left `base`: what was done on `base` since is no part of the change.
    pub(crate) fn merge_base(
        self,
        base: &str,
        head: &str,
    ) -> Result<String, Unresolved> {
        let (base_id, head_id) = (self.commit(base)?, self.commit(head)?);
        if let Some(commit) = self.line(&["merge-base", &base_id, &head_id])? {
            return Ok(commit);
        }
        if self.is_shallow()? {
            return Err(Unresolved::new(
                format!(
                    "this clone is shallow: where `{head}` left `{base}` is not in it"
                ),
                &["git fetch --no-tags --unshallow origin", DEPTH],
            ));
        }
        Err(Unresolved::new(
            format!("`{base}` and `{head}` have no commit in common"),
            &["name the commit to compare with: `cargo xtask diff BASE`"],
        ))
    }

    /// Files of a commit by their paths from the project's folder: those of `paths` that `wanted` takes.
    pub(crate) fn files(
        self,
        commit: &str,
        paths: &[&str],
        wanted: impl Fn(&str) -> bool,
    ) -> Result<Vec<(String, String)>, Unresolved> {
        let missing = || {
            Unresolved::new(
                format!("the files of commit {commit} are not here"),
                &[&format!("git fetch --no-tags --depth=1 origin {commit}"), DEPTH],
            )
        };
        let mut arguments = vec!["ls-tree", "-r", "-z", commit, "--"];
        arguments.extend(paths);
        let listed = self.ask(&arguments)?.ok_or_else(missing)?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        // `100644 blob ID<tab>PATH`
        let blobs: Vec<(&str, &str)> = listed
            .split('\0')
            .filter_map(|entry| entry.split_once('\t'))
            .filter_map(|(about, path)| Some((about.split(' ').nth(2)?, path)))
            .filter(|(_, path)| wanted(path))
            .collect();
        let ids: Vec<&str> = blobs.iter().map(|(id, _)| *id).collect();
        let texts = self.blobs(&ids)?.ok_or_else(missing)?;
        Ok(blobs.into_iter().map(|(_, path)| path.to_owned()).zip(texts).collect())
    }

    /// The texts of blobs, all in one question; none where one is missing.
    fn blobs(self, ids: &[&str]) -> Result<Option<Vec<String>>, Unresolved> {
        if ids.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let failed = |error: std::io::Error| {
            Unresolved::new(format!("git cannot be asked for files: {error}"), &[])
        };
        let mut child = Command::new("git")
            .current_dir(self.root)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let mut questions = child.stdin.take();
        let asked = ids.join("\n") + "\n";
        // Both ends at once: git answers while it is asked, and either pipe may be full.
        let output = std::thread::scope(|scope| {
            scope.spawn(move || {
                let _closed = questions
                    .take()
                    .map(|mut questions| questions.write_all(asked.as_bytes()));
            });
            child.wait_with_output()
        });
        Ok(answers(&output.map_err(failed)?.stdout, ids.len()))
    }
}

fn not_started(error: std::io::Error) -> Unresolved {
    Unresolved::new(
        format!("git cannot be started: {error}"),
        &["install git, or name two folders: `cargo xtask diff OLD NEW`"],
    )
}

/// `v0.1.0`
fn is_version(name: &str) -> bool {
    name.strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// What `git cat-file --batch` printed: `ID blob SIZE`, so many bytes and a line end, for each.
fn answers(mut bytes: &[u8], count: usize) -> Option<Vec<String>> {
    let mut texts = Vec::with_capacity(count);
    for _ in 0..count {
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let head = std::str::from_utf8(&bytes[..end]).ok()?;
        let size: usize = head.split_once(" blob ")?.1.parse().ok()?;
        let text = bytes.get(end + 1..end + 1 + size)?;
        texts.push(String::from_utf8_lossy(text).into_owned());
        bytes = bytes.get(end + 2 + size..)?;
    }
    Some(texts)
}

#[cfg(test)]
mod tests {
    use super::answers;

    #[test]
    fn reads_what_git_prints() {
        let printed = b"a1 blob 3\na\nb\nb2 blob 0\n\n";
        assert_eq!(answers(printed, 2), Some(vec!["a\nb".to_owned(), String::new()]));
        assert_eq!(answers(b"a1 missing\n", 1), None);
        assert_eq!(answers(printed, 3), None);
    }
}
