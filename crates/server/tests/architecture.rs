//! The rules of the house that a compiler does not hold: which crate may use which, and what no source contains.
#![expect(clippy::expect_used, reason = "tests")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// A crate of the workspace: its folder under the root, and what it depends on outside its tests.
struct Crate {
    folder: String,
    /// Folders of crates of ours.
    ours: BTreeSet<String>,
    /// Names of crates of others.
    theirs: BTreeSet<String>,
}

/// What a crate may depend on: `None` for a crate that the house plan does not know.
fn may_use(folder: &str) -> Option<fn(&str) -> bool> {
    let rule: fn(&str) -> bool = match folder {
        "crates/model" => |_| false,
        "crates/store" | "crates/http" => |used| used == "crates/model",
        "crates/directory" => |used| matches!(used, "crates/model" | "crates/store"),
        "crates/interchange" => |used| matches!(used, "crates/directory" | "crates/model"),
        "crates/console" | "crates/delivery" => face_may_use,
        "crates/server" => |used| used != "crates/testkit",
        "crates/testkit" => |_| true,
        "crates/dialects/native" => |used| face_may_use(used) || used == "crates/interchange",
        // it measures the binary from outside
        "crates/bench" => |_| false,
        dialect if dialect.starts_with("crates/dialects/") => face_may_use,
        _ => return None,
    };
    Some(rule)
}

/// What shows the directory to the outside sees neither the store nor another such crate.
fn face_may_use(used: &str) -> bool {
    matches!(used, "crates/directory" | "crates/http" | "crates/model")
}

/// Every arrow that points the wrong way, in words.
fn wrong_arrows(crates: &[Crate]) -> Vec<String> {
    let mut wrong = Vec::new();
    for Crate { folder, ours, .. } in crates {
        match may_use(folder) {
            None => wrong.push(format!("{folder} is not in the table of this test")),
            Some(allowed) => wrong.extend(
                ours.iter()
                    .filter(|used| !allowed(used))
                    .map(|used| format!("{folder} must not depend on {used}")),
            ),
        }
    }
    wrong
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the root of the repository")
}

fn workspace() -> Vec<Crate> {
    let metadata = MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo metadata");
    let root = &metadata.workspace_root;
    let folder = |path: &Path| {
        path.strip_prefix(root)
            .expect("our crates lie under the root")
            .to_string_lossy()
            .into_owned()
    };
    metadata
        .workspace_packages()
        .into_iter()
        .map(|package| {
            let manifest = package.manifest_path.as_std_path();
            let (mut ours, mut theirs) = (BTreeSet::new(), BTreeSet::new());
            for used in &package.dependencies {
                if used.kind == DependencyKind::Development {
                    continue;
                }
                match &used.path {
                    Some(path) => ours.insert(folder(path.as_std_path())),
                    None => theirs.insert(used.name.clone()),
                };
            }
            Crate {
                folder: folder(manifest.parent().expect("a manifest lies in a folder")),
                ours,
                theirs,
            }
        })
        .collect()
}

#[test]
fn dependencies_point_one_way() {
    let crates = workspace();
    assert!(
        crates.iter().any(|one| one.folder == "crates/model"),
        "the workspace was not read"
    );
    assert_eq!(wrong_arrows(&crates), Vec::<String>::new());
}

#[test]
fn a_wrong_arrow_is_found() {
    let one = |folder: &str, used: &str| Crate {
        folder: folder.to_owned(),
        ours: BTreeSet::from([used.to_owned()]),
        theirs: BTreeSet::new(),
    };
    for (folder, used) in [
        ("crates/model", "crates/http"),
        ("crates/store", "crates/directory"),
        ("crates/http", "crates/directory"),
        ("crates/directory", "crates/http"),
        ("crates/dialects/ocs", "crates/store"),
        ("crates/dialects/ocs", "crates/dialects/hostway"),
        ("crates/console", "crates/dialects/ocs"),
        ("crates/delivery", "crates/store"),
        ("crates/server", "crates/testkit"),
        ("crates/unheard-of", "crates/model"),
    ] {
        assert_eq!(
            wrong_arrows(&[one(folder, used)]).len(),
            1,
            "{folder} -> {used}"
        );
    }
    assert!(wrong_arrows(&[one("crates/dialects/ocs", "crates/directory")]).is_empty());
}

/// Commands wait for nothing but their transaction, so the crate that holds them needs no runtime.
#[test]
fn the_directory_does_not_depend_on_tokio() {
    let crates = workspace();
    let directory = crates
        .iter()
        .find(|one| one.folder == "crates/directory")
        .expect("the directory's crate");
    assert!(!directory.theirs.is_empty(), "the manifest was not read");
    assert!(!directory.theirs.contains("tokio"));
}

/// What no source may contain. Written in halves, since this file is a source too.
const FORBIDDEN: [&str; 6] = [
    concat!("un", "safe "),
    concat!("un", "safe("),
    concat!("[al", "low("),
    concat!("to", "do!("),
    concat!("unimple", "mented!("),
    concat!("#[ig", "nore"),
];

/// The forbidden words of a source with the numbers of their lines; comments may speak of them.
fn forbidden_words(source: &str) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    for (index, line) in source.lines().enumerate() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        found.extend(
            FORBIDDEN
                .iter()
                .filter(|word| line.contains(**word))
                .map(|word| (index + 1, *word)),
        );
    }
    found
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry of the folder").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn sources_hold_no_forbidden_words() {
    let mut files = Vec::new();
    sources(&root().join("crates"), &mut files);
    assert!(
        files.iter().any(|file| file.ends_with(file!())),
        "this file itself was not found"
    );
    let mut found = Vec::new();
    for file in files {
        let source = std::fs::read_to_string(&file).expect("a source in UTF-8");
        for (line, word) in forbidden_words(&source) {
            found.push(format!("{}:{line}: {word}", file.display()));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_forbidden_word_is_found() {
    for word in FORBIDDEN {
        let line = format!("    x; {word} rest");
        assert_eq!(forbidden_words(&format!("\n{line}")), [(2, word)], "{word}");
    }
    assert!(forbidden_words(concat!("    // never un", "safe {}")).is_empty());
}
