//! A crate to look at: the runtime of `front-api` with generated files of any spec, documented as JSON.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use front_codegen::sync::Files;
use toml::{Table, Value};

use crate::ui::Ui;

/// The folder of one crate. Both sides are written there, one after the other, so that what they depend on is built once.
pub(crate) struct Bench {
    /// Below the project's target folder.
    folder: PathBuf,
    /// The crate whose runtime it has.
    front_api: PathBuf,
}

/// Which file cannot be read or written, and why.
fn at(path: &Path) -> impl FnOnce(io::Error) -> String {
    move |error| format!("{}: {error}", path.display())
}

impl Bench {
    /// Sets it up for the project at `root`.
    pub(crate) fn new(root: &Path) -> Result<Self, String> {
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |folder| root.join(folder));
        let bench =
            Self { folder: target.join("verify"), front_api: root.join("front-api") };
        let read = |path: PathBuf| fs::read_to_string(&path).map_err(at(&path));
        let package = read(bench.front_api.join("Cargo.toml"))?;
        let workspace = read(root.join("Cargo.toml"))?;
        bench.write("crate/Cargo.toml", &manifest(&package, &workspace)?)?;
        // The same versions as the workspace has.
        bench.write("crate/Cargo.lock", &read(root.join("Cargo.lock"))?)?;
        Ok(bench)
    }

    /// The JSON of the crate that has these files, by their paths under `src`, beside the runtime.
    pub(crate) fn json(
        &self,
        side: &str,
        files: &Files,
        ui: &Ui,
    ) -> Result<PathBuf, String> {
        let source = self.folder.join("crate/src");
        if source.exists() {
            fs::remove_dir_all(&source).map_err(at(&source))?;
        }
        copy(&self.front_api.join("src/rt"), &source.join("rt"))?;
        for (path, text) in files.iter() {
            self.write(&format!("crate/src/{path}"), text)?;
        }
        let mut command = crate::cargo();
        command
            .current_dir(self.folder.join("crate"))
            // The format is not stable; the tools know the one of this toolchain, or say so.
            .env("RUSTC_BOOTSTRAP", "1")
            .env_remove("RUSTFLAGS")
            .env_remove("RUSTDOCFLAGS")
            .args(["rustdoc", "--lib", "--target-dir"])
            .arg(self.folder.join("target"));
        if !ui.shows_progress() {
            command.arg("--quiet");
        }
        command.args(["--", "-Zunstable-options", "--output-format", "json"]);
        command.args(["--document-hidden-items", "--cap-lints=allow"]);
        ui.step(format_args!("{side}: {command:?}"));
        let status = command.status().map_err(at(Path::new("cargo")))?;
        if !status.success() {
            return Err(format!(
                "rustdoc does not take the crate of {side}; what it says stands above"
            ));
        }
        let made = self.folder.join("target/doc/front_api.json");
        let kept = self.folder.join(format!("{side}.json"));
        fs::copy(&made, &kept).map_err(at(&made))?;
        Ok(kept)
    }

    fn write(&self, path: &str, text: &str) -> Result<(), String> {
        let path = self.folder.join(path);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all);
        made.and_then(|()| fs::write(&path, text)).map_err(at(&path))
    }
}

/// Copies a folder.
fn copy(from: &Path, to: &Path) -> Result<(), String> {
    fs::create_dir_all(to).map_err(at(to))?;
    for entry in fs::read_dir(from).map_err(at(from))? {
        let path = entry.map_err(at(from))?.path();
        let Some(name) = path.file_name() else { continue };
        let target = to.join(name);
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            fs::copy(&path, &target).map_err(at(&path))?;
        }
    }
    Ok(())
}

/// The manifest of `front-api` without a workspace around it, and without what only its own tests need.
fn manifest(package: &str, workspace: &str) -> Result<String, String> {
    let parsed = |text: &str| {
        text.parse::<Table>()
            .map_err(|wrong| format!("a Cargo.toml does not read: {wrong}"))
    };
    let (mut manifest, workspace) = (parsed(package)?, parsed(workspace)?);
    let shared = workspace.get("workspace").and_then(|of| of.get("package"));
    let Some(Value::Table(own)) = manifest.get_mut("package") else {
        return Err("front-api/Cargo.toml has no [package]".to_owned());
    };
    for key in ["version", "edition", "rust-version"] {
        if let Some(value) = shared.and_then(|shared| shared.get(key)) {
            own.insert(key.to_owned(), value.clone());
        }
    }
    own.retain(|key, _| ["name", "version", "edition", "rust-version"].contains(&key));
    manifest.retain(|key, _| ["package", "features", "dependencies"].contains(&key));
    manifest.insert("workspace".to_owned(), Value::Table(Table::new()));
    Ok(manifest.to_string())
}

#[cfg(test)]
mod tests {
    use super::manifest;

    #[test]
    fn a_manifest_stands_alone() {
        let package = "[package]\nname = \"front-api\"\nversion.workspace = true\nedition.workspace = true\nreadme = \"../README.md\"\n\
            [features]\nhttp2 = []\n[dependencies]\nbytes = \"1\"\n[dev-dependencies]\nrcgen = \"1\"\n[lints]\nworkspace = true\n\
            [[bench]]\nname = \"client\"\n";
        let workspace = "[workspace.package]\nversion = \"0.3.1\"\nedition = \"2024\"\n";
        let made =
            manifest(package, workspace).ok().map(|text| text.parse::<toml::Table>());
        let expected = "[package]\nname = \"front-api\"\nversion = \"0.3.1\"\nedition = \"2024\"\n\
            [features]\nhttp2 = []\n[dependencies]\nbytes = \"1\"\n[workspace]\n";
        assert_eq!(made, Some(expected.parse()));
    }
}
