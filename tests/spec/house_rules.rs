//! The drawing of the house and the house agree: which floor may know which, how long a file may be,
//! what nothing may be called.

use apollo_compiler::schema::ExtendedType;
use std::fs;
use std::path::{Path, PathBuf};
use super::support::verbs::schema;

specs! {
    once {
        everything_in_the_schema_is_described,
        each_floor_knows_only_the_floors_it_may_know,
        a_planted_import_is_found,
        a_planted_import_is_found_behind_braces_and_super,
        comments_and_texts_import_nothing,
        no_file_is_longer_than_five_hundred_lines,
        nothing_is_called_utils_helpers_or_common,
        no_test_is_written_where_it_would_not_run,
        nothing_that_answers_reads_the_clock_past_its_view,
        every_dependency_has_its_reason_above_it,
        a_planted_dependency_without_a_reason_is_found,
    }
}

/// A part of the source, and what it must not know: our own modules as `crate::…`, crates by their name.
struct Floor {
    /// Path below the root: a directory, or a file with its ending.
    part: &'static str,
    must_not_know: &'static [&'static str],
}

/// The import table of docs/ARCHITECTURE.md. `main.rs` and `cli.rs` may know everything.
const HOUSE: &[Floor] = &[
    Floor {
        part: "api/src/app.rs",
        must_not_know: &["crate::http", "crate::graphql", "axum", "async_graphql"],
    },
    Floor { part: "api/src/http", must_not_know: &["crate::store", "entity", "sea_orm", "migration"] },
    Floor {
        part: "api/src/graphql",
        must_not_know: &["crate::store", "crate::http", "entity", "sea_orm", "axum"],
    },
    Floor {
        part: "api/src/jobs",
        must_not_know: &["crate::http", "crate::graphql", "axum", "async_graphql"],
    },
    Floor {
        part: "api/src/domain",
        must_not_know: &[
            "crate::http",
            "crate::graphql",
            "async_graphql",
            "axum",
            "jsonwebtoken",
            "migration",
        ],
    },
    Floor {
        part: "api/src/store",
        must_not_know: &[
            "crate::domain",
            "crate::config",
            "crate::app",
            "crate::http",
            "crate::graphql",
            "async_graphql",
            "axum",
        ],
    },
    Floor { part: "api/src/config.rs", must_not_know: &["crate::http", "crate::graphql", "crate::store"] },
    Floor { part: "api/src/config", must_not_know: &["crate::http", "crate::graphql", "crate::store"] },
    Floor {
        part: "entity/src",
        must_not_know: &["api", "migration", "async_graphql", "axum", "sea_orm_migration"],
    },
    Floor { part: "migration/src", must_not_know: &["api", "entity", "async_graphql", "axum"] },
];

/// All that rows are made of.
const ENTITY_MAY_USE: &[&str] =
    &["entity_derive", "sea_orm", "serde", "serde_json", "chrono", "rust_decimal", "uuid"];

const LONGEST_FILE: usize = 500;

fn each_floor_knows_only_the_floors_it_may_know() {
    let mut found = Vec::new();
    for floor in HOUSE {
        for file in rust_files(&root().join(floor.part)) {
            let text = read(&file);
            found.extend(violations(&file, &text, floor.must_not_know));
        }
    }
    for file in rust_files(&root().join("entity/src")) {
        let foreign =
            used_crates(&read(&file)).into_iter().filter(|name| !ENTITY_MAY_USE.contains(&name.as_str()));
        found.extend(foreign.map(|name| format!("{} uses {name}", shown(&file))));
    }
    assert!(found.is_empty(), "the stairs go down only:\n{}", found.join("\n"));
}

fn a_planted_import_is_found() {
    let file = root().join("api/src/graphql/post/mod.rs");
    let found = violations(
        &file,
        "use crate::store::Db;\nfn f() { sea_orm::x() }",
        &["crate::store", "sea_orm", "axum"],
    );
    assert_eq!(
        found,
        ["api/src/graphql/post/mod.rs uses crate::store", "api/src/graphql/post/mod.rs uses sea_orm"]
    );
}

fn a_planted_import_is_found_behind_braces_and_super() {
    let file = root().join("api/src/domain/post.rs");
    let braces = violations(&file, "use crate::{app::App, http::{log, serve}};", &["crate::http"]);
    assert_eq!(braces, ["api/src/domain/post.rs uses crate::http"]);
    let upwards = violations(&file, "use super::super::graphql::sdl;", &["crate::graphql"]);
    assert_eq!(upwards, ["api/src/domain/post.rs uses crate::graphql"]);
    let sibling = violations(&file, "use super::http::x;", &["crate::http"]);
    assert!(sibling.is_empty(), "{sibling:?}");
}

