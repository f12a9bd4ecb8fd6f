//! The function leaves its file: into a module of actions beside it, with what only it used. What the
//! methods that stay use, too, gets a module of its own; a file of which nothing is left goes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use syntax::{
    TextRange,
    anatomy::{Anatomy, Statement, StatementKind},
};
use workspace::Snapshot;

use super::{
    Aim, Subject, TextEdit,
    answer::{Answers, FROM_RESPONSE, THROUGH_JSON},
    input::Inputs,
    name::has_word,
    written::relative_specifier,
};
use crate::convert::{
    Change, Refusal,
    draft::{Draft, Source, name_of},
    moved::{drop_imports, import_place, whole_lines},
    place::kebab,
    written::GUARD,
};

/// Writes the module of actions, and takes the function out of its file. Returns the module's path.
pub(super) fn write(
    subject: &Subject,
    name: &str,
    mut edits: Vec<TextEdit>,
    inputs: &Inputs,
    answers: &Answers,
    draft: &mut Draft,
) -> Result<PathBuf, Refusal> {
    edits.push(TextEdit { range: subject.endpoint.range, text: name.to_owned() });
    let home = free_file(subject, "actions")?;
    let text = if subject.is_alone() {
        draft.delete(subject.source);
        whole(subject, edits)?
    } else {
        directive(subject) + &part(subject, edits, draft, None)?
    };
    create(subject, text, &home, inputs, answers, draft)?;
    Ok(home)
}

/// Writes the function into a module of its own; `thin` is what its statement becomes, which calls it.
pub(super) fn write_beside(
    subject: &Subject,
    name: &str,
    mut edits: Vec<TextEdit>,
    inputs: &Inputs,
    answers: &Answers,
    thin: &str,
    draft: &mut Draft,
) -> Result<PathBuf, Refusal> {
    edits.push(TextEdit { range: subject.endpoint.range, text: name.to_owned() });
    let home = free_file(subject, &kebab(name))?;
    let text = part(subject, edits, draft, Some(thin))?;
    create(subject, text, &home, inputs, answers, draft)?;
    Ok(home)
}

/// A module with all that its code needs, and no more.
fn create(
    subject: &Subject,
    mut text: String,
    home: &Path,
    inputs: &Inputs,
    answers: &Answers,
    draft: &mut Draft,
) -> Result<(), Refusal> {
    if answers.goes_through_json {
        text = format!(
            "{}\n{}",
            text.trim_end().to_owned() + "\n",
            subject.anatomy.style.dress(&through_json(subject.is_typed()))
        );
    }
    if answers.comes_from_response {
        text = format!(
            "{}\n{}",
            text.trim_end().to_owned() + "\n",
            subject.anatomy.style.dress(&from_response(subject.is_typed()))
        );
    }
    let mut source = Source { text: text.into(), path: home.into(), ..subject.source.clone() };
    for helper in &inputs.helpers {
        source.text = with_import(&source, "next/headers", helper)?.into();
    }
    if answers.needs_redirect(subject) {
        source.text = with_import(&source, "next/navigation", "redirect")?.into();
    }
    let used = subject.anatomy.module.statements.iter().flat_map(|s| s.uses.iter().cloned()).collect();
    let is_whole = subject.is_alone() && subject.aim == Aim::Instead;
    draft.create(home.to_owned(), without_unused(subject, &source, is_whole.then_some(&used))?);
    Ok(())
}

/// A free file beside the handler's.
pub(super) fn free_file(subject: &Subject, stem: &str) -> Result<PathBuf, Refusal> {
    let folder = subject.source.path.parent().unwrap_or(Path::new(""));
    let extension = subject.source.path.extension().and_then(|e| e.to_str()).unwrap_or("ts");
    let numbered =
        (1..100).map(|n| if n == 1 { format!("{stem}.{extension}") } else { format!("{stem}-{n}.{extension}") });
    let mut free = numbered.map(|name| folder.join(name)).filter(|path| {
        let others = ["ts", "tsx", "js", "jsx"].map(|e| path.with_extension(e));
        others.iter().all(|other| subject.snap.file(other).is_none() && !other.exists())
    });
    let none = || subject.refusal("no-free-file", format!("{stem}.{extension} is taken"), subject.endpoint.range);
    free.next().ok_or_else(none)
}

