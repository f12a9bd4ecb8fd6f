//! A caller with calls in place of its requests.

use std::path::Path;

use syntax::{
    TextRange,
    anatomy::{Anatomy, Detour, ResponsePart, StatementKind},
};
use workspace::Snapshot;

use super::{
    Subject,
    answer::{Answers, Shape},
    callers::{CallSite, Caller},
    input::Inputs,
};
use crate::convert::{
    Refusal,
    draft::{Draft, Source, name_of},
    moved::import_place,
    specifier,
};

/// Rewrites one file.
pub(super) fn rewrite(
    subject: &Subject,
    caller: &Caller,
    name: &str,
    home: &Path,
    inputs: &Inputs,
    answers: &Answers,
    draft: &mut Draft,
) -> Result<(), Refusal> {
    let source = &caller.source;
    let unreadable = || Refusal::new("unreadable", format!("{} can't be parsed", name_of(&source.path)));
    let anatomy = Anatomy::new(&source.text, source.grammar).ok_or_else(unreadable)?;
    for site in &caller.sites {
        let arguments = inputs.arguments(caller, site, &anatomy.style);
        if let Some(idle) = &site.form {
            let bound = if arguments.is_empty() { name.to_owned() } else { format!("{name}.bind(null, {arguments})") };
            draft.edit(source, site.site.call, format!("{{{bound}}}"));
            idle.iter().for_each(|range| draft.edit(source, *range, ""));
            continue;
        }
        let call = format!("{name}({arguments})");
        site_edits(source, &anatomy, site, call, answers, draft);
    }
    let specifier = specifier_of(subject, source, &anatomy, home);
    let (at, import) = import_in(source, &anatomy, name, &specifier);
    draft.edit(source, at, import);
    Ok(())
}

/// The import of a name, and where it goes in a file.
pub(super) fn import_in(source: &Source, anatomy: &Anatomy, name: &str, specifier: &str) -> (TextRange, String) {
    let end = if anatomy.style.semicolons { ";" } else { "" };
    let import = format!("import {{ {name} }} from {}{end}\n", anatomy.style.quoted(specifier));
    let statements = &anatomy.module.statements;
    let import = if statements.iter().any(|s| matches!(s.kind, StatementKind::Import(_))) {
        import
    } else if statements.first().is_some_and(|s| s.kind == StatementKind::Directive) {
        format!("\n{import}")
    } else {
        format!("{import}\n")
    };
    (import_place(source, anatomy), import)
}

fn site_edits(source: &Source, anatomy: &Anatomy, site: &CallSite, call: String, answers: &Answers, draft: &mut Draft) {
    let shape = answers.shape;
    let text = |range: TextRange| source.text.get(range.span()).unwrap_or_default();
    let taken = &site.site.taken;
    if let (Shape::Value, [read]) = (shape, taken.reads.as_slice())
        && let Some(Detour::Statement(way)) = read.detour
    {
        draft.edit(source, way, "");
        let is_in_parentheses = text(read.range).starts_with('(');
        let value = if is_in_parentheses { format!("(await {call})") } else { format!("await {call}") };
        draft.edit(source, read.range, value);
        return;
    }
    draft.edit(source, site.site.call, call);
    for annotation in &site.site.annotations {
        draft.edit(source, *annotation, "");
    }
    for read in &taken.reads {
        let is_body = matches!(read.what, ResponsePart::Json | ResponsePart::Text);
        if !is_body {
            continue;
        }
        if let (Shape::Value, Some(Detour::Then(way))) = (shape, read.detour) {
            draft.edit(source, way, "");
            continue;
        }
        let member = |back: TextRange| match (shape, text(back).trim_start().starts_with("?.")) {
            (Shape::Value | Shape::Nothing | Shape::Redirect, _) => "",
            (Shape::Result, true) => "?.data",
            (Shape::Result, false) => ".data",
        };
        // who reads `res.json().catch(() => ({}))` goes on taking that for nothing
        let is_kept = |otherwise: &&str| shape == Shape::Result && (*otherwise != "{}" || answers.is_never_null);
        if let Some(otherwise) = read.otherwise.filter(is_kept).filter(|_| !read.of.covers(site.site.call)) {
            let back = TextRange::new(read.of.end, read.range.end);
            let value = format!("{}{}", text(read.of), member(back));
            draft.edit(source, read.range, anatomy.chosen(read.range, &value, otherwise));
            continue;
        }
        let front = TextRange::new(read.range.start, read.of.start);
        if !front.is_empty() {
            draft.edit(source, front, "");
        }
        let back = TextRange::new(read.of.end, read.range.end);
        draft.edit(source, back, member(back));
    }
}

/// How a file names the module of actions: by the alias that it uses for others, else by relative path.
fn specifier_of(subject: &Subject, source: &Source, anatomy: &Anatomy, home: &Path) -> String {
    for (_, import) in anatomy.module.imports().filter(|(_, import)| !import.specifier.starts_with('.')) {
        let Some(module) = subject.snap.resolve(source.file, &import.specifier) else { continue };
        let path = subject.snap.path(module);
        if workspace::is_dependency(&path) {
            continue;
        }
        // the handler stands beside what is new, so that it can be asked whether the alias leads there
        let beside = specifier::like(&source.path, &import.specifier, &path, &subject.source.path);
        if !beside.starts_with('.') && subject.snap.resolve(source.file, &beside) == Some(subject.source.file) {
            return specifier::like(&source.path, &import.specifier, &path, home);
        }
    }
    relative_specifier(subject.snap, source, anatomy, home)
}

/// By relative path, with the ending that the file's own relative imports have, or those of files near it.
pub(super) fn relative_specifier(snap: &Snapshot, source: &Source, anatomy: &Anatomy, to: &Path) -> String {
    let own = anatomy.module.imports().find(|(_, import)| import.specifier.starts_with('.'));
    let manner = own.map(|(_, import)| import.specifier.to_string());
    let manner = manner.or_else(|| manner_near(snap, source)).unwrap_or_else(|| "./x".to_owned());
    specifier::like(&source.path, &manner, to, to)
}

/// So many neighbours are asked.
const MOST: usize = 24;

/// A relative import of the nearest file that has one.
fn manner_near(snap: &Snapshot, source: &Source) -> Option<String> {
    let app = snap.app_of(source.file)?;
    let shared = |path: &Path| path.components().zip(source.path.components()).take_while(|(a, b)| a == b).count();
    let mut near: Vec<_> = snap.files().into_iter().map(|file| (snap.path(file), file)).collect();
    near.retain(|(path, file)| *file != source.file && path.starts_with(&app.root) && is_code(path));
    near.sort_by_cached_key(|(path, _)| (std::cmp::Reverse(shared(path)), path.components().count(), path.clone()));
    near.into_iter().take(MOST).find_map(|(_, file)| {
        let text = snap.text(file)?;
        let mut written = text.lines().filter_map(|line| line.split_once(" from ")).map(|(_, from)| from.trim());
        written.find_map(|from| {
            let inner = from.get(1..)?.split(['\'', '"']).next()?;
            (inner.starts_with("./") || inner.starts_with("../")).then(|| inner.to_owned())
        })
    })
}

fn is_code(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    matches!(extension, "ts" | "tsx" | "js" | "jsx" | "mts" | "mjs") && !workspace::is_dependency(path)
}
