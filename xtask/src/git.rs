//! Reads commits and files from a git repository with the `git` program. Nothing is checked out.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// The repository that contains a folder.
#[derive(Clone, Copy)]
pub(crate) struct Git<'r> {
    /// The project's folder, which may be below the repository's folder.
    pub(crate) root: &'r Path,
}

/// A commit or file that is not available, and the commands that help.
#[derive(Debug)]
pub(crate) struct Unresolved {
    /// What failed, without a final period.
    pub(crate) what: String,
    /// The next steps, one per line.
    pub(crate) help: Vec<String>,
}

impl Unresolved {
    fn new(what: impl Into<String>, help: &[&str]) -> Self {
        let help = help.iter().map(|&line| line.to_owned()).collect();
        Self { what: what.into(), help }
    }
}

/// Possible names of the default branch, the most likely first.
const DEFAULTS: [&str; 4] = ["origin/HEAD", "origin/main", "main", "master"];

/// The help for the checkout action in a workflow.
const DEPTH: &str = "in a GitHub workflow, set `fetch-depth: 0` for actions/checkout";

impl Git<'_> {
    /// Runs git and returns its output. `None` if git fails.
    fn run(self, arguments: &[&str]) -> Result<Option<Vec<u8>>, Unresolved> {
        let output = Command::new("git").current_dir(self.root).args(arguments).output();
        match output {
            Ok(output) => Ok(output.status.success().then_some(output.stdout)),
            Err(error) => Err(not_started(error)),
        }
    }

    fn line(self, arguments: &[&str]) -> Result<Option<String>, Unresolved> {
        let output = self.run(arguments)?;
        let line = output.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned());
        Ok(line.filter(|line| !line.is_empty()))
    }

    /// Returns the commit with this name.
    pub(crate) fn commit(self, name: &str) -> Result<String, Unresolved> {
        match self.find(name)? {
            Some(commit) => Ok(commit),
            None => Err(self.unknown(name)?),
        }
    }

    fn find(self, name: &str) -> Result<Option<String>, Unresolved> {
        if name.is_empty() || name.starts_with('-') {
            return Ok(None);
        }
        self.line(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])
    }

    /// Returns why there is no commit with this name, and how to fetch it.
    fn unknown(self, name: &str) -> Result<Unresolved, Unresolved> {
        if let Some(stderr) = self.refusal()? {
            let what = format!("git failed to read {}: {stderr}", self.root.display());
            let help =
                "fix the cause, or compare two folders: `cargo xtask diff OLD NEW`";
            return Ok(Unresolved::new(what, &[help]));
        }
        if self.line(&["rev-parse", "--git-dir"])?.is_none() {
            let what = format!(
                "`{name}` is not a folder that contains `spec/`, and {} is not in a git repository",
                self.root.display()
            );
            let help = "compare two folders: `cargo xtask diff OLD NEW`";
            return Ok(Unresolved::new(what, &[help]));
        }
        let what = format!("unknown commit `{name}`");
        let hex = name.chars().all(|c| c.is_ascii_hexdigit());
        let fetch = match name.strip_prefix("origin/") {
            // A name relative to a commit cannot be fetched.
            _ if name.contains(['~', '^', ':']) || name.contains("@{") => {
                if self.is_shallow()? {
                    "git fetch --no-tags --unshallow origin".to_owned()
                } else {
                    let lists = "`git log --oneline -- spec` lists the commits";
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

    /// Returns git's error if it refuses to read an existing repository, for example because of another owner.
    fn refusal(self) -> Result<Option<String>, Unresolved> {
        let output = Command::new("git")
            .current_dir(self.root)
            .args(["rev-parse", "--git-dir"])
            .env("LC_ALL", "C")
            .output()
            .map_err(not_started)?;
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        let stderr: Vec<&str> = stderr.split_whitespace().collect();
        let stderr = stderr.join(" ");
        let is_none = output.status.success() || stderr.contains("not a git repository");
        Ok((!is_none).then_some(stderr))
    }

    fn is_shallow(self) -> Result<bool, Unresolved> {
        let shallow = self.line(&["rev-parse", "--is-shallow-repository"])?;
        Ok(shallow.as_deref() == Some("true"))
    }

    /// Returns the files that git could not restore: they were never committed, or have changed since.
    pub(crate) fn uncommitted<'p>(
        self,
        paths: impl Iterator<Item = &'p str>,
    ) -> Result<Vec<&'p str>, Unresolved> {
        let mut found = Vec::new();
        for path in paths {
            // Reading does not need to wait for another git process that writes.
            let status = self.run(&[
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
                        format!("{} is not in a git repository", self.root.display());
                    return Err(Unresolved::new(what, &[]));
                }
            }
        }
        Ok(found)
    }

    /// Returns the target branch: of the pull request if GitHub has set it, otherwise the default branch.
    pub(crate) fn target(self) -> Result<String, Unresolved> {
        if let Some(branch) =
            std::env::var("GITHUB_BASE_REF").ok().filter(|branch| !branch.is_empty())
        {
            return Ok(format!("origin/{branch}"));
        }
        for name in DEFAULTS {
            if self.find(name)?.is_some() {
                return Ok(name.to_owned());
            }
        }
        let mut unresolved = self.unknown("origin/main")?;
        unresolved.help.push(
            "or name the commit to compare with: `cargo xtask diff BASE`".to_owned(),
        );
        Err(unresolved)
    }

    /// Returns the merge base of `base` and `head`. Later commits on `base` are not part of the change.
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
                    "this clone is shallow: it does not contain the merge base of `{base}` and `{head}`"
                ),
                &["git fetch --no-tags --unshallow origin", DEPTH],
            ));
        }
        Err(Unresolved::new(
            format!("`{base}` and `{head}` have no merge base"),
            &["name the commit to compare with: `cargo xtask diff BASE`"],
        ))
    }

    /// Returns the files of a commit below `paths` that `wanted` accepts, by their paths from the project's folder.
    pub(crate) fn files(
        self,
        commit: &str,
        paths: &[&str],
        wanted: impl Fn(&str) -> bool,
    ) -> Result<Vec<(String, String)>, Unresolved> {
        let missing = || {
            Unresolved::new(
                format!("the files of commit {commit} are missing"),
                &[&format!("git fetch --no-tags --depth=1 origin {commit}"), DEPTH],
            )
        };
        let mut arguments = vec!["ls-tree", "-r", "-z", commit, "--"];
        arguments.extend(paths);
        let listed = self.run(&arguments)?.ok_or_else(missing)?;
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

    /// Reads the texts of blobs with one git process. `None` if a blob is missing.
    fn blobs(self, ids: &[&str]) -> Result<Option<Vec<String>>, Unresolved> {
        if ids.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let failed = |error: std::io::Error| {
            Unresolved::new(format!("failed to run git: {error}"), &[])
        };
        let mut child = Command::new("git")
            .current_dir(self.root)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let mut stdin = child.stdin.take();
        let input = ids.join("\n") + "\n";
        // Write and read at the same time: git prints while it reads, and either pipe may be full.
        let output = std::thread::scope(|scope| {
            scope.spawn(move || {
                let _closed =
                    stdin.take().map(|mut stdin| stdin.write_all(input.as_bytes()));
            });
            child.wait_with_output()
        });
        Ok(parse_blobs(&output.map_err(failed)?.stdout, ids.len()))
    }
}

fn not_started(error: std::io::Error) -> Unresolved {
    Unresolved::new(
        format!("failed to start git: {error}"),
        &["install git, or compare two folders: `cargo xtask diff OLD NEW`"],
    )
}

/// Returns whether a name looks like a version tag: `v0.1.0`.
fn is_version(name: &str) -> bool {
    name.strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Parses the output of `git cat-file --batch`: for each blob `ID blob SIZE`, the bytes and a line end.
fn parse_blobs(mut bytes: &[u8], count: usize) -> Option<Vec<String>> {
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
    use super::parse_blobs;

    #[test]
    fn reads_the_output_of_git() {
        let printed = b"a1 blob 3\na\nb\nb2 blob 0\n\n";
        assert_eq!(
            parse_blobs(printed, 2),
            Some(vec!["a\nb".to_owned(), String::new()])
        );
        assert_eq!(parse_blobs(b"a1 missing\n", 1), None);
        assert_eq!(parse_blobs(printed, 3), None);
    }
}
