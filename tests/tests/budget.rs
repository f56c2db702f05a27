//! The dependencies of `front-api`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::process::Command;

use front_tests::root;

/// The maximum number of packages with the default features, including `front-api`.
const PACKAGES: usize = 95;

#[test]
fn default_features_have_few_dependencies() {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args([
            "tree",
            "--package",
            "front-api",
            "--edges",
            "normal",
            "--prefix",
            "none",
        ])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let packages: BTreeSet<&str> = text
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .filter(|line| !line.is_empty())
        .collect();
    assert!(
        packages.len() <= PACKAGES,
        "{} packages, {PACKAGES} allowed:\n{text}",
        packages.len()
    );
    let forbidden: Vec<&&str> = packages
        .iter()
        .filter(|name| name.starts_with("aws-lc") || name.starts_with("openssl v"))
        .collect();
    assert!(forbidden.is_empty(), "forbidden dependencies: {forbidden:?}");
}

#[test]
fn the_crate_does_not_depend_on_its_generator() {
    for (package, forbidden) in [
        ("front-api", "front-codegen"),
        ("front-codegen", "front-api"),
        ("xtask", "front-api"),
    ] {
        let output = Command::new(env!("CARGO"))
            .current_dir(root())
            .args([
                "tree",
                "--package",
                package,
                "--edges",
                "normal,build",
                "--prefix",
                "none",
            ])
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && text.contains(package));
        assert!(
            !text.lines().any(|line| line.split(' ').next() == Some(forbidden)),
            "{package} must not depend on {forbidden}"
        );
    }
}