/// The text of a file with its edits.
pub(super) fn apply(text: &str, mut edits: Vec<TextEdit>, base: u32) -> Option<String> {
    edits.sort_by_key(|e| (e.range.start, e.range.end));
    edits.dedup();
    let mut out = String::with_capacity(text.len());
    let mut at = base;
    for edit in &edits {
        if edit.range.start < at {
            return None;
        }
        out.push_str(text.get((at - base) as usize..(edit.range.start - base) as usize)?);
        out.push_str(&edit.text);
        at = edit.range.end;
    }
    out.push_str(text.get((at - base) as usize..)?);
    Some(out)
}

fn overlap(subject: &Subject) -> Refusal {
    subject.refusal("overlap", "two changes touch the same place", subject.endpoint.range)
}

/// `'use server'`
pub(super) fn directive(subject: &Subject) -> String {
    let style = subject.anatomy.style;
    format!("{}{}\n\n", style.quoted("use server"), if style.semicolons { ";" } else { "" })
}

/// All of the file becomes the module of actions.
fn whole(subject: &Subject, mut edits: Vec<TextEdit>) -> Result<String, Refusal> {
    let text = &subject.source.text;
    for statement in &subject.anatomy.module.statements {
        if statement.declares.iter().any(|name| next::segment_config::FIELDS.contains(&&**name)) {
            edits.push(TextEdit { range: whole_lines(text, statement.full), text: String::new() });
        }
    }
    let text = apply(text, edits, 0).ok_or_else(|| overlap(subject))?;
    Ok(directive(subject) + text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']))
}

/// The statements that a statement needs, itself among them.
fn reached(statements: &[Statement], from: impl Iterator<Item = usize>) -> BTreeSet<usize> {
    let mut met: BTreeSet<usize> = from.collect();
    let mut open: Vec<usize> = met.iter().copied().collect();
    while let Some(index) = open.pop() {
        let Some(statement) = statements.get(index) else { continue };
        for name in &statement.uses {
            let owners = statements.iter().enumerate().filter(|(_, s)| s.declares.contains(name));
            open.extend(owners.map(|(i, _)| i).filter(|i| met.insert(*i)));
        }
    }
    met
}

/// A file's statements once the function is an action.
struct Leaving<'a> {
    subject: &'a Subject<'a>,
    /// The file with the function as an action.
    after: Anatomy<'a>,
    /// Statements that go with it.
    own: Vec<usize>,
    /// Those that what stays uses, too.
    shared: Vec<usize>,
    /// What the function's statement becomes, if it stays.
    thin: Option<&'a str>,
}

