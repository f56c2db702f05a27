//! A scratch crate: the runtime of `front-api` with the generated files of any spec, documented as JSON.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use front_codegen::sync::Files;
use toml::{Table, Value};

use crate::ui::Ui;

/// The folder of a scratch crate. Both sides are written there, one after the other, so that dependencies are built once.
pub(crate) struct ScratchCrate {
    /// Below the project's target folder.
    folder: PathBuf,
    /// The crate whose runtime is copied.
    front_api: PathBuf,
}

/// Adds the path to an I/O error.
fn at(path: &Path) -> impl FnOnce(io::Error) -> String {
    move |error| format!("{}: {error}", path.display())
}

impl ScratchCrate {
    /// Creates the folder for the project at `root`.
    pub(crate) fn new(root: &Path) -> Result<Self, String> {
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |folder| root.join(folder));
        let scratch =
            Self { folder: target.join("verify"), front_api: root.join("front-api") };
        let read = |path: PathBuf| fs::read_to_string(&path).map_err(at(&path));
        let package = read(scratch.front_api.join("Cargo.toml"))?;
        let workspace = read(root.join("Cargo.toml"))?;
        scratch.write("crate/Cargo.toml", &manifest(&package, &workspace)?)?;
        // Use the versions of the workspace.
        scratch.write("crate/Cargo.lock", &read(root.join("Cargo.lock"))?)?;
        Ok(scratch)
    }

    /// Writes the crate with these files, by their paths under `src`, and returns the path of its rustdoc JSON.
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
            // The format is unstable. The tools support the format of this toolchain, or report that they do not.
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
                "rustdoc failed for the crate of {side}: see its output above"
            ));
        }
        let result = self.folder.join("target/doc/front_api.json");
        let json = self.folder.join(format!("{side}.json"));
        fs::copy(&result, &json).map_err(at(&result))?;
        Ok(json)
    }

    fn write(&self, path: &str, text: &str) -> Result<(), String> {
        let path = self.folder.join(path);
        let result = path.parent().map_or(Ok(()), fs::create_dir_all);
        result.and_then(|()| fs::write(&path, text)).map_err(at(&path))
    }
}

/// Copies a folder with its files and subfolders.
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

/// Returns the manifest of `front-api` for use outside the workspace, without dependencies of its tests.
fn manifest(package: &str, workspace: &str) -> Result<String, String> {
    let parsed = |text: &str| {
        text.parse::<Table>()
            .map_err(|error| format!("invalid Cargo.toml: {error}"))
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
    fn the_manifest_works_outside_the_workspace() {
        let package = "[package]\nname = \"front-api\"\nversion.workspace = true\nedition.workspace = true\nreadme = \"../README.md\"\n\
            [features]\nhttp2 = []\n[dependencies]\nbytes = \"1\"\n[dev-dependencies]\nrcgen = \"1\"\n[lints]\nworkspace = true\n\
            [[scratch]]\nname = \"client\"\n";
        let workspace = "[workspace.package]\nversion = \"0.3.1\"\nedition = \"2024\"\n";
        let result =
            manifest(package, workspace).ok().map(|text| text.parse::<toml::Table>());
        let expected = "[package]\nname = \"front-api\"\nversion = \"0.3.1\"\nedition = \"2024\"\n\
            [features]\nhttp2 = []\n[dependencies]\nbytes = \"1\"\n[workspace]\n";
        assert_eq!(result, Some(expected.parse()));
    }
}
