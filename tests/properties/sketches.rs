//! A sketch never misses: whatever a parse finds, the scan of the bytes has named before.

use proptest::prelude::*;
use syntax::{
    document::Document,
    facts::{FileFacts, Imported, Origin},
    parse::Grammar,
    sketch::{NameHash, Sketch, import_hash, module_names, name_hash},
    value::{HoleKind, Piece},
};

use crate::{TOKENS, seed};

/// What facts name and the sketch does not.
fn missed(facts: &FileFacts, text: &str) -> Vec<String> {
    let sketch = Sketch::new(text.as_bytes());
    let mut missed = vec![];
    if (facts.is_server_module() || !facts.inline_actions.is_empty()) && !sketch.use_server {
        missed.push("use server".to_owned());
    }
    for specifier in facts.specifiers.iter().map(|s| &*s.text) {
        if !module_names(specifier).all(|name| sketch.modules.contains(&name)) {
            missed.push(format!("module {specifier}"));
        }
    }
    let from = facts.imports.iter().map(|import| (import.specifier, &import.imported));
    let through = facts.exports.iter().filter_map(|export| match &export.origin {
        Origin::From { specifier, imported } => Some((*specifier, imported)),
        Origin::Here | Origin::Import(_) => None,
    });
    let stars = facts.star_exports.iter().map(|specifier| (*specifier, &Imported::Namespace));
    for (specifier, imported) in from.chain(through).chain(stars) {
        let specifier = facts.specifier(specifier).unwrap_or_default();
        let is_listed = |module: NameHash| {
            let lists = |name: &str| sketch.imports.contains(&import_hash(module, name_hash(name)));
            // All of a module may be meant.
            lists("*") || matches!(imported, Imported::Name(name) if lists(name))
        };
        if !module_names(specifier).all(is_listed) {
            missed.push(format!("{imported:?} of {specifier}"));
        }
    }
    for pieces in facts.urls.iter().flat_map(|site| site.url.alternatives()) {
        if let Some(segment) = first_segment(&pieces).filter(|s| !sketch.paths.contains(&name_hash(s))) {
            missed.push(format!("path /{segment}"));
        }
    }
    missed
}

/// The first segment of a path that is whole and fixed, behind the origins that can be our own.
fn first_segment(pieces: &[Piece]) -> Option<&str> {
    let (first, rest) = match pieces {
        [Piece::Hole { kind: HoleKind::Base, .. }, first, rest @ ..] => (first, rest),
        [first, rest @ ..] => (first, rest),
        [] => return None,
    };
    let Piece::Text(text) = first else { return None };
    let path = match text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")) {
        Some(host) => {
            let (host, _) = host.split_at(host.find('/')?);
            matches!(host.split(':').next(), Some("localhost" | "127.0.0.1" | "0.0.0.0")).then_some(())?;
            text.get(text.find(host)? + host.len()..)?
        }
        None => text,
    };
    let path = path.strip_prefix('/')?;
    let end = path.find(['/', '?', '#']);
    let segment = path.get(..end.unwrap_or(path.len()))?;
    // With a hole behind it the segment may go on.
    (!segment.is_empty() && (end.is_some() || rest.is_empty())).then_some(segment)
}

fn check(text: &str, grammar: Grammar) -> Result<(), TestCaseError> {
    let document = Document::new(text, Some(grammar));
    let missed = missed(document.facts(), text);
    // Of broken code the parser may skip what the scan stops at: `from ; './a'`.
    prop_assert!(missed.is_empty() || document.facts().broken, "{missed:?} in:\n{text}");
    Ok(())
}

/// What may stand between two words.
fn gap() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&["", " ", "\n", "\r\n\t", "/* 'a' */", " // it's\n", "/**/ /* \n */ ", "\u{c}", "\u{a0}"][..])
}

fn quote() -> impl Strategy<Value = char> {
    prop_oneof![Just('"'), Just('\'')]
}

fn specifier() -> impl Strategy<Value = String> {
    prop_oneof![
        "(\\./|\\.\\./|@/|@shop/|~/|#)[a-zé-]{1,8}(/[a-z.]{1,8})?(\\.tsx?|\\.js|/)?",
        "[a-z]{1,8}",
        Just(".".to_owned()),
        Just("..".to_owned()),
        Just("./".to_owned()),
        Just("node:fs".to_owned()),
        Just("./a.css?inline".to_owned()),
    ]
}