/// The function and what only it uses become the module of actions; the file keeps the rest.
fn part(subject: &Subject, edits: Vec<TextEdit>, draft: &mut Draft, thin: Option<&str>) -> Result<String, Refusal> {
    let (source, before) = (subject.source, &subject.anatomy.module.statements);
    let text = apply(&source.text, edits, 0).ok_or_else(|| overlap(subject))?;
    let after = Anatomy::new(&text, source.grammar).filter(|a| a.module.statements.len() == before.len());
    let after = after.ok_or_else(|| unreadable(source))?;
    let leaving = Leaving::new(subject, after, thin);
    let mut from_shared = String::new();
    if !leaving.shared.is_empty() {
        let path = free_file(subject, "shared")?;
        let text = leaving.shared_module()?;
        let shared = Source { text: text.into(), path: path.as_path().into(), ..source.clone() };
        draft.create(path.clone(), without_unused(subject, &shared, None)?);
        from_shared = leaving.imports_of_shared(&path, false);
        draft.edit(source, import_place(source, subject.anatomy), leaving.imports_of_shared(&path, true));
    }
    if let (Some(thin), Some(statement)) = (thin, before.get(subject.statement)) {
        draft.edit(source, statement.range, thin);
    }
    for range in leaving.gone_ranges() {
        draft.edit(source, whole_lines(&source.text, range), "");
    }
    let is_used_by = |name: &str, counts: &dyn Fn(usize) -> bool| {
        before.iter().enumerate().any(|(i, s)| counts(i) && s.uses.iter().any(|used| &**used == name))
    };
    let imported = before.iter().filter(|s| matches!(s.kind, StatementKind::Import(_))).flat_map(|s| &s.declares);
    let stays = |name: &str| is_used_by(name, &|i| !leaving.goes(i)) || leaving.is_in_thin(name);
    let gone = imported.map(|n| &**n).filter(|n| is_used_by(n, &|_| true) && !stays(n));
    drop_imports(draft, source, subject.anatomy, &gone.collect::<Vec<_>>());
    let mut module = imports(subject) + &from_shared;
    for statement in leaving.own.iter().filter_map(|i| leaving.after.module.statements.get(*i)) {
        module.push_str(&format!("\n{}\n", leaving.after.slice(statement.full).trim_end()));
    }
    Ok(module)
}

impl<'a> Leaving<'a> {
    fn new(subject: &'a Subject, after: Anatomy<'a>, thin: Option<&'a str>) -> Self {
        let (before, statements) = (&subject.anatomy.module.statements, &after.module.statements);
        let needs = reached(statements, [subject.statement].into_iter());
        // what only its head as a handler needed goes as well
        let former: BTreeSet<usize> = reached(before, [subject.statement].into_iter()).union(&needs).copied().collect();
        // who exports it has others in mind, too
        let is_others = |i: &usize| *i != subject.statement && before.get(*i).is_some_and(|s| s.export.is_some());
        let is_named = |s: &Statement| thin.is_some_and(|thin| s.declares.iter().any(|n| has_word(thin, n)));
        let is_kept = |i: &usize| !former.contains(i) || is_others(i) || before.get(*i).is_some_and(is_named);
        let mut rest = reached(statements, (0..statements.len()).filter(|i| *i != subject.statement && is_kept(i)));
        rest.remove(&subject.statement);
        let is_import = |i: &usize| before.get(*i).is_some_and(|s| matches!(s.kind, StatementKind::Import(_)));
        let own = former.iter().filter(|i| !is_import(i) && !rest.contains(i)).copied().collect();
        let shared = needs.iter().filter(|i| !is_import(i) && rest.contains(i)).copied().collect();
        Self { subject, after, own, shared, thin }
    }

    fn is_in_thin(&self, name: &str) -> bool {
        self.thin.is_some_and(|thin| has_word(thin, name))
    }

    fn goes(&self, index: usize) -> bool {
        self.own.contains(&index) || self.shared.contains(&index)
    }

    /// What goes, neighbours together.
    fn gone_ranges(&self) -> Vec<TextRange> {
        let mut ranges: Vec<TextRange> = vec![];
        let mut last = None;
        for (index, statement) in self.subject.anatomy.module.statements.iter().enumerate() {
            if !self.goes(index) || (self.thin.is_some() && index == self.subject.statement) {
                continue;
            }
            match ranges.last_mut().filter(|_| last.is_some_and(|l: usize| l + 1 == index)) {
                Some(range) => range.end = statement.full.end,
                None => ranges.push(statement.full),
            }
            last = Some(index);
        }
        ranges
    }