fn comments_and_texts_import_nothing() {
    let file = root().join("api/src/domain/post.rs");
    let text = "/// See [`crate::http`].\n// axum::serve\nconst A: &str = \"crate::http::x // axum::y\"; /* crate::http */";
    assert!(violations(&file, text, &["crate::http", "axum"]).is_empty());
}

fn no_file_is_longer_than_five_hundred_lines() {
    let too_long = rust_files(&root().join("api/src"))
        .into_iter()
        .map(|file| (read(&file).lines().count(), file))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .map(|(lines, file)| format!("{} has {lines} lines: split it by verb", shown(&file)));
    assert_eq!(too_long.collect::<Vec<_>>(), Vec::<String>::new());
}

fn nothing_is_called_utils_helpers_or_common() {
    let vague = ["util", "utils", "helper", "helpers", "common", "misc"];
    let files =
        ["api/src", "entity/src", "migration/src", "tests"].map(|part| rust_files(&root().join(part)));
    let found = files.iter().flatten().filter(|file| {
        file.iter()
            .any(|part| vague.iter().any(|name| part == *name || part == format!("{name}.rs").as_str()))
    });
    assert_eq!(found.map(|file| shown(file)).collect::<Vec<_>>(), Vec::<String>::new());
}

/// An answer that depends on time must say for how long, see `store/moment.rs`.
fn nothing_that_answers_reads_the_clock_past_its_view() {
    let reads = |file: &PathBuf| [".now()", ".clock"].iter().any(|word| read(file).contains(word));
    let found: Vec<String> = rust_files(&root().join("api/src/graphql"))
        .iter()
        .filter(|file| reads(file))
        .map(|file| shown(file))
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

fn no_test_is_written_where_it_would_not_run() {
    let marks = ["#[test]", "#[tokio::test"];
    let unlisted = rust_files(&root().join("tests")).into_iter().filter(|file| {
        code_of(&read(file)).lines().any(|line| marks.iter().any(|mark| line.trim_start().starts_with(mark)))
    });
    let unlisted: Vec<String> = unlisted.map(|file| shown(&file)).collect();
    assert_eq!(unlisted, Vec::<String>::new(), "the specification has no #[test]: list it in specs!");
}

fn every_dependency_has_its_reason_above_it() {
    assert_eq!(without_reason(&read(&root().join("Cargo.toml"))), Vec::<String>::new());
}

fn a_planted_dependency_without_a_reason_is_found() {
    let manifest = "[workspace.dependencies]\n# Times\nchrono = \"0.4\"\nchrono-tz = \"0.10\"\nleft-pad = \"1\"\n\
                    ours = { path = \"ours\" }\n\n[profile.dev]\ndebug = true\n";
    assert_eq!(without_reason(manifest), ["left-pad"]);
}

/// Dependencies of the workspace with no comment right above them. One comment also speaks for the
/// companions that follow and carry its crate's name: `chrono`, `chrono-tz`. Our own crates need none.
fn without_reason(manifest: &str) -> Vec<String> {
    let section = manifest.split("[workspace.dependencies]").nth(1).expect("dependencies stand there once");
    let lines = section.lines().skip(1).take_while(|line| !line.starts_with('['));
    let mut without = Vec::new();
    let (mut explained, mut family) = (false, String::new());
    for line in lines {
        let Some((name, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) else {
            explained = line.starts_with("# ") && !line.starts_with("# ---");
            continue;
        };
        let name = name.trim();
        let companion = !family.is_empty() && name.starts_with(&family);
        if explained {
            name.clone_into(&mut family);
        } else if !companion && !value.contains("path =") {
            without.push(name.to_owned());
        }
        explained = false;
    }
    without
}

/// What a file knows and must not.
fn violations(file: &Path, text: &str, must_not_know: &[&str]) -> Vec<String> {
    let known = paths(text);
    let module = module_of(file);
    let known: Vec<String> = known.iter().filter_map(|path| resolved(path, &module)).collect();
    must_not_know
        .iter()
        .filter(|forbidden| known.iter().any(|name| name == *forbidden))
        .map(|forbidden| format!("{} uses {forbidden}", shown(file)))
        .collect()
}

/// `["domain", "post"]` for `api/src/domain/post.rs`.
fn module_of(file: &Path) -> Vec<String> {
    let parts: Vec<String> = file.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let start = parts.iter().rposition(|part| part == "src").map_or(0, |at| at + 1);
    let mut module = parts[start..].to_vec();
    if let Some(last) = module.last_mut() {
        *last = last.trim_end_matches(".rs").to_owned();
    }
    if module.last().is_some_and(|last| last == "mod" || last == "lib" || last == "main") {
        module.pop();
    }
    module
}

/// `crate::store` or the name of a crate; nothing for paths that stay on their floor.
fn resolved(path: &[String], module: &[String]) -> Option<String> {
    let ups = path.iter().take_while(|part| *part == "super").count();
    match path.first()?.as_str() {
        "crate" => Some(format!("crate::{}", path.get(1)?)),
        "super" if ups >= module.len() => Some(format!("crate::{}", path.get(ups)?)),
        "super" | "self" => None,
        name => Some(name.to_owned()),
    }
}

/// The names of crates in `use` lines.
fn used_crates(text: &str) -> Vec<String> {
    let code = code_of(text);
    let lines = code.lines().map(str::trim_start);
    let uses = lines.filter_map(|line| line.strip_prefix("pub use ").or_else(|| line.strip_prefix("use ")));
    let first = uses.filter_map(|line| line.split("::").next().filter(|name| line.len() > name.len()));
    let modules: Vec<&str> =
        code.lines().filter_map(|line| line.trim_start().strip_prefix("pub mod ")).collect();
    first
        .filter(|name| !["crate", "super", "self", "std"].contains(name))
        .filter(|name| !modules.iter().any(|module| module.starts_with(name)))
        .map(str::to_owned)
        .collect()
}

/// Every path in the code, from its first part on; groups in braces are one path for each member.
fn paths(text: &str) -> Vec<Vec<String>> {
    let tokens = tokens(&code_of(text));
    let mut paths = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        at = if is_name(&tokens[at]) { read_path(&tokens, at, &[], &mut paths) } else { at + 1 };
    }
    paths
}

/// Reads the path that begins at a token, and says where it ends.
fn read_path(tokens: &[String], mut at: usize, before: &[String], paths: &mut Vec<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    while tokens.get(at).is_some_and(|token| is_name(token)) {
        path.push(tokens[at].clone());
        at += 1;
        if tokens.get(at).is_none_or(|token| token != "::") {
            break;
        }
        at += 1;
        if tokens.get(at).is_some_and(|token| token == "{") {
            at += 1;
            while tokens.get(at).is_some_and(|token| token != "}") {
                at = if is_name(&tokens[at]) { read_path(tokens, at, &path, paths) } else { at + 1 };
            }
            return at + 1;
        }
    }
    if path.len() > 1 {
        paths.push(path);
    }
    at
}

fn is_name(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// Names, `::`, and every other sign by itself.
fn tokens(code: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut characters = code.chars().peekable();
    while let Some(first) = characters.next() {
        if first.is_alphanumeric() || first == '_' {
            let mut name = first.to_string();
            while let Some(next) = characters.next_if(|next| next.is_alphanumeric() || *next == '_') {
                name.push(next);
            }
            tokens.push(name);
        } else if first == ':' && characters.next_if_eq(&':').is_some() {
            tokens.push("::".to_owned());
        } else if !first.is_whitespace() {
            tokens.push(first.to_string());
        }
    }
    tokens
}

/// The text without comments and without what stands between quotation marks.
fn code_of(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if first == '"' {
            length_of_text(rest)
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            raw.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if rest.starts_with("'\"'") || rest.starts_with("b'\"'") {
            4.min(rest.len())
        } else {
            code.push(first);
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    code
}

/// How long the text is that begins with a quotation mark.
fn length_of_text(rest: &str) -> usize {
    let mut escaped = false;
    for (at, sign) in rest.char_indices().skip(1) {
        match sign {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    rest.len()
}

/// All Rust files below a directory, or the one file; nothing where there is neither.
fn rust_files(part: &Path) -> Vec<PathBuf> {
    if part.is_file() {
        return vec![part.to_owned()];
    }
    let entries = fs::read_dir(part).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries
        .flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    files.sort();
    files
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("api stands in the workspace").to_owned()
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn shown(file: &Path) -> String {
    file.strip_prefix(root()).unwrap_or(file).display().to_string()
}

fn everything_in_the_schema_is_described() {
    let mut bare = Vec::new();
    let mut look = |place: String, is_described: bool| bare.extend((!is_described).then_some(place));
    for (name, ty) in schema().types.iter().filter(|(_, ty)| !ty.is_built_in()) {
        look(name.to_string(), ty.description().is_some());
        let fields = match ty {
            ExtendedType::Object(object) => &object.fields,
            ExtendedType::Interface(interface) => &interface.fields,
            ExtendedType::InputObject(input) => {
                input.fields.values().for_each(|field| look(format!("{name}.{}", field.name), field.description.is_some()));
                continue;
            }
            ExtendedType::Enum(values) => {
                values.values.values().for_each(|value| look(format!("{name}.{}", value.value), value.description.is_some()));
                continue;
            }
            _ => continue,
        };
        for field in fields.values() {
            look(format!("{name}.{}", field.name), field.description.is_some());
            for argument in &field.arguments {
                look(format!("{name}.{}({})", field.name, argument.name), argument.description.is_some());
            }
        }
    }
    assert_eq!(bare, [""; 0]);
}
