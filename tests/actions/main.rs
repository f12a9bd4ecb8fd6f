//! Which names does a file register, and under which IDs? `cases.json` holds snippets and what the
//! compilers of ten releases made of them: the IDs, or the errors. The salt is `SALT`, the hashed path
//! `/proj/app/file.tsx` where a case names no other.
#![allow(missing_docs, clippy::unwrap_used)]

use std::{collections::BTreeMap, fmt::Write};

use next::{Mask, Version, action_id, registered};
use serde_json::Value;
use syntax::{document::Document, facts::FileFacts, parse::Grammar};

/// Cases in which we and the compiler differ, and why.
const KNOWN: &[(&str, &str, &str)] = &[];

struct Case {
    name: String,
    source: String,
    file: String,
    layer: String,
    results: Vec<(Version, Option<BTreeMap<String, String>>)>,
}

fn cases() -> Vec<Case> {
    let all: Value = serde_json::from_str(include_str!("cases.json")).unwrap();
    let text = |case: &Value, key: &str| case[key].as_str().unwrap_or_default().to_owned();
    let read = |case: &Value| {
        let mut results = vec![];
        for row in case["results"].as_array().unwrap() {
            let ids = row.get("ids").map(|ids| {
                ids.as_object().unwrap().iter().map(|(k, v)| (k.clone(), v.as_str().unwrap().to_owned())).collect()
            });
            for release in row["releases"].as_str().unwrap().split(' ') {
                results.push((Version::parse(release).unwrap(), ids.clone()));
            }
        }
        let file = text(case, "file");
        Case {
            name: text(case, "name"),
            source: text(case, "source"),
            file: if file.is_empty() { "/proj/app/file.tsx".to_owned() } else { file },
            layer: text(case, "layer"),
            results,
        }
    };
    all.as_array().unwrap().iter().map(read).collect()
}

fn facts(case: &Case) -> FileFacts {
    let grammar = if case.file.ends_with(".ts") { Grammar::TypeScript } else { Grammar::Tsx };
    (**Document::new(&case.source, Some(grammar)).facts()).clone()
}

fn ids(case: &Case, facts: &FileFacts, version: Version) -> BTreeMap<String, String> {
    if case.layer == "api" && !next::registered::registers_for_pages(version) {
        return BTreeMap::new();
    }
    let id = |name: &str, mask| action_id(version, "SALT", &case.file, name, mask);
    registered(facts, version).iter().map(|r| (r.name.to_string(), id(&r.name, r.mask))).collect()
}

/// `60 save, 7f default`, from names and IDs.
fn short(ids: &BTreeMap<String, String>) -> String {
    let one = |(name, id): (&String, &String)| match id.len() {
        42 => format!("{} {name}", &id[..2]),
        _ => name.clone(),
    };
    ids.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[test]
fn names_and_ids_are_those_of_the_compiler() {
    let mut table: BTreeMap<Version, (u32, u32)> = BTreeMap::new();
    let mut unequal = String::new();
    let mut excused = 0;
    for case in cases() {
        let facts = facts(&case);
        for (version, expected) in &case.results {
            let Some(expected) = expected else { continue };
            let found = ids(&case, &facts, *version);
            let (equal, all) = table.entry(*version).or_default();
            *all += 1;
            if found == *expected {
                *equal += 1;
                continue;
            }
            let is_known = KNOWN.iter().any(|(name, release, _)| {
                *name == case.name && (release.is_empty() || version.to_string().starts_with(release))
            });
            if is_known {
                excused += 1;
                continue;
            }
            writeln!(
                unequal,
                "{} in {version}:\n  compiler: {}\n  we:       {}",
                case.name,
                short(expected),
                short(&found)
            )
            .unwrap();
        }
    }
    let rows: String = table.iter().map(|(version, (equal, all))| format!("{version:>8}  {equal}/{all}\n")).collect();
    assert!(unequal.is_empty(), "\n{unequal}\n{rows}({excused} known)");
    let compared: u32 = table.values().map(|(_, all)| all).sum();
    assert!(compared > 2500, "the cases are gone:\n{rows}");
}

#[test]
fn prefix_bytes_say_what_the_compiler_wrote() {
    for case in cases() {
        for (_, ids) in case.results {
            for (name, id) in ids.into_iter().flatten() {
                let parsed = next::action_id::parse(&id).unwrap_or_else(|| panic!("{}: {id}", case.name));
                let Some(mask) = parsed.mask else { continue };
                let arguments = mask.arguments().count() as u8;
                let again = if mask.takes_all() { Mask::UNKNOWN } else { Mask::of(arguments, false) };
                assert_eq!(if mask.is_cache() { again.cached() } else { again }, mask, "{}: {name} {id}", case.name);
                let is_cached = name.starts_with("$$RSC_SERVER_CACHE_");
                assert!(mask.is_cache() || !is_cached, "{}: {name} {id}", case.name);
            }
        }
    }
}

#[test]
fn exports_and_functions_are_named() {
    for case in cases() {
        let facts = facts(&case);
        for (version, ids) in &case.results {
            if ids.is_none() {
                continue;
            }
            for row in registered(&facts, *version) {
                let export = row.export.map(|at| &facts.exports[at as usize]);
                let numbered = row.name.starts_with("$$");
                let function = row.function.map(|at| &facts.server.as_ref().unwrap().functions[at as usize]);
                assert!(!numbered || function.is_some(), "{} in {version}: {row:?}", case.name);
                if let Some(export) = export.filter(|_| !numbered) {
                    assert_eq!(row.name, export.name, "{} in {version}", case.name);
                }
                if let Some(inline) = function.and_then(|f| f.inline_action) {
                    let action = &facts.inline_actions[inline as usize];
                    assert_eq!(action.full, function.unwrap().full, "{} in {version}", case.name);
                }
            }
        }
    }
}