    /// What both use, exported.
    fn shared_module(&self) -> Result<String, Refusal> {
        let statements = &self.subject.anatomy.module.statements;
        let mut text = imports(self.subject).trim_start().to_owned();
        for statement in self.shared.iter().filter_map(|i| statements.get(*i)) {
            let written = self.subject.anatomy.slice(statement.range);
            let is_movable = match statement.kind {
                StatementKind::Type | StatementKind::Function => true,
                StatementKind::Variables(_) => written.starts_with("const "),
                _ => ["class ", "enum ", "abstract "].iter().any(|word| written.starts_with(word)),
            };
            if !is_movable || statement.export.is_some() {
                let names = statement.declares.join(", ");
                let text = format!("{names} is used by other methods, too, and can't move into a module of its own");
                return Err(self.subject.refusal("shares", text, statement.range));
            }
            let is_used = |counts: &dyn Fn(usize) -> bool| self.uses(statement, counts);
            let export = if is_used(&|i| !self.shared.contains(&i)) { "export " } else { "" };
            let comments = self.subject.anatomy.slice(TextRange::new(statement.full.start, statement.range.start));
            text.push_str(&format!("\n{comments}{export}{written}\n"));
        }
        Ok(text.trim_start().to_owned())
    }

    /// Whether some statements use a name of another.
    fn uses(&self, of: &Statement, counts: &dyn Fn(usize) -> bool) -> bool {
        let mut users = self.after.module.statements.iter().enumerate().filter(|(i, _)| counts(*i));
        users.any(|(_, s)| s.uses.iter().any(|used| of.declares.contains(used)))
    }

    /// The imports that some statements need of it.
    fn imports_of_shared(&self, path: &Path, is_kept: bool) -> String {
        let style = self.subject.anatomy.style;
        let from =
            style.quoted(&relative_specifier(self.subject.snap, self.subject.source, self.subject.anatomy, path));
        let end = if style.semicolons { ";" } else { "" };
        let names = |types: bool| {
            let of = self.shared.iter().filter_map(|i| self.subject.anatomy.module.statements.get(*i));
            let of = of.filter(|s| (s.kind == StatementKind::Type) == types);
            let names = of.flat_map(|s| &s.declares).filter(|name| {
                let users = self.after.module.statements.iter().enumerate();
                let mut users = users.filter(|(i, _)| if is_kept { !self.goes(*i) } else { self.own.contains(i) });
                users.any(|(_, s)| s.uses.contains(name)) || (is_kept && self.is_in_thin(name))
            });
            names.map(|name| &**name).collect::<Vec<&str>>().join(", ")
        };
        let mut out = String::new();
        for (word, names) in [("import", names(false)), ("import type", names(true))] {
            if !names.is_empty() {
                out.push_str(&format!("{word} {{ {names} }} from {from}{end}\n"));
            }
        }
        out
    }
}

/// All imports of the file, as they are written.
fn imports(subject: &Subject) -> String {
    let statements = subject.anatomy.module.statements.iter();
    let imports = statements.filter(|s| matches!(&s.kind, StatementKind::Import(_)) && !s.declares.is_empty());
    imports.map(|s| format!("{}\n", subject.anatomy.slice(s.range))).collect()
}

/// What JSON made of answers, as a function.
pub(super) fn through_json(typed: bool) -> String {
    let (value, returns) = if typed { ("value: unknown", ": any") } else { ("value", "") };
    format!(
        "// As a response carried it: a Date becomes text, and what is undefined is left out.\n\
         function {THROUGH_JSON}({value}){returns} {{\n  return JSON.parse(JSON.stringify(value));\n}}\n"
    )
}

/// What responses say that are made elsewhere, as a function.
pub(super) fn from_response(typed: bool) -> String {
    let (value, returns) = match typed {
        true => ("response: Response", ": Promise<{ ok: boolean; status: number; data?: any }>"),
        false => ("response", ""),
    };
    format!(
        "// What a response says, as its caller would read it.\n\
         async function {FROM_RESPONSE}({value}){returns} {{\n\
         \x20 const text = await response.text();\n\
         \x20 return {{ ok: response.ok, status: response.status, data: text === '' ? undefined : JSON.parse(text) }};\n\
         }}\n"
    )
}