fn import() -> impl Strategy<Value = String> {
    let forms = &[
        "import~a~from~S;",
        "import~S;",
        "import~{~a~as~b~}~from~S;",
        "import a,~{~b,~c~}~from~S;",
        "import a,~*~as~b~from~S;",
        "import~type~a~from~S;",
        "import~{~'a b'~as~c~}~from~S;",
        "import~{~a,/*~{}~*/b~}~from~S;",
        "export~{~default~as~a~}~from~S;",
        "export~*~as~a~from~S;",
        "import~*~as~a~from~S;",
        "import~type~{~a~}~from~S;",
        "export~*~from~S;",
        "export~{~a~}~from~S;",
        "const a = await import~(~S~);",
        "const { a } = require~(~S~);",
        "import a = require~(~S~);",
        "import~(~S~,~{})",
    ][..];
    let gaps = prop::collection::vec(gap(), 8);
    (prop::sample::select(forms), gaps, quote(), specifier()).prop_map(|(form, gaps, quote, specifier)| {
        let mut gaps = gaps.into_iter().cycle();
        let mut out = String::new();
        for part in form.split('~') {
            let glues = out.ends_with(|c: char| c.is_alphanumeric()) && part.starts_with(|c: char| c.is_alphanumeric());
            let gap = gaps.next().unwrap_or_default();
            out.push_str(if glues && gap.is_empty() { " " } else { gap });
            out.push_str(&part.replace('S', &format!("{quote}{specifier}{quote}")));
        }
        out + "\n"
    })
}

fn url() -> impl Strategy<Value = String> {
    let hosts =
        &["", "http://localhost:3000", "https://127.0.0.1", "${base}", "${process.env.URL}", "http://0.0.0.0:80"][..];
    let tails = &["", "/", "/x", "?q=1", "#a", "/${id}", "?q=${q}", "/x/${a ? 'b' : 'c'}"][..];
    let forms = &[
        "fetch(U);",
        "const u = U;",
        "f({ url: U });",
        "x = <a href={U} />;",
        "useSWR([U, 1]);",
        "new URL(U, b);",
    ][..];
    let segment =
        prop_oneof![4 => "[a-z]{1,8}", 2 => "[a-zA-Z0-9_~%@.-][a-zA-Z0-9_.~%@:+!=&*;,é保-]{0,12}", 1 => "[a-z]{60,90}"];
    (prop::sample::select(hosts), segment, prop::sample::select(tails), prop::sample::select(forms), quote(), 0..4_u8)
        .prop_map(|(host, segment, tail, form, quote, way)| {
            let path = format!("{host}/{segment}{tail}");
            let text = match way {
                0 if !path.contains("${") => format!("{quote}{path}{quote}"),
                1 if !tail.contains("${") && host.is_empty() => format!("base + {quote}{path}{quote}"),
                2 if !tail.contains("${") && host.is_empty() => format!("x ? {quote}{path}{quote} : null"),
                _ => format!("`{path}`"),
            };
            form.replace('U', &text) + "\n"
        })
}

fn directive() -> impl Strategy<Value = String> {
    (quote(), gap()).prop_map(|(q, gap)| format!("async function f() {{{gap}{q}use server{q}{gap}}}\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_whole_statements_is_missed(statements in prop::collection::vec(prop_oneof![import(), url(), directive()], 1..8)) {
        check(&statements.concat(), Grammar::Tsx)?;
    }

    #[test]
    fn nothing_of_changed_files_is_missed(number in 0..8_usize, changes in prop::collection::vec((any::<u16>(), 0..6_u8, 0..TOKENS.len()), 0..4)) {
        let (grammar, mut text) = seed(number);
        for (share, taken, token) in changes {
            let from = text.floor_char_boundary(text.len() * usize::from(share) / usize::from(u16::MAX));
            let to = text.ceil_char_boundary((from + usize::from(taken)).min(text.len()));
            text.replace_range(from..to, TOKENS[token]);
        }
        check(&text, grammar)?;
    }
}

/// A first segment put together from constants or pieces stands nowhere as a path. To see it, a scan
/// would have to take every file with a template that begins with a hole behind a slash; so it is no
/// URL site in an open file either.
#[test]
fn first_segments_that_only_folding_tells_are_no_sites() {
    for text in ["const P = 'api';\nfetch(`/${P}/users`);", "fetch('/' + 'api/users');", "fetch('/a' + 'pi/users');"] {
        let document = Document::new(text, Some(Grammar::Tsx));
        assert_eq!(document.facts().urls, [], "{text}");
    }
}