fn unreadable(source: &Source) -> Refusal {
    Refusal::new("unwritable", format!("what would be written to {} doesn't parse", name_of(&source.path)))
}

/// A file with a name of a module imported.
pub(super) fn with_import(source: &Source, module: &str, name: &str) -> Result<String, Refusal> {
    let anatomy = Anatomy::new(&source.text, source.grammar).ok_or_else(|| unreadable(source))?;
    let known = anatomy.module.imports().find(|(_, i)| &*i.specifier == module && !i.type_only);
    let named = known.map(|(_, import)| import.named.as_slice()).unwrap_or_default();
    let edit = match (named.iter().find(|one| *one.local > *name.trim_start_matches("type ")), named.last()) {
        (Some(next), _) => {
            let at = TextRange::new(next.range.start, next.range.start);
            TextEdit { range: at, text: format!("{name}, ") }
        }
        (None, Some(last)) => {
            let at = TextRange::new(last.range.end, last.range.end);
            TextEdit { range: at, text: format!(", {name}") }
        }
        (None, None) => {
            let end = if anatomy.style.semicolons { ";" } else { "" };
            let from = anatomy.style.quoted(module);
            let text = format!("import {{ {name} }} from {from}{end}\n");
            TextEdit { range: import_place(source, &anatomy), text }
        }
    };
    apply(&source.text, vec![edit], 0).ok_or_else(|| unreadable(source))
}

/// A file without the imports and types that nothing in it uses; with `used`, only those that were used.
fn without_unused(subject: &Subject, source: &Source, used: Option<&BTreeSet<Box<str>>>) -> Result<String, Refusal> {
    without_unused_in(subject.snap, source, used)
}

/// The same, of any file.
pub(super) fn without_unused_in(
    snap: &Snapshot,
    source: &Source,
    used: Option<&BTreeSet<Box<str>>>,
) -> Result<String, Refusal> {
    let mut source = source.clone();
    for _ in 0..8 {
        let text = std::sync::Arc::clone(&source.text);
        let anatomy =
            Anatomy::new(&text, source.grammar).filter(|a| !a.is_broken()).ok_or_else(|| unreadable(&source))?;
        let statements = &anatomy.module.statements;
        let is_used = |name: &str| statements.iter().any(|s| s.uses.iter().any(|used| &**used == name));
        let goes = |name: &str| !is_used(name) && used.is_none_or(|used| used.contains(name));
        let imported = statements.iter().filter(|s| matches!(s.kind, StatementKind::Import(_)));
        let gone: Vec<&str> = imported.flat_map(|s| &s.declares).map(|n| &**n).filter(|n| goes(n)).collect();
        let mut draft = Draft::default();
        drop_imports(&mut draft, &source, &anatomy, &gone);
        for statement in statements.iter().filter(|s| s.kind == StatementKind::Type && s.export.is_none()) {
            if statement.declares.iter().all(|name| goes(name)) {
                draft.edit(&source, whole_lines(&text, statement.full), "");
            }
        }
        for statement in statements.iter().filter(|s| s.kind == StatementKind::Function && s.export.is_none()) {
            if statement.declares.iter().any(|name| **name == *GUARD && goes(name)) {
                draft.edit(&source, whole_lines(&text, statement.full), "");
            }
        }
        let edits = draft.finish(snap)?.changes.into_iter().find_map(|change| match change {
            Change::Edit { edits, .. } => Some(edits),
            _ => None,
        });
        match edits {
            Some(edits) => source.text = apply(&text, edits, 0).ok_or_else(|| unreadable(&source))?.into(),
            None => break,
        }
    }
    // where the first imports went, an empty line is left behind the directive
    let text = source.text.trim_start();
    match text.split_once("\n\n") {
        Some((head, rest)) if !head.contains('\n') => {
            Ok(format!("{head}\n\n{}", rest.trim_start_matches(['\n', '\r'])))
        }
        _ => Ok(text.to_owned()),
    }
}
